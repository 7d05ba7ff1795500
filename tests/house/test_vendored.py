"""Files that came from elsewhere are the ones we recorded."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/lomwong/kit/static/lomwong"


def recorded() -> dict[str, str]:
    text = (ROOT / "docs/vendored.md").read_text()
    return {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.MULTILINE)}


def test_each_vendored_file_has_the_recorded_checksum() -> None:
    kept = ["icons.svg", "icons-more.svg"] + [
        str(path.relative_to(STATIC)) for path in STATIC.glob("*/*") if path.suffix in {".woff2", ".js"}
    ]
    actual = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in kept}
    assert actual == recorded()


def test_each_vendored_script_has_its_licence_beside_it() -> None:
    scripts = [path.name.split(".")[0] for path in STATIC.glob("vendor/*.js")]
    assert scripts
    assert [name for name in scripts if not (STATIC / f"vendor/LICENSE-{name}.txt").exists()] == []
