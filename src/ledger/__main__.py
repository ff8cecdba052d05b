"""`python -m ledger`."""

from .cli import main

main()
