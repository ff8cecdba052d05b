"""Ledgers that were read before: the cache's rows instead of YAML, and the files only where their text is needed."""
