"""Style sheets are sent without comments and line ends, and mean the same."""

import re

from django.conf import settings

from lomwong.kit.static_files import lean

CSS = """
/* a comment; with { and "quotes" */
@layer pages {
  .a > .b,
  .c:not(.d) { width: calc(100% - 2rem); content: "/* stays */" } /* gone */
  .e {
    margin: 0
      auto;
  }
}
"""


def test_comments_and_line_ends_go_and_the_rest_stays() -> None:
    shown = '@layer pages {.a > .b,.c:not(.d) { width: calc(100% - 2rem); content: "/* stays */" }.e {margin: 0 auto;}}'
    assert lean(CSS) == shown


def test_our_own_keeps_every_rule() -> None:
    css = (settings.PACKAGE_DIR / "kit/static/lomwong/app.css").read_text()
    sent = lean(css)
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    assert re.sub(r"\s", "", sent) == re.sub(r"\s", "", without_comments)
    assert len(sent) < 0.93 * len(css)
