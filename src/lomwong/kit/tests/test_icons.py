"""Each icon lies in the sprite that its page names."""

import re

from django.conf import settings

from lomwong.kit.icons import FIRST, sprite_of

SPRITES = settings.PACKAGE_DIR / "kit/static"
DRAWN = re.compile(r"{% icon [\"']([a-z-]+)[\"']")


def names_in(sprite: str) -> set[str]:
    return set(re.findall(r'<symbol id="i-([a-z-]+)"', (SPRITES / sprite).read_text()))


def test_the_first_sprite_has_what_a_first_visit_shows_and_nothing_else() -> None:
    first, others = names_in("lomwong/icons.svg"), names_in("lomwong/icons-more.svg")
    assert first == FIRST
    assert others.isdisjoint(first)


def test_every_icon_of_a_template_is_in_its_sprite() -> None:
    used = {
        name for path in settings.PACKAGE_DIR.glob("*/templates/**/*.html") for name in DRAWN.findall(path.read_text())
    }
    assert len(used) > 20
    assert [name for name in sorted(used) if name not in names_in(sprite_of(name))] == []
