"""Make the subset font files again: `python scripts/build_fonts.py FOLDER`, which holds the two unpacked packages.

Needs fonttools and brotli, and from the npm registry @fontsource/ibm-plex-sans-thai-looped and @fontsource/maitree. The
Thai files carry digits and the commonest marks too: a Thai page fetches the Latin ones only when it has Latin letters.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import main as subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).parents[1] / "src/lomwong/kit/static/lomwong/fonts"
THAI = "U+0E01-0E3A,U+0E3F-0E5B,U+200B-200D,U+2060,U+25CC"
MARKS = "U+0020-0022,U+0025,U+0028-0029,U+002C-003B,U+003F,U+00A0,U+00B7,U+2013,U+2018-201D,U+2026"
LATIN = (
    "U+0020-007E,U+00A0,U+00A9,U+00AB,U+00B0,U+00B7,U+00BB,U+00BD,U+00D7,U+00E9,U+2013,U+2014,U+2018,U+2019,U+201C,"
    "U+201D,U+2022,U+2026,U+2190-2193,U+2212"
)
FEATURES = "--layout-features=ccmp,locl,mark,mkmk,kern,liga,calt,rlig,clig"
FACES = {
    "text-400": ("ibm-plex-sans-thai-looped", 400, "Lom Text"),
    "text-600": ("ibm-plex-sans-thai-looped", 600, "Lom Text"),
    "title-600": ("maitree", 600, "Lom Title"),
}


def cut(source: Path, characters: str, target: Path, *, flavour: str = "") -> Path:
    further = [f"--flavor={flavour}"] if flavour else []
    options = [FEATURES, "--no-hinting", "--desubroutinize", f"--output-file={target}", *further]
    subset([str(source), f"--unicodes={characters}", *options])
    return target


def rename(path: Path, family: str) -> None:
    """Plex may be a reserved name: what is changed must not be called so."""
    font = TTFont(path)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            record.string = family if record.nameID in {1, 16} else family.replace(" ", "")
    font.save(path)


def build(packages: Path) -> None:
    for name, (package, weight, family) in FACES.items():
        folder = next(packages.glob(f"*{package}*")) / "package/files"
        sources = {part: folder / f"{package}-{part}-{weight}-normal.woff2" for part in ("thai", "latin")}
        with tempfile.TemporaryDirectory() as scratch:
            pieces = [
                cut(sources["thai"], f"{THAI},U+0020", Path(scratch) / "thai.ttf"),
                cut(sources["latin"], MARKS, Path(scratch) / "marks.ttf"),
            ]
            whole = Path(scratch) / "whole.ttf"
            Merger().merge([str(piece) for piece in pieces]).save(whole)
            cut(whole, f"{THAI},{MARKS}", OUT / f"{name}-thai.woff2", flavour="woff2")
        cut(sources["latin"], LATIN, OUT / f"{name}-latin.woff2", flavour="woff2")
        for part in ("thai", "latin"):
            rename(OUT / f"{name}-{part}.woff2", family)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
