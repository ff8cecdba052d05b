"""Foreign texts and files become proposals; nothing here writes a ledger."""
