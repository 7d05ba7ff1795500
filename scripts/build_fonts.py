"""Make the subset font files again: `python scripts/build_fonts.py FOLDER`, which holds the two unpacked packages.

Needs fonttools and brotli, and from the npm registry @fontsource/ibm-plex-sans-thai-looped and @fontsource/maitree. The
Thai files carry Latin letters, digits and the commonest marks too: a Thai page needs no other file. What is rare, Thai
digits as well, is in the Latin files. Outlines lie on a grid of 500 to the em, a tenth of a pixel of fine screens.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import main as subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

OUT = Path(__file__).parents[1] / "src/lomwong/kit/static/lomwong/fonts"
THAI = "U+0E01-0E3A,U+0E3F-0E4E,U+200B-200D,U+2060,U+25CC"
THAI_DIGITS = "U+0E4F-0E5B"
MARKS = "U+0020-0023,U+0025-003B,U+003D,U+003F-005B,U+005D,U+0061-007A,U+00A0,U+00B7,U+2013-2014,U+2018-201D,U+2026"
LATIN = (
    "U+0020-007E,U+00A0,U+00A9,U+00AB,U+00B0,U+00B7,U+00BB,U+00BD,U+00D7,U+00E9,U+2013,U+2014,U+2018,U+2019,U+201C,"
    "U+201D,U+2022,U+2026,U+2190-2193,U+2212"
)
GRID = 500
NAMES = {1, 2, 3, 4, 6, 16}  # the licences lie beside the files
FEATURES = "ccmp,locl,mark,mkmk,liga,calt,rlig,clig"
FACES = {
    "text-400": ("ibm-plex-sans-thai-looped", 400, "Lom Text"),
    "text-600": ("ibm-plex-sans-thai-looped", 600, "Lom Text"),
    "title-600": ("maitree", 600, "Lom Title"),
}


def cut(source: Path, characters: str, target: Path, features: str) -> Path:
    options = [f"--layout-features={features}", "--no-hinting", "--desubroutinize", f"--output-file={target}"]
    subset([str(source), f"--unicodes={characters}", *options])
    return target


def join(sources: dict[str, Path], thai: str, latin: str, scratch: Path, features: str) -> Path:
    """A font with these characters of the Thai and of the Latin file."""
    pieces = [
        cut(sources["thai"], f"{thai},U+0020", scratch / "thai.ttf", features),
        cut(sources["latin"], latin, scratch / "latin.ttf", features),
    ]
    whole = scratch / "whole.ttf"
    Merger().merge([str(piece) for piece in pieces]).save(whole)
    return cut(whole, f"{thai},{latin}", scratch / "joined.ttf", features)


def finish(path: Path, family: str, target: Path) -> None:
    """Plex may be a reserved name: what is changed must not be called so."""
    font = TTFont(path)
    scale_upem(font, GRID)
    font["name"].names = [record for record in font["name"].names if record.nameID in NAMES]
    for record in font["name"].names:
        if record.nameID != 2:
            record.string = family if record.nameID in {1, 16} else family.replace(" ", "")
    font.flavor = "woff2"
    font.save(target)


def build(packages: Path) -> None:
    for name, (package, weight, family) in FACES.items():
        folder = next(packages.glob(f"*{package}*")) / "package/files"
        sources = {part: folder / f"{package}-{part}-{weight}-normal.woff2" for part in ("thai", "latin")}
        for part, characters in {"thai": (THAI, MARKS), "latin": (THAI_DIGITS, LATIN)}.items():
            # Kerning weighs two kilobytes: titles have it, and whole pages in Latin letters, not words among Thai ones.
            features = FEATURES if (part, family) == ("thai", "Lom Text") else f"{FEATURES},kern"
            with tempfile.TemporaryDirectory() as scratch:
                finish(join(sources, *characters, Path(scratch), features), family, OUT / f"{name}-{part}.woff2")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
