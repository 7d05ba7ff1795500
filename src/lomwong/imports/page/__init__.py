"""One blog entry with its comments, as saved from GotoKnow: as text, or as HTML."""
