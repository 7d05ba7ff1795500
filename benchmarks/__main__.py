"""`./lomwong bench WHAT …`: how well and how fast, beside others, on public data and on invented houses."""

import argparse
import sys

from benchmarks.experts import run as experts
from benchmarks.pages import run as pages
from benchmarks.pages import uploads
from benchmarks.search import run as search


def main() -> int:
    parser = argparse.ArgumentParser(prog="lomwong bench", description=__doc__)
    benches = parser.add_subparsers(title="benchmarks", metavar="WHAT", required=True)
    search.add_command(benches)
    experts.add_command(benches)
    pages.add_command(benches)
    uploads.add_command(benches)
    chosen = parser.parse_args()
    return chosen.run(chosen)


if __name__ == "__main__":
    sys.exit(main())
