"""Everything that people write: story, journal entry, question, answer, comment. Verbs: write, edit, place, accept."""
