"""All members of the zip, one after the other, each made when its turn comes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from lomwong.communities.models import Community
from lomwong.people.models import Person
from lomwong.posts.files import shelf
from lomwong.posts.models import Draft, File, Flower, Placement, PostQuerySet
from lomwong.takeaway.contents import archive, words
from lomwong.takeaway.contents.names import entry_name, file_names, link, slug
from lomwong.takeaway.contents.own import own_drafts, own_entries, own_posts, own_replies, walk
from lomwong.takeaway.contents.packing import Member, text_member

STYLE = Path(__file__).with_name("style.css")
BUDDHIST = 543  # years before our own era
PIECE = 1 << 18  # bytes
IS_PACKED = ("image/", "audio/", "application/")  # these do not shrink a second time


def members_of(person: Person) -> Iterator[Member]:
    """In the language of the moment, all below one folder. The manifest comes last: a torn zip is no archive."""
    now = timezone.now()
    top = f"lomwong-{slug(person.name) or person.pk}-{timezone.localdate(now):%Y-%m-%d}/"
    for member in _below(person, now):
        yield Member(top + member.name, member.at, member.pieces, member.is_packed)


def _below(person: Person, now: datetime) -> Iterator[Member]:
    context = {"person": person, "now": now, "site": settings.PUBLIC_URL}
    yield text_member("README.md", now, _drawn("_readme.txt", context).decode())
    yield text_member("style.css", now, STYLE.read_text())
    yield from _entries(person)
    yield from _replies(person)
    yield from _flowers(person, now)
    yield from _topics(person, now)
    yield from _drafts(person)
    yield Member("index.html", now, _index(person))
    yield from _files(person)
    yield from _archive(person, now)


def _entries(person: Person) -> Iterator[Member]:
    for post in walk(own_entries(person), person):
        name, at = f"entries/{entry_name(post)}", post.edited_at or post.created_at
        yield text_member(f"{name}.md", at, words.markdown(post, to_root="../"))
        yield text_member(f"{name}.html", at, words.page(post, to_root="../"))


def years_of(person: Person) -> list[int]:
    """In which the person may have replied."""
    ends = own_replies(person).aggregate(first=Min("created_at"), last=Max("created_at"))
    if ends["first"] is None:
        return []
    first, last = (timezone.localtime(ends[end]).year for end in ("first", "last"))
    return [year for year in range(first, last + 1) if _said_in(person, year).exists()]


def year_named(year: int) -> int:
    """In the era of the language."""
    return year + BUDDHIST if get_language() == "th" else year


def _said_in(person: Person, year: int) -> PostQuerySet:
    return own_replies(person).filter(created_at__year=year)


def _replies(person: Person) -> Iterator[Member]:
    """Answers and comments of a year together, each with one line of what it answers."""
    for year in years_of(person):
        said = _said_in(person, year)
        last = said.aggregate(at=Max("created_at"))["at"]
        yield Member(f"replies/{year}.md", last, _replies_as(said, person, year, "txt"))
        yield Member(f"replies/{year}.html", last, _replies_as(said, person, year, "html"))


def _replies_as(said: PostQuerySet, person: Person, year: int, form: str) -> Iterator[bytes]:
    """`form`: a template each for top, reply and bottom has this suffix."""
    context = {"year": year_named(year), "to_root": "../"}
    yield _drawn(f"_replies.{form}", context)
    for post in walk(said, person):
        names = file_names(post.files.all())
        told = {
            "post": post,
            "quoted": words.quoted(post),
            "address": words.address_of(post),
            "words": words.reply_words(post, names, to_root="../"),
            "body": words.offline(post.html, names, "../"),
            "files": words.listed_files(names, "../"),
        }
        yield _drawn(f"_reply.{form}", told)
    yield _drawn(f"_end.{form}", {})


def _drawn(template: str, context: dict[str, Any]) -> bytes:
    return render_to_string(f"takeaway/{template}", context).encode()


def flowers_of(person: Person) -> "QuerySet[Flower]":
    given = Flower.objects.filter(post__author=person, post__in=own_posts(person).order_by().values("pk"))
    return given.select_related("giver", "post").defer("post__text", "post__html", "post__extra").order_by("pk")


def _flowers(person: Person, now: datetime) -> Iterator[Member]:
    """Thanks that came, with their words."""
    if flowers_of(person).exists():
        yield Member("flowers.md", now, _flower_lines(person))


def _flower_lines(person: Person) -> Iterator[bytes]:
    yield _drawn("_flowers.txt", {})
    for flower in flowers_of(person).iterator(chunk_size=500):
        yield _drawn("_flower.txt", {"flower": flower, "address": words.address_of(flower.post)})


def _topics(person: Person, now: datetime) -> Iterator[Member]:
    """What they know about, as they said it, and how they want to be asked: the part of experts, by its name."""
    if told := render_to_string("experts/_taken.txt", {"person": person}).strip():
        yield text_member("topics.md", now, f"{told}\n")


def _drafts(person: Person) -> Iterator[Member]:
    for draft in own_drafts(person).order_by("pk").iterator(chunk_size=50):
        yield text_member(draft_name(draft), draft.saved_at, words.draft_markdown(draft, to_root="../"))


def draft_name(draft: Draft) -> str:
    return "drafts/" + f"{draft.pk}-{slug(draft.title)}".rstrip("-") + ".md"


def _index(person: Person) -> Iterator[bytes]:
    """Opens from a disk and leads to all."""
    years = [(year, year_named(year)) for year in years_of(person)]
    context = {"person": person, "years": years, "has_flowers": flowers_of(person).exists()}
    yield _drawn("_index.html", context)
    entries = own_entries(person).defer("text", "html", "extra").order_by("-created_at", "-number")
    for post in entries.iterator(chunk_size=500):
        yield _drawn("_index_entry.html", {"post": post, "place": f"entries/{link(entry_name(post))}.html"})
    drafts = own_drafts(person).defer("fields").order_by("pk")
    yield _drawn("_index_end.html", {"drafts": [(draft.label, link(draft_name(draft))) for draft in drafts]})


def _files(person: Person) -> Iterator[Member]:
    for post in walk(own_posts(person), person):
        yield from _beside(post.files.all())
    for draft in own_drafts(person).order_by("pk").iterator(chunk_size=50):
        yield from _beside(draft.files.defer("words_text").order_by("pk"))


def _beside(files: Iterable[File]) -> Iterator[Member]:
    """Bytes that are lost are left out; the words that named them stay."""
    files = list(files)
    names = file_names(files)
    for file in files:
        path = shelf.path_of(file.sha256)
        if path.exists():
            is_packed = file.media_type.startswith(IS_PACKED)
            yield Member(f"files/{names[file.pk]}", file.attached_at, _bytes_of(path), is_packed)


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def _archive(person: Person, now: datetime) -> Iterator[Member]:
    posts = own_posts(person).order_by().values("pk")
    yield Member("people.jsonl", now, _people(person))
    placed = Placement.objects.filter(post__in=posts).order_by().values("community")
    circles = Community.objects.visible_to(person).filter(pk__in=placed)
    yield Member("communities.jsonl", now, (archive.circle_line(circle) for circle in circles.iterator(chunk_size=500)))
    yield Member("posts.jsonl", now, archive.post_lines(walk(own_posts(person), person)))
    yield Member("manifest.json", now, [archive.manifest(person, now)])


def _people(person: Person) -> Iterator[bytes]:
    """The person, and by name those who wrote along with them."""
    yield archive.person_line(person, is_owner=True)
    along = Person.objects.filter(posts__in=own_entries(person).values("pk")).exclude(pk=person.pk)
    for other in along.distinct().iterator(chunk_size=500):
        yield archive.person_line(other, is_owner=False)
