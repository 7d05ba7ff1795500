"""Which icons lie in which sprite: those that somebody sees at a first visit are fetched without all the others."""

FIRST = frozenset(
    """
    bell book-open-text buildings campfire caret-down chat-teardrop chats-circle check-circle circle-dashed clock
    flower hand-waving house-line info link lock-simple magnifying-glass pencil-simple pencil-simple-line question
    user-circle
    """.split()
)


def sprite_of(name: str) -> str:
    return "lomwong/icons.svg" if name in FIRST else "lomwong/icons-more.svg"
