"""Charts as geometry: numbers in, a `Drawing` of lines, bars, marks and words out; no format is written here.

`ledger.render.svg` turns a drawing into SVG, `ledger.charts.textual` has the forms for a terminal.
"""
