"""Lomwong's own archive, a folder or a zip; the format is described in docs/archive-format.md."""
