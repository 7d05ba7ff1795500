"""Verbs around entries: blogs, the order of a series, who writes along, earlier versions, taking back."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lomwong.activity.actions import record
from lomwong.activity.models import Verb
from lomwong.people.models import Person
from lomwong.posts.actions import edit_post, recount, touch_series, touch_thread
from lomwong.posts.actions.belonging import hold_series
from lomwong.posts.actions.threads import held_above
from lomwong.posts.models import Authorship, Blog, Post, ReaderSketch, Revision, Series, State
from lomwong.posts.unnamed.rules import may_be_named


@transaction.atomic
def change_blog(blog: Blog, *, name: str, about: str, licence: str) -> Blog:
    """The address stays. The licence is for new entries; those that are there keep theirs."""
    blog.name, blog.about, blog.licence = name, about, licence
    blog.save(update_fields=["name", "about", "licence"])
    Post.objects.filter(blog=blog).update(version=F("version") + 1)
    return blog


@transaction.atomic
def delete_blog(blog: Blog) -> bool:
    """Only an empty one. Returns whether it is gone."""
    if Post.objects.filter(blog=blog).exists():
        return False
    blog.delete()
    return True


@transaction.atomic
def change_series(series: Series, *, name: str, about: str, is_finished: bool, parts: Mapping[int, int]) -> Series:
    """`parts`: the number in the series by the number of the post; posts that are not in it are left alone."""
    hold_series([series.pk])
    series.name, series.about, series.is_finished = name, about, is_finished
    series.save(update_fields=["name", "about", "is_finished"])
    for post in Post.objects.filter(series=series, number__in=parts).only("number", "part").order_by("number"):
        if post.part != parts[post.number]:
            Post.objects.filter(pk=post.number).update(part=parts[post.number])
    touch_series(series.pk)
    return series


@transaction.atomic
def delete_series(series: Series) -> bool:
    """Only an empty one. Returns whether it is gone."""
    hold_series([series.pk])
    if Post.objects.filter(series=series).exists():
        return False
    series.delete()
    return True


@transaction.atomic
def write_along(post: Post, *, person: Person) -> None:
    """Say yes to an invitation; saying it twice changes nothing."""
    asked = Authorship.objects.filter(post=post, person=person, accepted_at__isnull=True)
    if asked.update(accepted_at=timezone.now()):
        touch_thread(post.number)


@transaction.atomic
def part_company(post: Post, *, person: Person) -> None:
    """Say no, step out, or be thanked and let go: the name and the right to change the entry are gone."""
    Authorship.objects.filter(post=post, person=person).delete()
    touch_thread(post.number)


@transaction.atomic
def restore_revision(revision: Revision, *, by: Person) -> Post:
    """Put earlier words back. Those that stand now become an earlier version themselves."""
    return edit_post(revision.post, by=by, text=revision.text, title=revision.title)


@transaction.atomic
def erase_revision(revision: Revision) -> None:
    """Take an earlier version away for good. No trace of its words is kept."""
    revision.delete()


@transaction.atomic
def withdraw_post(post: Post, *, by: Person) -> None:
    """Take it back: the words and all that hung on them are gone, the number and what others said below it stay."""
    hold_series([post.series_id])
    root = held_above(post)
    for rows in (post.files, post.revisions, post.mentions, post.flowers, post.authorships, post.drafts):
        rows.all().delete()
    ReaderSketch.objects.filter(post=post).delete()
    post.tags.clear()
    post.state, post.edited_at = State.WITHDRAWN, timezone.now()
    post.title = post.text = post.html = post.excerpt = post.licence = post.visitor_name = ""
    post.extra, post.blog, post.is_continued = {}, None, False
    post.flower_count = post.reader_count = 0
    post.save(update_fields=WITHDRAWN_FIELDS)
    was_accepted = root.accepted_answer_id == post.number
    if was_accepted:
        Post.objects.filter(pk=root.pk).update(accepted_answer=None)
    recount(root)
    touch_series(post.series_id)
    # Last of all: whoever holds the ledger must not wait for a post that somebody else holds who waits for the ledger.
    signed = may_be_named(by, post)
    record(Verb.EDITED, actor_id=signed, post_number=post.number)
    if was_accepted:
        record(Verb.EDITED, actor_id=signed, post_number=root.number)


WITHDRAWN_FIELDS = [
    *("state", "edited_at", "title", "text", "html", "excerpt", "licence", "visitor_name", "extra", "blog"),
    *("is_continued", "flower_count", "reader_count"),
]
