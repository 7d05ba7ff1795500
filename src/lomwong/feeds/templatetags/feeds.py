"""Where a page says that there is a feed of it."""

import time
from dataclasses import dataclass

from django import template
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString

from lomwong.communities.models import Audience, Community
from lomwong.feeds.channels import ANYBODY, channel_of, place_of
from lomwong.feeds.head import head_of
from lomwong.kit.fragments import FRAGMENTS
from lomwong.posts.models import Planet, Post

SECONDS = 60

register = template.Library()


@dataclass(frozen=True, slots=True)
class Links:
    name: str
    atom: str
    json: str


@register.simple_tag
def public_feed(of: models.Model | None) -> Links | None:
    """The addresses of the public feed of a thing, of the whole house for None. None where there is no public one."""
    if not of:
        return Links("", reverse("feeds:feed", args=["atom"]), reverse("feeds:feed", args=["json"]))
    kind, key = place_of(of)
    if isinstance(of, Community | Planet):
        if of.audience != Audience.PUBLIC:
            return None
    elif not is_offered(kind, key):
        return None
    return Links(
        str(of),
        reverse("feeds:feed", args=["atom", kind, key]),
        reverse("feeds:feed", args=["json", kind, key]),
    )


def is_offered(kind: str, key: str) -> bool:
    """Whether a link is shown, looked up once a minute: what the feed then holds is asked by whoever opens it."""
    minute = int(time.monotonic() / SECONDS)
    return bool(FRAGMENTS.get(("feed", kind, key, minute), lambda: "yes" if channel_of(kind, key, ANYBODY) else ""))


@register.simple_tag
def post_head(post: Post) -> SafeString:
    return head_of(post)
