"""Static files as they are sent: style sheets without what is only for those who write them."""

import re
from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

_COMMENT_OR_TEXT = re.compile(r"""/\*.*?\*/|("[^"\n]*"|'[^'\n]*')""", re.S)
_LINE_MAY_END = tuple("{};,")


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in [name for name in paths if name.endswith(".css")]:
                with open(self.path(name), "r+", encoding="utf-8") as file:
                    content = lean(file.read())
                    file.seek(0)
                    file.truncate()
                    file.write(content)
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def lean(css: str) -> str:
    """Without comments, indentation and line ends; what stands in a line stays as it is.

    rcssmin 1.2 gains 1 % more and takes the space out of `.dock :is(a)`, which is then another selector.
    """
    bare = _COMMENT_OR_TEXT.sub(lambda found: found[1] or "", css)
    lines = [line.strip() for line in bare.splitlines()]
    return "".join(line if line.endswith(_LINE_MAY_END) else f"{line} " for line in lines if line)
