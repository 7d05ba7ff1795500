"""Every public address for search engines, written while it is read: memory does not grow with the house.

https://www.sitemaps.org/protocol.html: at most 50,000 addresses in a part. Entries are parted by their numbers, so a
part is one walk along the key.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from xml.sax.saxutils import escape

from django.db.models import F, Max
from django.urls import reverse

from lomwong.communities.models import Audience, Community
from lomwong.feeds.channels import ANYBODY
from lomwong.feeds.entries import whole
from lomwong.posts.models import Blog, Post, PostQuerySet

PART = 5_000  # numbers
MOST = 50_000
AT_ONCE = 1_000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"

Place = tuple[str, datetime | None]  # address below the house, when it last changed


def index() -> Iterator[str]:
    """Names the parts in which there is something."""
    rows = _posts().order_by().values(place=F("number") / PART).annotate(said=Max("lifted_at"), edited=Max("edited_at"))
    parts = sorted((row["place"], max(row["said"], row["edited"] or row["said"])) for row in rows)
    named: list[Place] = [(reverse("feeds:sitemap_part", args=["pages"]), None)]
    named += [(reverse("feeds:sitemap_part", args=[f"posts-{part}"]), at) for part, at in parts]
    yield from _listed("sitemapindex", "sitemap", named)


def pages() -> Iterator[str]:
    """Home, circles, blogs."""
    circles = Community.objects.filter(audience=Audience.PUBLIC).order_by("pk")[: MOST // 2]
    blogs = Blog.objects.visible_to(ANYBODY).order_by("pk")[: MOST // 2 - 1]
    home: list[Place] = [(reverse("home"), None)]
    found = chain(
        home,
        ((circle.get_absolute_url(), circle.talked_at) for circle in circles.iterator(AT_ONCE)),
        ((blog.get_absolute_url(), None) for blog in blogs.iterator(AT_ONCE)),
    )
    yield from _listed("urlset", "url", found)


def posts(part: int) -> Iterator[str] | None:
    """None when no public entry has such a number."""
    here = _posts().filter(number__gte=part * PART, number__lt=(part + 1) * PART).order_by("number")
    if not here.exists():
        return None
    rows = here.values_list("number", "lifted_at", "edited_at").iterator(AT_ONCE)
    found = ((reverse("posts:post", args=[number]), max(said, edited or said)) for number, said, edited in rows)
    return _listed("urlset", "url", found)


def _posts() -> PostQuerySet:
    return Post.objects.visible_to(ANYBODY).threads()


def _listed(root: str, each: str, places: Iterable[Place]) -> Iterator[str]:
    yield f'{HEAD}<{root} xmlns="{SCHEMA}">\n'
    for address, at in places:
        changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
        yield f"<{each}><loc>{escape(whole(address))}</loc>{changed}</{each}>\n"
    yield f"</{root}>\n"
