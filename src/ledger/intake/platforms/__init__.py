"""Files of other programs and platforms -> proposals: one module a platform, named in `registry`."""
