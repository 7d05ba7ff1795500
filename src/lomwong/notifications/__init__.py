"""What is new for whom: a list in the house, letters at once or once a day. Reads the ledger."""
