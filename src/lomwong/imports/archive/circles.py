"""Writes an archive's communities down, with who sits in them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from lomwong.activity.models import Event, Verb
from lomwong.communities.actions import start_community
from lomwong.communities.models import Audience, Community, Origin, Stage
from lomwong.imports.archive.parse import COMMUNITIES, ArchiveCommunity
from lomwong.imports.circles import seat_people
from lomwong.imports.problems import Problem, mark, shorten
from lomwong.imports.report import Report

UNKNOWN_MEMBER = mark("A member of this circle is not among the people of the archive.")
UNKNOWN_AUDIENCE = mark("Who may read is none of public, organisation, members; only its members may.")
UNKNOWN_ORIGIN = mark("The origin is none of natural, established; natural was taken.")
UNKNOWN_STAGE = mark("The stage is none that the format knows; coalescing was taken.")


class CircleLoader:
    """`numbers`: {id in the archive: Community.pk}. A circle that is known already stays as its people have made it."""

    def __init__(self, source: str, persons: dict[str, int], report: Report, at: datetime) -> None:
        self.numbers: dict[str, int] = {}
        self._source = source
        self._persons = persons
        self._report = report
        self._at = at

    def load(self, found: Iterable[ArchiveCommunity | Problem]) -> None:
        records: dict[str, ArchiveCommunity] = {}
        for each in found:
            if isinstance(each, Problem):
                self._report.leave_out("communities", each)
            else:
                self._report.of("communities").read += 1
                records[each.id] = each
        for each in records.values():
            self.numbers[each.id] = self._write(each)
        if records:
            tally = self._report.of("communities")
            tally.known = tally.read - tally.left_out.total() - tally.new

    def _write(self, each: ArchiveCommunity) -> int:
        community = Community.objects.filter(source=self._source, source_id=each.id).first()
        left: set[int | None] = set()
        if community is None:
            community = self._start(each)
            self._report.of("communities").new += 1
        else:  # who has got up since is not put down again
            left = set(
                Event.objects.filter(verb=Verb.LEFT, community_id=community.pk).values_list("actor_id", flat=True)
            )
        hosts = list(self._members(each, each.hosts))
        members = [person for person in (*self._members(each, each.members), *hosts) if person not in left]
        seat_people(community, ((person, each.created or self._at) for person in members), hosts=hosts)
        return community.pk

    def _start(self, each: ArchiveCommunity) -> Community:
        community = start_community(
            name=each.name[:120],
            by=None,
            purpose=each.purpose[:1000],
            audience=self._word(
                each, each.audience, Audience, Audience.ORGANISATION, Audience.MEMBERS, UNKNOWN_AUDIENCE
            ),
            origin=self._word(each, each.origin, Origin, Origin.NATURAL, Origin.NATURAL, UNKNOWN_ORIGIN),
            at=each.created or self._at,
        )
        community.stage = self._word(each, each.stage, Stage, Stage.COALESCING, Stage.COALESCING, UNKNOWN_STAGE)
        community.source, community.source_id, community.extra = self._source, each.id, each.extra
        community.save()
        return community

    def _word(
        self,
        each: ArchiveCommunity,
        word: str,
        words: type[Audience | Origin | Stage],
        usual: str,
        otherwise: str,
        reason: str,
    ) -> str:
        """The word itself; `usual` when none is given, `otherwise` for one that is not in the list."""
        if word and word not in words.values:
            self._report.note(Problem(f"{COMMUNITIES} line {each.line}", reason, shorten(word)))
            return otherwise
        return word or usual

    def _members(self, each: ArchiveCommunity, ids: Iterable[str]) -> Iterator[int]:
        for identifier in ids:
            if identifier in self._persons:
                yield self._persons[identifier]
            else:
                self._report.note(Problem(f"{COMMUNITIES} line {each.line}", UNKNOWN_MEMBER, shorten(identifier)))
