"""The ledger in an editor: what `check` finds, the names to complete and proven edits, on texts that are not saved.

Only `server` knows the protocol's library; everything else works on texts and offsets. Nothing here writes a file.
"""
