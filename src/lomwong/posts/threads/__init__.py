"""The page of a thread: kept pieces that do not depend on who looks, and a small overlay for whoever does."""
