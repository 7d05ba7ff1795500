"""Build the icon sprite from an unpacked @phosphor-icons/core package: `python scripts/build_icons.py PACKAGE_DIR`.

Writes src/lomwong/kit/static/lomwong/icons.svg. docs/vendored.md records the package's version and checksum.
"""

import re
import sys
from pathlib import Path

ICONS = [
    "arrow-right",
    "arrows-left-right",
    "at",
    "bell",
    "book-open-text",
    "bookmark-simple",
    "buildings",
    "calendar-blank",
    "camera",
    "campfire",
    "caret-down",
    "chat-circle",
    "chat-teardrop",
    "chats-circle",
    "check",
    "check-circle",
    "circle-dashed",
    "clock",
    "coffee",
    "diamond",
    "dots-three",
    "download-simple",
    "envelope-simple",
    "eye",
    "eye-slash",
    "files",
    "file-text",
    "flower",
    "footprints",
    "grid-nine",
    "hand-heart",
    "hand-waving",
    "house-line",
    "image",
    "info",
    "link",
    "list-bullets",
    "lock-simple",
    "magnifying-glass",
    "map-pin",
    "microphone",
    "minus-circle",
    "moon",
    "moon-stars",
    "paperclip",
    "pencil-simple",
    "pencil-simple-line",
    "plus",
    "question",
    "quotes",
    "scales",
    "share-network",
    "shield-check",
    "sign-in",
    "sign-out",
    "sun",
    "tag",
    "text-b",
    "text-h",
    "translate",
    "user-circle",
    "users-three",
    "x",
]
FILLED = ["flower", "bookmark-simple"]
TARGET = Path(__file__).parent.parent / "src/lomwong/kit/static/lomwong/icons.svg"


def symbol(name: str, svg: str) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    assert inner, name
    return f'<symbol id="i-{name}" viewBox="0 0 256 256">{inner.group(1).strip()}</symbol>'


def main(package: Path) -> None:
    regular = [(name, package / f"assets/regular/{name}.svg") for name in sorted(ICONS)]
    filled = [(f"{name}-f", package / f"assets/fill/{name}-fill.svg") for name in FILLED]
    symbols = [symbol(name, path.read_text()) for name, path in regular + filled]
    TARGET.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
