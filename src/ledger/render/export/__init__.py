"""Whole ledgers in formats that other programs read: calendar, feed, linked data, database, lines of JSON."""
