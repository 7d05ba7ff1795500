"""`python -m lomwong COMMAND`: what the launcher calls."""

import io
import sys


def run() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not in UTF-8 shows what it can
    try:
        from lomwong.site.cli import main  # here, for Ctrl-C may come while the parts are read

        return main(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
