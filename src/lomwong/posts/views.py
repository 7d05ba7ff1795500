"""Read, write, reply."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.communities import rules as circle_rules
from lomwong.communities.models import Audience, Community, Membership
from lomwong.kit.access import public, signed_in
from lomwong.people.models import Person
from lomwong.posts import actions, queries, rules
from lomwong.posts.files import shelf
from lomwong.posts.forms import JournalForm, PostForm, QuestionForm, ReplyForm, StoryForm, place
from lomwong.posts.models import File, Kind, Post, Tag

log = logging.getLogger(__name__)

FORMS: dict[str, type[PostForm]] = {
    Kind.STORY: StoryForm,
    Kind.QUESTION: QuestionForm,
    Kind.JOURNAL: JournalForm,
}
PEOPLE_SHOWN = 12


def readable_post(request: HttpRequest, number: int) -> Post:
    """404 for what does not exist and for what this viewer may not read, alike."""
    return get_object_or_404(Post.objects.visible_to(request.user).select_related("author", "root"), pk=number)


@public
def post(request: HttpRequest, number: int) -> HttpResponse:
    """A thread: the story or question and all that was said below it. A reply's address leads to its place."""
    readable = Post.objects.visible_to(request.user)
    cards = queries.with_cards(readable, request.user).prefetch_related("tags", queries.FILES).defer(None)
    found = get_object_or_404(cards, pk=number)
    if found.root_id is not None:
        return redirect(found)
    context = {
        "post": found,
        "thread": queries.thread_of(found, request.user),
        "can_edit": rules.can_edit_post(request.user, found),
        "is_asker": request.user.is_authenticated and found.author_id == request.user.pk,
    }
    return render(request, "posts/post.html", context)


@public
def file(request: HttpRequest, pk: int) -> FileResponse:
    """To be saved, never to be shown: what somebody attached must not act as a page of ours."""
    found = get_object_or_404(File.objects.visible_to(request.user).defer("words_text"), pk=pk)
    try:
        stream = shelf.path_of(found.sha256).open("rb")
    except OSError:
        log.exception("file %s has lost its bytes", found.pk)
        raise Http404 from None
    response = FileResponse(stream, as_attachment=True, filename=found.name, content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@public
def questions(request: HttpRequest) -> HttpResponse:
    is_open = request.GET.get("open") == "1"
    page = queries.feed(request.user, queries.questions(is_open=is_open), before=request.GET.get("before", ""))
    return render(request, "posts/questions.html", {"page": page, "is_open": is_open})


@public
def tag(request: HttpRequest, key: str) -> HttpResponse:
    """What is tagged so. A tag of which the viewer may read nothing does not exist for them."""
    found = get_object_or_404(Tag, key=actions.tag_key(key))
    before = request.GET.get("before", "")
    page = queries.feed(request.user, queries.tagged(found), before=before)
    if not page.posts:
        raise Http404
    return render(request, "posts/tag.html", {"tag": found, "page": page})


@public
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """A circle: who sits there, what they talk about."""
    viewer = request.user
    found = get_object_or_404(Community.objects.visible_to(viewer), slug=slug)
    seats = Membership.objects.seated().filter(community=found, person__is_active=True).select_related("person__unit")
    people = [seat.person for seat in seats.order_by("person__sort_key", "person_id")[:PEOPLE_SHOWN]]
    kind = request.GET.get("kind", "")
    context = {
        "community": found,
        "people": people,
        "hues": [person.hue for person in people],
        "people_count": seats.count(),
        "unit_count": seats.exclude(person__unit=None).values("person__unit").distinct().count(),
        "has_seat": circle_rules.has_seat(viewer, found),
        "is_asking": circle_rules.is_asking(viewer, found),
        "can_sit_at_once": circle_rules.can_sit_at_once(viewer, found),
        "can_change": circle_rules.can_change_community(viewer, found),
        "kinds": [(Kind.QUESTION, _("Questions")), (Kind.STORY, _("Stories")), (Kind.JOURNAL, _("Two lines"))],
        "kind": kind if kind in FORMS else "",
        "page": talk(request, found, kind),
    }
    return render(request, "posts/community.html", context)


def talk(request: HttpRequest, community: Community, kind: str) -> queries.Page | None:
    """A page of what is said in the circle; None for whom it is closed to."""
    if not circle_rules.can_read_talk(request.user, community):
        return None
    threads = queries.said_in(community)
    if kind in FORMS:
        threads = threads.filter(kind=kind)
    return queries.feed(request.user, threads, before=request.GET.get("before", ""))


@signed_in
def by(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody began to talk about, and where they sit, as far as the viewer may know."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    threads = Post.objects.filter(author=person)
    context = {
        "person": person,
        "circles": Community.objects.visible_to(request.user).of(person),
        "page": queries.feed(request.user, threads, before=request.GET.get("before", "")),
    }
    return render(request, "posts/by.html", context)


@signed_in
def write(request: HttpRequest) -> HttpResponse:
    """Which shape: two lines, a story, a question."""
    return render(request, "posts/write.html", {"is_writing": True})


@signed_in
def story_new(request: HttpRequest) -> HttpResponse:
    return write_new(request, Kind.STORY, "posts/story_new.html")


@signed_in
def question_new(request: HttpRequest) -> HttpResponse:
    return write_new(request, Kind.QUESTION, "posts/question_new.html")


@signed_in
def journal_new(request: HttpRequest) -> HttpResponse:
    return write_new(request, Kind.JOURNAL, "posts/journal_new.html")


def write_new(request: HttpRequest, kind: Kind, template: str) -> HttpResponse:
    """Show the form, or lay what it holds in the middle of the circle. A faulty form comes back with every word."""
    assert request.user.is_authenticated
    initial = {
        "communities": Community.objects.of(request.user).filter(slug=request.GET.get("circle", "")),
        "title": request.GET.get("title", "")[:300],
    }
    form = FORMS[kind](request.POST or None, request.FILES or None, writer=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        title = given.get("title", "")
        written = actions.write_post(
            kind=kind,
            by=request.user,
            title=title,
            text=given["text"],
            tags=given["tags"],
            files=shelf.keep_all(given["attached"]),
            **place(given),
        )
        messages.success(request, _("It's in the circle"))
        return redirect(written)
    return render(request, template, {"form": form, "is_writing": True}, status=422 if form.errors else 200)


@signed_in
def post_edit(request: HttpRequest, number: int) -> HttpResponse:
    assert request.user.is_authenticated
    found = readable_post(request, number)
    if not rules.can_edit_post(request.user, found):
        raise PermissionDenied
    form = edit_form(request, found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        further = {"tags": given["tags"], **place(given)} if isinstance(form, PostForm) else {}
        further |= {"files": shelf.keep_all(given["attached"]), "take_away": given.get("take_away", ())}
        title = given.get("title", "")
        actions.edit_post(found, by=request.user, text=given["text"], title=title, **further)
        messages.success(request, _("Your words are changed"))
        return redirect(found)
    context = {"form": form, "post": found, "is_writing": True}
    return render(request, "posts/post_edit.html", context, status=422 if form.errors else 200)


def edit_form(request: HttpRequest, post: Post) -> PostForm | ReplyForm:
    assert request.user.is_authenticated
    if not post.is_thread:
        return ReplyForm(request.POST or None, request.FILES or None, post=post, initial={"text": post.text})
    initial = {
        "title": post.title,
        "text": post.text,
        "tags": ", ".join(tag.name for tag in post.tags.all()),
        "communities": post.communities.all(),
        "audience": post.audience or Audience.ORGANISATION,
    }
    form = FORMS[post.kind]
    return form(request.POST or None, request.FILES or None, writer=request.user, post=post, initial=initial)


@signed_in
def reply_new(request: HttpRequest, number: int) -> HttpResponse:
    """Answer or comment. As a page of its own it shows what is being replied to."""
    assert request.user.is_authenticated
    parent = readable_post(request, number)
    if not rules.can_reply(request.user, parent):
        raise PermissionDenied
    form = ReplyForm(request.POST or None, request.FILES or None)
    is_answer = request.POST.get("kind") == Kind.ANSWER
    if request.method == "POST" and form.is_valid():
        kind = actions.reply_kind(parent, is_answer=is_answer)
        files = shelf.keep_all(form.cleaned_data["attached"])
        written = actions.reply(parent, kind=kind, by=request.user, text=form.cleaned_data["text"], files=files)
        return redirect(written)
    context = {"form": form, "parent": parent, "is_answer": is_answer, "is_writing": True}
    return render(request, "posts/reply_new.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def answer_accept(request: HttpRequest, number: int) -> HttpResponse:
    """The asker says whether it works: `works=1` or `works=0`."""
    assert request.user.is_authenticated
    answer = readable_post(request, number)
    if not rules.can_accept_answer(request.user, answer):
        raise PermissionDenied
    if request.POST.get("works") == "0":
        actions.take_back_accepted(answer, by=request.user)
    else:
        actions.accept_answer(answer, by=request.user)
    return redirect(answer)
