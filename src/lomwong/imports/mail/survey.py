"""The first reading of a mailing list: who answers whom, who asks, what goes in. The second one then only writes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.imports.mail.asking import asks
from lomwong.imports.mail.parse import Message, read_messages
from lomwong.imports.mail.threads import Threader
from lomwong.imports.problems import Problem
from lomwong.imports.whole import Progress, reading
from lomwong.kit.cli import Refusal
from lomwong.posts.models import Post

SOURCE = "mail"
BATCH = 500


@dataclass(slots=True)
class Survey:
    """All by source id. Ids, subjects and names are held in memory, never the words of a message."""

    parents: dict[str, str] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)
    author_of: dict[str, str] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)  # of an author, as they signed
    claimed: dict[str, tuple[str, ...]] = field(default_factory=dict)  # possible parents, the likeliest first
    known: set[str] = field(default_factory=set)  # in this circle, from an earlier import
    elsewhere: set[str] = field(default_factory=set)  # in another circle
    wordless: set[str] = field(default_factory=set)
    first_at: datetime | None = None

    def take(self, message: Message) -> None:
        source_id, author = message.source_id, author_key(message)
        self.author_of[source_id] = author
        if author:
            self.names.setdefault(author, Counter())[message.author_name] += bool(message.author_name)
        if asks(message.subject, message.text):
            self.asking.add(source_id)
        if not (message.text or message.subject or message.attachments):
            self.wordless.add(source_id)
        replied = (message.in_reply_to,) if message.in_reply_to else ()
        if claimed := tuple(dict.fromkeys((*replied, *reversed(message.references)))):
            self.claimed[source_id] = claimed
        self.first_at = min(self.first_at or message.at, message.at)

    @property
    def stays_out(self) -> set[str]:
        return self.elsewhere | self.wordless

    def hang(self, linked: dict[str, str]) -> None:
        """Settles `parents` from {source id: parent}. What stays out is stepped over: its replies hang one higher."""
        stays_out = self.stays_out
        for source_id in self.author_of:
            above = linked.get(source_id)
            while above in stays_out:
                above = linked.get(above)
            if above is not None:
                self.parents[source_id] = above


def author_key(message: Message) -> str:
    """What a later import recognises the writer by: the address, or the name where there is none."""
    return message.author_address or message.author_name


def look_through(paths: Sequence[Path], progress: Progress) -> tuple[Survey, dict[str, str]]:
    """(what was found out, {source id: its parent in these files})."""
    for path in paths:
        if path.is_fifo():
            raise Refusal(
                _("%(path)s can be read only once, and we read twice. Save it as a file first.") % {"path": path}
            )
    survey, threader = Survey(), Threader()
    for _where, found in progress(all_messages(paths), label=_("Reading"), unit=_(" messages")):
        if isinstance(found, Message) and not found.is_repeat:
            survey.take(found)
            threader.feed(found)
    return survey, threader.resolve()


def all_messages(paths: Sequence[Path]) -> Iterator[tuple[str, Message | Problem]]:
    """Each with the place it stands at; a problem follows its message."""
    for path in paths:
        file_name = f"{path.name} " if len(paths) > 1 else ""
        with reading(path), path.open("rb") as stream:
            for found in read_messages(stream):
                place = found.where if isinstance(found, Problem) else f"line {found.line}"
                yield file_name + place, found


def find_known(survey: Survey, circle: Community) -> None:
    """Which messages an earlier import brought into this circle, and which into another."""
    survey.known = _mail_posts(survey.author_of, circle)
    survey.elsewhere = _mail_posts(survey.author_of) - survey.known


def parents_outside(survey: Survey, circle: Community) -> dict[str, str]:
    """Replies whose likeliest parent is not in these files, but came into this circle with an earlier import."""
    absent = {each for claimed in survey.claimed.values() for each in claimed if each not in survey.author_of}
    known = _mail_posts(absent, circle)
    found = {}
    for source_id, claimed in survey.claimed.items():
        best = next((each for each in claimed if each in survey.author_of or each in known), None)
        if best in known:
            found[source_id] = best
    return found


def _mail_posts(source_ids: Iterable[str], circle: Community | None = None) -> set[str]:
    """Those that are posts already; in the circle, if one is given."""
    posts = Post.objects.all() if circle is None else Post.objects.in_community(circle)
    wanted = list(source_ids)
    found: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        part = posts.filter(source=SOURCE, source_id__in=wanted[start : start + BATCH])
        found.update(source_id for source_id in part.values_list("source_id", flat=True) if source_id)
    return found
