"""What commands change: a plan made from plain values, proven, then written."""
