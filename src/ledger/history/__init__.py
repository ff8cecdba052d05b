"""The versions of a ledger that git keeps: reading, comparing and telling them."""
