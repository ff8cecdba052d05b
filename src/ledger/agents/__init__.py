"""The ledger for agents: tools that read, and tools that write what was previewed and nothing else.

Only `server` knows the protocol's library. Texts of a ledger are handed out as data and marked so.
"""
