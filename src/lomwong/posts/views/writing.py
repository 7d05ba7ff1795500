"""Write something new, change it. Whatever is wrong, every word and every file stays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lomwong.communities.models import Audience, Community
from lomwong.kit.access import signed_in
from lomwong.posts import rules
from lomwong.posts.compose.mentions import with_mentions
from lomwong.posts.compose.posting import change_by_form, form_class, post_form
from lomwong.posts.compose.prompts import PROMPTS, BoxesForm, in_one
from lomwong.posts.compose.views import shown
from lomwong.posts.drafts.actions import KEY, DraftRefused, Typed, save_draft, schedule_draft
from lomwong.posts.drafts.tasks import form_of
from lomwong.posts.drafts.typed import alts_in, fill, new_key, typed_in
from lomwong.posts.drafts.views import page_of
from lomwong.posts.files.drafts import keep_chosen, set_alts, take_from_draft
from lomwong.posts.forms import FORMS, PostForm, ReplyForm
from lomwong.posts.models import Draft, Kind, Post
from lomwong.posts.unnamed.queries import posted_under
from lomwong.posts.unnamed.sealing import UnnamedRefused
from lomwong.posts.views.reading import readable_post

Form = PostForm | ReplyForm


@signed_in
def write(request: HttpRequest) -> HttpResponse:
    """Two lines at once, or which other shape."""
    circles = Community.objects.of(request.user).filter(slug=request.GET.get("circle", "").replace("\x00", ""))
    context = {
        "is_writing": True,
        "prompts": PROMPTS.values(),
        "circle": circles.first(),
        "key": new_key(),
        "draft_count": Draft.objects.visible_to(request.user).count(),
    }
    return render(request, "posts/write.html", context)


@signed_in
def story_new(request: HttpRequest) -> HttpResponse:
    return write_new(request, Kind.STORY, "posts/story_new.html")


@signed_in
def question_new(request: HttpRequest) -> HttpResponse:
    return write_new(request, Kind.QUESTION, "posts/question_new.html")


@signed_in
def journal_new(request: HttpRequest) -> HttpResponse:
    return write_new(request, Kind.JOURNAL, "posts/journal_new.html")


@signed_in
def post_edit(request: HttpRequest, number: int) -> HttpResponse:
    assert request.user.is_authenticated
    found = readable_post(request, number)
    if not rules.can_edit_post(request.user, found):
        raise PermissionDenied
    asked = asked_draft(request)
    if stands_at := posted_at(request, asked):
        return stands_at
    form = edit_form(request, found, asked)
    if request.method == "POST":
        if not request.POST.get("act") and form.is_valid():
            written = change_by_form(form, found, by=request.user, key=request.POST.get("draft", ""))
            messages.success(request, _("Your words are changed"))
            return redirect(written)
        if kept := keep(request, form, found.kind, post=found):
            return kept
    elif asked:
        fill(form, asked)
    return desk(request, "posts/post_edit.html", form, found.kind, draft=asked, post=found)


def edit_form(request: HttpRequest, post: Post, draft: Draft | None) -> Form:
    assert request.user.is_authenticated
    sent = (request.POST or None, request.FILES or None)
    if not post.is_thread:
        return ReplyForm(*sent, post=post, draft=draft, initial={"text": post.text}, asker=request.user)
    initial = {
        "title": post.title,
        "text": post.text,
        "tags": ", ".join(tag.name for tag in post.tags.all()),
        "communities": post.communities.all(),
        "audience": post.audience or Audience.ORGANISATION,
    }
    return FORMS[post.kind](*sent, writer=request.user, post=post, draft=draft, initial=initial)


def write_new(request: HttpRequest, kind: Kind, template: str) -> HttpResponse:
    """Show the form, keep what it holds, or lay it in the middle of the circle: now, once, or at its hour."""
    assert request.user.is_authenticated
    asked = asked_draft(request)
    if stands_at := posted_at(request, asked):
        return stands_at
    prompt = request.POST.get("prompt") or request.GET.get("prompt", "")
    form = form_class(kind, prompt)(
        request.POST or None, request.FILES or None, writer=request.user, draft=asked, initial=beginning(request)
    )
    if request.method == "POST":
        if (stands := became_of(request, asked)) and form.is_valid():
            return after_posting(request, form, stands)
        if not request.POST.get("act") and form.is_valid():
            return post_or_wait(request, form, kind)
        if kept := keep(request, form, kind):
            return kept
    elif asked and asked.fault:
        form = form_of(asked)  # says what is wrong with it
    elif asked:
        fill(form, asked)
    further = {"prompt": PROMPTS.get(prompt) if kind == Kind.STORY else None, "prompts": PROMPTS.values()}
    return desk(request, template, form, kind, draft=asked, **further)


def beginning(request: HttpRequest) -> dict[str, Any]:
    """What comes along in the address: the circle one was in, what one was looking for, whom to ask along."""
    circles = Community.objects.of(request.user).filter(slug=request.GET.get("circle", "").replace("\x00", ""))
    asked = {name: request.GET.get(name, "") for name in ("series", "blog")}
    further = {name: number for name, number in asked.items() if number.isdecimal() and len(number) < 16}
    called = {"invite": request.GET.getlist("invite")[:3], "job": request.GET.get("job", "")}
    return {"communities": circles, "title": request.GET.get("title", "")[:300], **called, **further}


def asked_draft(request: HttpRequest) -> Draft | None:
    """The writer's own draft that the page or the address names, posted or not; none that was thrown away."""
    key = request.POST.get("draft") or request.GET.get("draft", "")
    if not KEY.fullmatch(key):
        return None
    own = Draft.objects.filter(owner=request.user.pk, key=key).select_related("became", "post")
    return own.filter(Q(ended_at=None) | Q(became__isnull=False)).first()


def posted_at(request: HttpRequest, draft: Draft | None) -> HttpResponse | None:
    """A page opened again after its words were posted leads to where they stand."""
    stands = became_of(request, draft) if request.method == "GET" else None
    return redirect(stands) if stands else None


def became_of(request: HttpRequest, draft: Draft | None) -> Post | None:
    """Where the words of this draft stand. One that was posted without a name left no draft, only its key."""
    if draft:
        return draft.became
    key = request.POST.get("draft") or request.GET.get("draft", "")
    return posted_under(key, request.user) if KEY.fullmatch(key) else None


def after_posting(request: HttpRequest, form: PostForm, stands: Post) -> HttpResponse:
    """Sent once more after it was posted: by mistake, or because one went back and changed something. No word is lost,
    and nothing stands there twice."""
    assert request.user.is_authenticated
    given = form.cleaned_data
    if (given.get("title", ""), with_mentions(given["text"], request.user)) == (stands.title, stands.text):
        return redirect(where_from(request) or stands)
    typed = Typed(text=given["text"], title=given.get("title", ""), fields=typed_in(request.POST).fields)
    try:
        changed = save_draft(new_key(), typed, by=request.user, kind=stands.kind, post=stands)
    except DraftRefused as refused:
        messages.error(request, str(refused))
        return redirect(stands)
    keep_files(request, form, changed)
    messages.success(request, _("It is posted already. Here are your changes to it."))
    return redirect(page_of(changed))


def post_or_wait(request: HttpRequest, form: PostForm, kind: Kind) -> HttpResponse:
    """`later` is when the writer wants it posted, if not now."""
    assert request.user.is_authenticated
    if later := form.cleaned_data["later"]:
        try:
            draft = save_draft(request.POST.get("draft", ""), typed_in(request.POST), by=request.user, kind=kind)
        except DraftRefused as refused:
            form.add_error(None, str(refused))
            return desk(request, f"posts/{kind}_new.html", form, kind)
        keep_files(request, form, draft)
        schedule_draft(draft, later)
        messages.success(request, _("It waits for its hour among your drafts"))
        return redirect("posts:drafts")
    try:
        written = post_form(form, by=request.user, kind=kind, key=request.POST.get("draft", ""))
    except UnnamedRefused as refused:
        form.add_error("is_unnamed", str(refused))
        return desk(request, f"posts/{kind}_new.html", form, kind)
    messages.success(request, _("It's in the circle"))
    return redirect(where_from(request) or written)


def where_from(request: HttpRequest) -> str:
    """The page from which two lines were written in passing."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else ""


def own_key(request: HttpRequest) -> str:
    """A page that came back keeps its key; a new one gets a new one."""
    sent = request.POST.get("draft", "")
    return sent if KEY.fullmatch(sent) else new_key()


def words_of(form: Form, request: HttpRequest) -> str:
    assert request.user.is_authenticated
    boxes = form.boxes if isinstance(form, BoxesForm) else ()
    text = in_one(boxes, form.initial) if boxes else str(form.initial.get("text", ""))
    return with_mentions(text, request.user)


def keep(
    request: HttpRequest, form: Form, kind: str, *, post: Post | None = None, parent: Post | None = None
) -> HttpResponse | None:
    """Everything that was typed and chosen goes to the draft. None: show the page again, with what is wrong."""
    assert request.user.is_authenticated
    typed, act = typed_in(request.POST), request.POST.get("act", "")
    form.is_valid()  # a draft may be faulty; but it is here that files are looked at
    if not act and not (request.FILES or typed.has_words):
        return None
    try:
        draft = save_draft(request.POST.get("draft", ""), typed, by=request.user, kind=kind, post=post, parent=parent)
    except DraftRefused as refused:
        if act:
            form.add_error(None, str(refused))
        return None
    keep_files(request, form, draft)
    if act == "preview":
        return redirect(f"{page_of(draft)}&preview=1")
    if act:
        messages.success(request, _("Kept. Only you see it."))
        return redirect("posts:drafts")
    return None


def keep_files(request: HttpRequest, form: Form, draft: Draft) -> None:
    """What was chosen now; away with what was ticked; what is to be seen on pictures."""
    set_alts(alts_in(request.POST), draft.files.defer("words_text"))
    ticked = [pk for pk in request.POST.getlist("take_away") if pk.isdecimal() and len(pk) < 16]
    for file in draft.files.filter(pk__in=ticked):
        take_from_draft(file)
    keep_chosen(form, draft)


def desk(
    request: HttpRequest, template: str, form: Form, kind: str, *, draft: Draft | None = None, **further: Any
) -> HttpResponse:
    """The writing page."""
    is_preview = "preview" in request.GET
    mine = Draft.objects.visible_to(request.user).filter(kind=kind, post=further.get("post"))
    context = {
        "form": form,
        "kind": kind,
        "key": draft.key if draft else own_key(request),
        "draft": draft,
        "earlier": None if draft or form.is_bound else mine.filter(parent=further.get("parent")).first(),
        "preview_html": shown(words_of(form, request), draft) if draft and is_preview else "",
        "preview_title": form.initial.get("title", "") if draft and is_preview else "",
        "next": where_from(request),
        "is_writing": True,
        "post": None,
        **further,
    }
    return render(request, template, context, status=422 if request.method == "POST" else 200)
