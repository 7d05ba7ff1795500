"""Who wrote to whom, without what was written."""
