"""One index over everything that people write, Thai-aware, always behind what the viewer may read."""
