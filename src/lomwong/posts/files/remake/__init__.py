"""A program of its own: `python -m lomwong.posts.files.remake picture|sound <file >made`. Knows nothing of Django.

Of a picture it makes two new ones: nothing of the file itself stays, so neither does a place, a name, a program hidden
behind it. A sound is changed where it lies, which is why it must be opened for writing: what is not sound is wiped out.

The file may come from anyone: as with `extract`, the program limits itself before it looks at it.
"""

MOST_DOTS = 40_000_000  # of a picture that we look at
FULL, SMALL = 2560, 960  # pixels of the longer side of what is kept, and of what pages show
SECONDS = 20  # on a busy machine; in quiet the slowest takes two
BROKEN, HUGE, VIDEO = 3, 4, 5


class Huge(Exception):
    """More dots than we look at."""


class Video(Exception):
    """There is a moving picture in it."""
