"""Use cases: plain values in, a frozen result out; nothing here prints."""
