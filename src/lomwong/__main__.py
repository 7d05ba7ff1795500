"""`python -m lomwong COMMAND`: what the launcher calls."""

import gc
import io
import sys


def run() -> int:
    sys.dont_write_bytecode = False  # whatever the environment says: without it each start takes half as long again
    gc.disable()  # until all is read: nothing of it is garbage, and the look for it takes a quarter of the start
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
