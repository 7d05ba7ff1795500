"""Found circles, ready for a page or the command line."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch

from lomwong.activity.queries import last_position
from lomwong.discovery.models import FoundCircle, FoundSeat, Run
from lomwong.people.models import Person, Unit, Viewer
from lomwong.posts.models import Post

EXCHANGES_SHOWN = 3


@dataclass(slots=True)
class Finding:
    """A found circle as a page shows it: only people who may be found, only exchanges that this viewer may read."""

    circle: FoundCircle
    seats: list[FoundSeat]
    exchanges: list[Post]
    units: list[tuple[Unit, int]]
    terms: list[str] = field(default_factory=list)

    @property
    def hues(self) -> list[int]:
        return [seat.person.hue for seat in self.seats[:10]]

    @property
    def people(self) -> list[Person]:
        """By the alphabet: who does most is nobody's business."""
        return sorted((seat.person for seat in self.seats), key=lambda person: person.sort_key)


def latest_run(level: int | None = None) -> Run | None:
    runs = Run.objects.all() if level is None else Run.objects.filter(level=level)
    return runs.order_by("-pk").first()


def is_stale(run: Run) -> bool:
    """Whether anything was recorded since."""
    return last_position() > run.position


def findings(run: Run, viewer: Viewer) -> list[Finding]:
    """The circles of a run that this viewer may see."""
    seated = FoundSeat.objects.filter(person__is_findable=True, person__is_active=True).select_related("person__unit")
    circles = list(FoundCircle.objects.visible_to(viewer).filter(run=run).prefetch_related(Prefetch("seats", seated)))
    readable = exchanges_for(circles, viewer)
    return [finding(circle, readable) for circle in circles]


def exchanges_for(circles: list[FoundCircle], viewer: Viewer) -> dict[int, Post]:
    """Between people who may still be found. Of a thread that closed since, one's own reply shows nothing either."""
    numbers = {number for circle in circles for number in circle.exchanges}
    findable = Person.objects.findable().order_by()
    posts = Post.objects.visible_to(viewer).filter(
        Exists(Post.objects.visible_to(viewer).filter(pk=OuterRef("root"))),
        Exists(findable.filter(pk=OuterRef("author"))),
        Exists(findable.filter(pk=OuterRef("parent__author"))),
        number__in=numbers,
    )
    return {
        post.number: post for post in posts.select_related("author", "parent__author", "root").defer("text", "html")
    }


def finding(circle: FoundCircle, readable: dict[int, Post]) -> Finding:
    seats = list(circle.seats.all())
    counted = Counter(seat.person.unit for seat in seats if seat.person.unit)
    return Finding(
        circle=circle,
        seats=seats,
        exchanges=[readable[number] for number in circle.exchanges if number in readable][:EXCHANGES_SHOWN],
        units=sorted(counted.items(), key=lambda pair: pair[0].sort_key),
        terms=circle.terms,
    )
