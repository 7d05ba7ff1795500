"""A program of its own: `python -m lomwong.posts.files.extract MEDIA_TYPE <file >words`. Knows nothing of Django.

The file may come from anyone. The program limits itself before it looks at it, starts nothing, opens nothing, and
writes to standard output only. Its exit code says what went wrong.
"""

MOST_CHARACTERS = 200_000
MOST_BYTES = 4 * MOST_CHARACTERS
SECONDS = 45
DAMAGED, LOCKED = 3, 4


class Locked(Exception):
    """There is a password on it."""
