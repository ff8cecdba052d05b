"""A ledger as a static site: pages, charts and the files other programs read. The only room that knows Jinja2."""
