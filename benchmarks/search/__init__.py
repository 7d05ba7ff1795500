"""Search beside its peers: what `./lomwong bench search` measures."""
