"""Text for a terminal: its size and colours, tables and blocks that fit it."""
