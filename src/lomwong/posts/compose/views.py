"""Small answers while one writes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in, while_suspended
from lomwong.posts.compose.mentions import mention_of, people_like, with_mentions
from lomwong.posts.compose.prompts import PROMPTS, BoxesForm, in_one
from lomwong.posts.compose.tags import tags_like
from lomwong.posts.drafts.typed import stored
from lomwong.posts.models import Draft, Markup
from lomwong.posts.rendering import refer_for, render_post

LONGEST_QUERY = 60


@while_suspended
@signed_in
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How the words will look: a piece of a page. Nothing is kept."""
    assert request.user.is_authenticated
    prompt = PROMPTS.get(request.POST.get("prompt", ""))
    boxes = prompt.form.boxes if prompt and issubclass(prompt.form, BoxesForm) else ()
    text = in_one(boxes, request.POST) if boxes else request.POST.get("text", "")
    draft = Draft.objects.visible_to(request.user).filter(key=stored(request.POST.get("draft", ""))).first()
    context = {"title": request.POST.get("title", ""), "html": shown(with_mentions(text, request.user), draft)}
    return render(request, "posts/preview.html", context)


def shown(text: str, draft: Draft | None) -> str:
    """With the pictures that lie with the draft, or hang on the post it changes."""
    post = draft.post if draft else None
    return mark_safe(render_post(text, Markup.MARKDOWN, refer=refer_for(text, post=post, draft=draft)).html)


@signed_in
def mention_suggest(request: HttpRequest) -> HttpResponse:
    """Colleagues whose name begins so: options of a list."""
    assert request.user.is_authenticated
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    people = people_like(request.user, words) if words else []
    context = {"options": [(mention_of(person), person) for person in people]}
    return render(request, "posts/mention_suggest.html", context)


@signed_in
def tag_suggest(request: HttpRequest) -> HttpResponse:
    """Tags that begin so: options of a list."""
    assert request.user.is_authenticated
    tags = tags_like(request.user, request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY])
    return render(request, "posts/tag_suggest.html", {"tags": tags})
