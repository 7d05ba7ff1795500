"""Names of tags, and the tags of these names."""

from collections.abc import Collection, Iterable

from lomwong.posts.models import Tag
from lomwong.text.normalise import normalise

MOST_TAGS = 10
LONGEST_TAG = 60


def shown_tag(name: str) -> str:
    return " ".join(name.replace("\x00", "").strip().lstrip("#").split())[:LONGEST_TAG]


def tag_key(name: str) -> str:
    """Two spellings of one word are one tag. Empty for a name without letters and digits."""
    key = normalise(shown_tag(name))[:LONGEST_TAG].strip()
    return key if any(character.isalnum() for character in key) else ""


def tags_by_key(names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names by their keys, made where missing; the first spelling stays."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(tag_key(name), shown_tag(name))
    wanted.pop("", None)
    Tag.objects.bulk_create((Tag(key=key, name=name) for key, name in wanted.items()), ignore_conflicts=True)
    return {tag.key: tag for tag in Tag.objects.filter(key__in=wanted)}


def tags_named(names: Collection[str]) -> list[Tag]:
    """At most ten, in the order given."""
    keys = list(dict.fromkeys(tag_key(name) for name in names))
    found = tags_by_key(names)
    return [found[key] for key in keys if key in found][:MOST_TAGS]
