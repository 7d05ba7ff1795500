"""People who know: who is named, beside who then answered."""
