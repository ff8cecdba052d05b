"""Pages that explain the program, one text each, in a small part of Markdown: as they are, in a terminal, for man."""
