"""Blogs, series, licences, co-authors, earlier versions, taking back."""
