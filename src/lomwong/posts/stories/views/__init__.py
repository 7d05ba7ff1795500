"""Pages around entries: blogs, series, co-authors, earlier versions, taking back."""
