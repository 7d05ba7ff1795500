"""Colleagues named in a text: `[@ชื่อ](person:12)`; or `@ชื่อ นามสกุล`, when exactly one has that name."""

import re
from collections.abc import Iterable

from django.db.models import Q

from lomwong.people.models import Person
from lomwong.posts.models import Mention, Post
from lomwong.posts.unnamed.queries import writer_of

MOST_MENTIONS = 30  # of one post
LONGEST_NAME = 150
SUGGESTED = 6

_NAMED = re.compile(r"\]\(person:([0-9]{1,15})\)")
# What is code, a link or a mention already stays as it is; an address of mail or of the web is no mention.
_AT = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\[[^\]\n]*\]\([^)\n]*\)|(?<![A-Za-z0-9._/+-])@(?=[^\s@])", re.DOTALL)
_WORD = re.compile(r"[^\s@]+")
_NOT_IN_LABELS = re.compile(r"[\[\]\\`*_<>\n]")


def mention_of(person: Person) -> str:
    return f"[@{_NOT_IN_LABELS.sub('', person.name).strip()}](person:{person.pk})"


def with_mentions(text: str, by: Person) -> str:
    """The text with names of colleagues behind an @ made into mentions; those that several share stay as typed."""
    marks = [found.end() for found in _AT.finditer(text) if found[0] == "@"][:MOST_MENTIONS]
    if not marks:
        return text
    people = _perhaps_meant([text[mark : mark + LONGEST_NAME] for mark in marks], by)
    for mark in reversed(marks):
        meant = _meant(text[mark : mark + LONGEST_NAME], people)
        if meant:
            text = text[: mark - 1] + mention_of(meant) + text[mark + len(meant.name) :]
    return text


def _perhaps_meant(pieces: Iterable[str], by: Person) -> list[Person]:
    """Whoever has the first word behind an @ for a first name: one query for all of them."""
    first_words = {found[0] for piece in pieces if (found := _WORD.match(piece))}
    begins = Q()
    for word in first_words:
        begins |= Q(name__iexact=word) | Q(name__istartswith=f"{word} ")
    return list(Person.objects.visible_to(by).filter(begins).only("pk", "name").order_by()[:200])


def _meant(piece: str, people: Iterable[Person]) -> Person | None:
    """The one whose whole name stands there; the longest name, and none when two share it."""
    fitting = [person for person in people if piece.casefold().startswith(person.name.casefold())]
    longest = max((len(person.name) for person in fitting), default=0)
    meant = [person for person in fitting if len(person.name) == longest]
    return meant[0] if len(meant) == 1 else None


def note_mentions(post: Post, text: str) -> None:
    """Whom the text names, as far as its author may know them. Part of the deed that writes or changes it."""
    named = {int(number) for number in _NAMED.findall(text)}
    writer = writer_of(post) if named else None
    if writer is None:
        if post.edited_at:
            post.mentions.all().delete()
        return
    people = Person.objects.visible_to(writer).filter(pk__in=sorted(named)[:MOST_MENTIONS])
    known = set(people.exclude(pk=writer.pk).values_list("pk", flat=True))
    post.mentions.exclude(person__in=known).delete()
    Mention.objects.bulk_create((Mention(post=post, person_id=pk) for pk in sorted(known)), ignore_conflicts=True)


def people_like(viewer: Person, words: str) -> list[Person]:
    """Colleagues of whose first or last name this is the beginning, by the alphabet."""
    begins = Q(name__istartswith=words) | Q(name__icontains=f" {words}")
    people = Person.objects.visible_to(viewer).filter(begins).exclude(pk=viewer.pk).select_related("unit")
    return list(people.order_by("sort_key", "pk")[:SUGGESTED])
