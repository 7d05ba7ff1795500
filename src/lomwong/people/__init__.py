"""Who is here: accounts, profiles, units (a tree with campuses), job functions. Verbs: claim, move, describe."""
