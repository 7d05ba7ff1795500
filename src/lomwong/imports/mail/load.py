"""Writes a mailing list down as the talk of one circle."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from lomwong.communities.models import Community
from lomwong.imports.circles import community_named, seat_writers
from lomwong.imports.mail.letter import is_cut, letter_html
from lomwong.imports.mail.parse import REPEATED, Message
from lomwong.imports.mail.survey import (
    SOURCE,
    Survey,
    all_messages,
    author_key,
    find_known,
    look_through,
    parents_outside,
)
from lomwong.imports.mail.threads import clean_subject
from lomwong.imports.problems import Problem, mark
from lomwong.imports.report import Report
from lomwong.imports.whole import Progress, unseen
from lomwong.kit.cli import Refusal
from lomwong.people.actions import Identifier, Named
from lomwong.posts.bulk import BulkWriter, OldPost, refresh_talk
from lomwong.posts.models import Kind, Markup, Post

ELSEWHERE = mark("This message is in another circle already, and was left there.")
WORDLESS = mark("This message has neither a subject nor words.")
LONG = mark("This message is very long: its page shows the beginning; the whole of it was kept.")
FUTURE = mark("The date of this message lies in the future; the time of the import was used.")
_CLOCKS_DIFFER = timedelta(days=1)


@transaction.atomic
def load_mail(
    paths: Sequence[Path], *, community: str, audience: str | None = None, progress: Progress = unseen
) -> Report:
    """Every message of these mbox or pipermail files, as talk of the circle of that name, which is made when missing.

    A thread begins as a question when its first message asks something (`asking.asks`), else as a story. A reply that
    hangs directly below a question, from somebody else than the asker, is an answer; every other one is a comment.
    Raises `UnreadableFile` or `Refusal`; then nothing may be kept of what was written.
    """
    survey, parents = look_through(paths, progress)
    assert survey.first_at is not None, "a file without a message is refused when it is read"
    circle = community_named(community, audience=audience, at=survey.first_at)
    find_known(survey, circle)
    if len(survey.elsewhere) == len(survey.author_of):
        raise Refusal(_("All of these messages are in other circles already. Nothing was written."))
    survey.hang({**parents, **parents_outside(survey, circle)})
    before: int = Post.objects.aggregate(last=Max("number"))["last"] or 0
    loader = Loader(survey, circle)
    with BulkWriter(SOURCE) as writer:
        total = len(survey.author_of)
        for post in progress(loader.posts(paths), label=_("Writing"), total=total, unit=_(" messages")):
            writer.add(post)
    seat_writers(circle, after=before)
    refresh_talk([circle])
    tally = loader.report.of("messages")
    tally.new, tally.known = writer.written.new, writer.written.known
    return loader.report


class Loader:
    """The second reading."""

    def __init__(self, survey: Survey, circle: Community) -> None:
        self.report = Report()
        self._survey = survey
        self._circle = circle
        self._persons = self._identify()
        self._known_askers = self._askers_outside()

    def posts(self, paths: Sequence[Path]) -> Iterator[OldPost]:
        """Of the messages that go in; the others are counted with their reason."""
        for where, found in all_messages(paths):
            if isinstance(found, Problem):
                self.report.note(Problem(where, found.reason, found.detail))
            elif found.is_repeat:
                self.report.count_left_out("messages", REPEATED)
            elif found.source_id in self._survey.elsewhere:
                self.report.leave_out("messages", Problem(where, ELSEWHERE, found.source_id))
            elif found.source_id in self._survey.wordless:
                self.report.leave_out("messages", Problem(where, WORDLESS))
            else:
                self.report.of("messages").read += 1
                yield self._post(where, found)

    def _identify(self) -> dict[str, int]:
        """{author: Person.pk}; of the names that somebody signed with, the most frequent."""
        people = Identifier(SOURCE)
        stays_out = self._survey.stays_out
        authors = {
            author for source_id, author in self._survey.author_of.items() if author and source_id not in stays_out
        }
        persons = people.identify_all(
            Named(author, names.most_common(1)[0][0], email=author if "@" in author else None)
            for author, names in self._survey.names.items()
            if author in authors
        )
        tally = self.report.of("people")
        tally.read, tally.new, tally.known = len(persons), people.created, len(persons) - people.created
        return persons

    def _askers_outside(self) -> dict[str, int | None]:
        """{source id: author} of questions that came with an earlier import and are answered here."""
        outside = {parent for parent in self._survey.parents.values() if parent not in self._survey.author_of}
        asked = Post.objects.in_community(self._circle).filter(source=SOURCE, kind=Kind.QUESTION)
        return {
            source_id: author
            for source_id, author in asked.values_list("source_id", "author_id")
            if source_id in outside
        }

    def _post(self, where: str, message: Message) -> OldPost:
        if is_cut(message.text):
            self.report.note(Problem(where, LONG))
        now = timezone.now()
        if is_ahead := message.at > now + _CLOCKS_DIFFER:
            self.report.note(Problem(where, FUTURE, message.at.isoformat()))
        is_known = message.source_id in self._survey.known  # it stays as it is: no work for it
        parent = self._survey.parents.get(message.source_id)
        subject = clean_subject(message.subject)
        return OldPost(
            source_id=message.source_id,
            kind=self._kind(message, parent),
            author_id=self._persons.get(author_key(message)),
            created_at=now if is_ahead else message.at,
            title=subject if parent is None or not message.text else "",
            text=message.text,
            markup=Markup.PLAIN,
            html="" if is_known else letter_html(message.text, is_reply=parent is not None),
            parent=parent,
            community_ids=[self._circle.pk],
            extra={"subject": message.subject, "attachments": message.attachments},
        )

    def _kind(self, message: Message, parent: str | None) -> str:
        if parent is None:
            return Kind.QUESTION if message.source_id in self._survey.asking else Kind.STORY
        is_first = parent not in self._survey.parents
        if is_first and (parent in self._survey.asking or parent in self._known_askers):
            asker = self._persons.get(self._survey.author_of.get(parent, ""), self._known_askers.get(parent))
            if asker is None or asker != self._persons.get(author_key(message)):
                return Kind.ANSWER
        return Kind.COMMENT
