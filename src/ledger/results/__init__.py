"""What commands find out, as frozen values: nothing here prints, and nothing changes a file."""
