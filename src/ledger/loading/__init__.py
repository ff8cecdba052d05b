"""Bytes -> pieces -> claims, facts, places and problems."""
