"""A made-up university to look around in: its people, its talk, and the circles planted in it. `build.py` writes it
down as an archive and knows nothing of Django; the site loads it like anybody else's."""
