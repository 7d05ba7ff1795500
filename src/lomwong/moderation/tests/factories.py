"""People who look after something, and what they look after."""

from dataclasses import dataclass, field

from lomwong.communities.models import Audience, Community
from lomwong.communities.tests.factories import make_community
from lomwong.moderation import actions
from lomwong.moderation.models import Deed, Flag
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_post

WHY = "เป็นโฆษณา ไม่ใช่เรื่องงาน"


def make_operator(**fields: object) -> Person:
    return make_person(is_staff=True, **fields)  # type: ignore[arg-type]


@dataclass
class Mat:
    """A circle with its host, an entry by somebody in it, another circle beside it, an operator."""

    host: Person = field(default_factory=lambda: make_person("เจ้าของวง"))
    author: Person = field(default_factory=lambda: make_person("คนเล่า"))
    reader: Person = field(default_factory=lambda: make_person("คนอ่าน"))
    operator: Person = field(default_factory=make_operator)
    audience: str = Audience.ORGANISATION

    def __post_init__(self) -> None:
        self.circle: Community = make_community(by=self.host, people=[self.author], audience=self.audience)
        self.post: Post = make_post("ของฝากจากงาน", by=self.author, communities=[self.circle])


def hide(post: Post, by: Person | None = None, **given: str) -> Deed:
    return actions.hide_post(post, by=by or make_operator(), **{"reason": WHY, **given})


def undo(deed: Deed, by: Person | None = None) -> Deed:
    return actions.undo_deed(deed, by=by or make_operator(), reason="ดูอีกทีแล้วไม่ใช่")


def state() -> dict[str, object]:
    """Everything of posts that a deed may touch, and nothing that only grows."""
    left_out = {"version", "edited_at"}
    rows = {
        post.pk: {
            one.attname: getattr(post, one.attname) for one in Post._meta.concrete_fields if one.name not in left_out
        }
        for post in Post.objects.order_by("pk")
    }
    places = sorted(Post.communities.through.objects.values_list("post_id", "community_id"))
    suspended = sorted(Person.objects.exclude(suspended_until=None).values_list("pk", "suspended_until"))
    flags = sorted(Flag.objects.values_list("pk", "answered_by"))
    return {"posts": rows, "places": places, "suspended": suspended, "flags": flags}
