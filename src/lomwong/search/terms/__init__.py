"""The organisation's own words as an operator edits them: a line for each thing, its ways to be said joined by =."""
