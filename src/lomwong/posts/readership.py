"""Who of many may read a post."""

from collections.abc import Collection, Iterable, Iterator

from lomwong.communities.models import Audience, Community, Membership
from lomwong.posts.models import Authorship, Post, State

IN_CHUNKS = 2000  # people in one question to the database


def readers_among(post: Post, people: Collection[int]) -> set[int]:
    """Those of them for whom `Post.objects.visible_to` would give this post: the same rule, for all at once."""
    if post.state != State.SHOWN:
        return set()
    if post.audience in {Audience.PUBLIC, Audience.ORGANISATION}:
        return set(people)
    places = Community.objects.filter(placements__post=post).order_by().only("pk", "audience")
    along = set(Authorship.objects.accepted().filter(post=post).values_list("person_id", flat=True))
    own = {person for person in people if person == post.author_id or person in along}
    return own | readers_in(places, people)


def readers_in(circles: Iterable[Community], people: Collection[int]) -> set[int]:
    """Those of them who may read what lies in these circles: whoever may read one of them."""
    places = {circle.pk: circle.audience for circle in circles}
    if set(places.values()) - {Audience.MEMBERS}:
        return set(people)
    found: set[int] = set()
    for part in in_parts(people):
        seats = Membership.objects.seated().filter(community__in=places, person__in=part)
        found |= set(seats.values_list("person_id", flat=True))
    return found


def in_parts(numbers: Collection[int]) -> Iterator[list[int]]:
    every = list(numbers)
    for start in range(0, len(every), IN_CHUNKS):
        yield every[start : start + IN_CHUNKS]
