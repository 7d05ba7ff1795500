"""Who does the same work in the other faculties."""
