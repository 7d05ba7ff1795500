"""The people of an organisation, from a table that somebody exported."""
