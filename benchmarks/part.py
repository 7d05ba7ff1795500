"""One part, with a data folder, in a process: `python -m benchmarks.part MODULE.FUNCTION OPTIONS FILE`.

The settings are read once in a process, and memory is measured of the whole of it; hence a process for each part.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS = 40 * 60


def run(part: str, data: Path, **options: Any) -> dict[str, Any]:
    """What the function of that name ("search.building.fill") gives, called in a child. Raises CalledProcessError."""
    env = {**os.environ, "LOMWONG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "lomwong.site.settings"}
    env.pop("LOMWONG_DEMO", None)
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        command = [sys.executable, "-m", "benchmarks.part", part, json.dumps(options), result.name]
        subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=MOST_SECONDS)
        measured: dict[str, Any] = json.loads(Path(result.name).read_text())
    return measured


def main(name: str, options: str, result: str) -> None:
    import django

    django.setup()
    from lomwong.site.serving import prepare

    prepare()
    module, _, function = name.rpartition(".")
    measured = getattr(importlib.import_module(f"benchmarks.{module}"), function)(**json.loads(options))
    Path(result).write_text(json.dumps(measured))


if __name__ == "__main__":
    main(*sys.argv[1:])
