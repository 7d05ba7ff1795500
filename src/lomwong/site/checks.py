"""All checks of the code, one after the other: what `./lomwong check` runs.

The output of each check is shown as it comes, and at the end a table of all of them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PYTHON = sys.executable
OUR_CODE = [".", "lomwong"]  # the launcher has no suffix, so it is named
TIME_LIMIT = 30 * 60  # seconds for one check


@dataclass(frozen=True)
class Check:
    """`command` exits with 0 when all is well."""

    name: str
    about: str
    command: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    check: Check
    problem: str  # "" when it passed
    seconds: float


def templates() -> list[str]:
    found = ROOT.glob("src/lomwong/**/templates/**/*.html")
    return sorted(str(path.relative_to(ROOT)) for path in found)


def checks() -> list[Check]:
    """Quick ones first, so that the first complaint comes early."""
    module = [PYTHON, "-m"]
    migrations = [*module, "django", "makemigrations", "--check", "--dry-run"]
    layers = [str(Path(PYTHON).with_name("lint-imports")), "--no-logo"]
    djade = [str(Path(PYTHON).with_name("djade")), "--target-version", "5.2"]
    return [
        Check("format", "code laid out by ruff", [*module, "ruff", "format", "--check", *OUR_CODE]),
        Check("lint", "ruff's rules", [*module, "ruff", "check", *OUR_CODE]),
        Check("layers", "who imports whom", layers),
        Check("indent", "templates indented", [*module, "djhtml", "--tabwidth", "2", "--check", *templates()]),
        Check("templates", "template tags in one style", [*djade, "--check", *templates()]),
        Check("migrations", "a migration for each change of a table", migrations),
        Check("thai", "every string has its Thai", [*module, "lomwong.kit.messages", "check"]),
        Check("types", "mypy --strict", [*module, "mypy"]),
        Check("tests", "all tests", [*module, "pytest", "-n", "auto"]),
    ]


def run(check: Check, env: Mapping[str, str]) -> Outcome:
    print(f"\n── {check.name}: {check.about}", flush=True)
    started = time.monotonic()
    try:
        code = subprocess.run(check.command, cwd=ROOT, env=env, timeout=TIME_LIMIT).returncode
        problem = f"exit code {code}" if code else ""
    except subprocess.TimeoutExpired:
        problem = f"stopped after {TIME_LIMIT // 60} minutes"
    except OSError as error:
        problem = f"could not start: {error}"
    return Outcome(check, problem, time.monotonic() - started)


def table(outcomes: Sequence[Outcome]) -> str:
    width = max(len(outcome.check.name) for outcome in outcomes)
    lines = [
        f"{'ok ' if not outcome.problem else 'NOT'}  {outcome.check.name:<{width}}  {outcome.seconds:6.1f} s"
        f"  {outcome.problem or outcome.check.about}"
        for outcome in outcomes
    ]
    return "\n".join(lines)


def run_all(chosen: Sequence[Check]) -> list[Outcome]:
    """In a data folder of its own, so that a check sees no reader's data and leaves none."""
    with tempfile.TemporaryDirectory(prefix="lomwong-check-") as data:
        env = os.environ | {"LOMWONG_DATA": data, "DJANGO_SETTINGS_MODULE": "lomwong.site.settings"}
        return [run(check, env) for check in chosen]


def parse(arguments: Sequence[str]) -> list[Check]:
    known = {check.name: check for check in checks()}
    about = "; ".join(f"{check.name}: {check.about}" for check in known.values())
    parser = argparse.ArgumentParser(prog="lomwong check", description="Check the code.", epilog=about)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these checks; all when none is named")
    names = parser.parse_args(arguments).names
    for name in names:
        if name not in known:
            parser.error(f"there is no check {name!r}. There are: {', '.join(known)}")
    return [check for name, check in known.items() if name in names or not names]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 all passed, 1 some did not, 2 no such check, 130 stopped by Ctrl-C."""
    chosen = parse(arguments)
    try:
        outcomes = run_all(chosen)
    except KeyboardInterrupt:
        print("\nstopped.")
        return 130
    print(f"\n{table(outcomes)}")
    return 1 if any(outcome.problem for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
