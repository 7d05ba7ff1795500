"""Planets: what people, circles, tags, series and blogs write, gathered by one or several keepers. Nothing is opened
by being gathered: everybody reads there what they may read anyway."""
