"""From a result to the text of one format; all escaping has its home in `escape`."""
