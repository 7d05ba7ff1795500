"""Help while one writes: how it will look, whom one names, which tags there are, where to begin."""
