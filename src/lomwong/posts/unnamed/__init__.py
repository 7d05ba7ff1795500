"""Asking without a name: readers see "a colleague", the one who asked stays accountable."""
