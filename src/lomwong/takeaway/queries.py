"""What there is to take."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from lomwong.people.models import Person
from lomwong.takeaway.contents.own import own_drafts, own_entries, own_files, own_replies

FEW = 300  # entries and replies
LIGHT = 20 * 1024 * 1024  # bytes of files


@dataclass(frozen=True, slots=True)
class Luggage:
    entries: int
    replies: int
    drafts: int
    files: int
    size: int  # of the files, in bytes

    @property
    def is_small(self) -> bool:
        """Packed while one waits."""
        return self.entries + self.replies + self.drafts <= FEW and self.size <= LIGHT

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.replies or self.drafts)


def luggage_of(person: Person) -> Luggage:
    """Four queries."""
    files = own_files(person).aggregate(count=Count("pk"), size=Sum("size"))
    return Luggage(
        entries=own_entries(person).count(),
        replies=own_replies(person).count(),
        drafts=own_drafts(person).count(),
        files=files["count"],
        size=files["size"] or 0,
    )
