"""Change -> new text, proven: only the lines that must change do, and the data change only as asked."""
