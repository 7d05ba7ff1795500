"""ฉันรู้เรื่องอะไร: what one knows, as the house has drafted it and as one says it oneself."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.experts.models import Expertise, TopicState
from lomwong.experts.topics import actions, pages, rules
from lomwong.experts.topics.forms import AskingForm, TopicForm
from lomwong.kit.access import signed_in, while_suspended
from lomwong.people.models import Person


@signed_in
def topics(request: HttpRequest) -> HttpResponse:
    return topics_page(request)


def topics_page(
    request: HttpRequest,
    *,
    form: TopicForm | None = None,
    asking: AskingForm | None = None,
    renamed: tuple[int, TopicForm] | None = None,
) -> HttpResponse:
    """With a form that was not understood, the page says so beside it and keeps what was typed."""
    owner = _me(request)
    context = {
        "owner": owner,
        "own": pages.own_topics(owner),
        "form": form or TopicForm(),
        "asking": asking or AskingForm(choice=pages.choice_of(owner), is_suspended=owner.is_suspended),
        "renamed": renamed[0] if renamed else 0,
        "rename_form": renamed[1] if renamed else None,
    }
    return render(request, "experts/topics.html", context, status=422 if form or asking or renamed else 200)


@signed_in
def as_others(request: HttpRequest) -> HttpResponse:
    """What a colleague who sits in none of one's circles sees."""
    owner = _me(request)
    known = pages.known_of(owner, pages.A_COLLEAGUE)
    return render(request, "experts/as_others.html", {"owner": owner, "known": known})


@signed_in
@require_POST
def topic_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """With one tap; what rests only on a closed circle's talk is asked about once more."""
    topic = _mine(request, pk)
    if _is_to_be_asked(request, topic):
        return ask_once_more(request, topic)
    return _done(request, lambda: actions.accept_topic(topic), _("Colleagues find you by “%(topic)s” now"), topic)


@signed_in
@require_POST
def topic_rename(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _mine(request, pk)
    form = TopicForm(request.POST)
    if form.is_valid():
        if _is_to_be_asked(request, topic):
            return ask_once_more(request, topic, form.cleaned_data["label"])
        try:
            actions.rename_topic(topic, form.cleaned_data["label"])
        except actions.Refused as refused:
            form.add_error("label", str(refused))
        else:
            messages.success(request, _("Colleagues find you by “%(topic)s” now") % {"topic": topic.label})
            return redirect("experts:topics")
    return topics_page(request, renamed=(pk, form))


@while_suspended
@signed_in
@require_POST
def topic_hide(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _mine(request, pk)
    return _done(request, lambda: actions.hide_topic(topic), _("Nobody is led to you by “%(topic)s” any more"), topic)


@while_suspended
@signed_in
@require_POST
def topic_forget(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _mine(request, pk)
    return _done(request, lambda: actions.forget_topic(topic), _("“%(topic)s” is gone"), topic)


@signed_in
@require_POST
def topic_declare(request: HttpRequest) -> HttpResponse:
    form = TopicForm(request.POST)
    if form.is_valid():
        try:
            topic = actions.declare_topic(_me(request), form.cleaned_data["label"])
        except actions.Refused as refused:
            form.add_error("label", str(refused))
        else:
            messages.success(request, _("Colleagues find you by “%(topic)s” now") % {"topic": topic.label})
            return redirect("experts:topics")
    return topics_page(request, form=form)


@while_suspended
@signed_in
@require_POST
def asking_choice(request: HttpRequest) -> HttpResponse:
    owner = _me(request)
    form = AskingForm(request.POST, choice=pages.choice_of(owner), is_suspended=owner.is_suspended)
    if not form.is_valid():
        return topics_page(request, asking=form)
    actions.choose_asking(owner, **form.cleaned_data)
    messages.success(request, _("This is how you are asked from now on"))
    return redirect("experts:topics")


@signed_in
@require_POST
def topics_look_again(request: HttpRequest) -> HttpResponse:
    new = actions.draft_topics(_me(request))
    messages.success(request, _("We found something new") if new else _("Nothing new so far"))
    return redirect("experts:topics")


def _done(request: HttpRequest, deed: Callable[[], None], said: str, topic: Expertise) -> HttpResponse:
    try:
        deed()
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said % {"topic": topic.label})
    return redirect("experts:topics")


def ask_once_more(request: HttpRequest, topic: Expertise, label: str = "") -> HttpResponse:
    """`label`: what it is to be called."""
    return render(request, "experts/topic_accept.html", {"topic": topic, "label": label})


def _is_to_be_asked(request: HttpRequest, topic: Expertise) -> bool:
    """Whether it would come to be seen, and all that it rests on was said in a closed circle."""
    is_shown = topic.state == TopicState.SHOWN
    return not is_shown and not request.POST.get("sure") and pages.is_from_closed(topic)


def _me(request: HttpRequest) -> Person:
    assert request.user.is_authenticated
    return request.user


def _mine(request: HttpRequest, pk: int) -> Expertise:
    """Somebody else's does not exist here, whatever its state."""
    topic = get_object_or_404(Expertise.objects.filter(person=request.user.pk), pk=pk)
    assert rules.can_decide_topic(request.user, topic)
    return topic
