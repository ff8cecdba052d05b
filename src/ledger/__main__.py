"""`python -m ledger`."""

from .cli import main

if __name__ == "__main__":  # a process that is started beside this one reads this file too
    main()
