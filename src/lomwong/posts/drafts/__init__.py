"""What is not posted yet: kept while one types, taken up again, thrown away, posted at its time."""
