"""A mailing list's archive: mbox, or the text that pipermail offers for download."""
