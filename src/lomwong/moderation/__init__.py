"""Flag, hide, show again, lock, move, merge, suspend, appeal: fair, visible, reversible."""
