"""How well and how fast, beside others. `./lomwong bench --help` lists what runs from there."""
