"""The append-only ledger: who did what, to whom, where, when. Readers keep a cursor and can be replayed."""
