"""Build the icon sprite from an unpacked @phosphor-icons/core package: `python scripts/build_icons.py PACKAGE_DIR`.

Writes src/lomwong/kit/static/lomwong/icons.svg, with those that a first visit shows, and icons-more.svg with the others
(lomwong/kit/icons.py). docs/vendored.md records the package's version and checksums.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from lomwong.kit.icons import FIRST

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
TARGET = Path(__file__).parent.parent / "src/lomwong/kit/static/lomwong"


def symbol(name: str, svg: str) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    assert inner, name
    return f'<symbol id="i-{name}" viewBox="0 0 256 256">{inner.group(1).strip()}</symbol>'


def write(name: str, icons: Iterable[tuple[str, Path]]) -> None:
    symbols = [symbol(icon, path.read_text()) for icon, path in icons]
    (TARGET / name).write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")


def main(package: Path) -> None:
    regular = [(name, package / f"assets/regular/{name}.svg") for name in sorted(ICONS)]
    filled = [(f"{name}-f", package / f"assets/fill/{name}-fill.svg") for name in FILLED]
    every = regular + filled
    write("icons.svg", [icon for icon in every if icon[0] in FIRST])
    write("icons-more.svg", [icon for icon in every if icon[0] not in FIRST])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
