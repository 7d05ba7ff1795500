"""The list of news, how one wants to hear of it, and the ways out of a letter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lomwong.kit.access import public, signed_in, while_suspended
from lomwong.notifications import actions, queries
from lomwong.notifications.forms import SettingsForm
from lomwong.notifications.models import Notification
from lomwong.notifications.writing import read_token
from lomwong.people.models import Person


@signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    """What is new for the reader. What the page has shown counts as read."""
    assert request.user.is_authenticated
    page = queries.news(request.user, after=request.GET.get("after", ""))
    response = render(request, "notifications/notifications.html", {"page": page})
    actions.note_shown(request.user, page.shown)
    return response


@signed_in
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what it is about; from a letter, too."""
    assert request.user.is_authenticated
    mine = queries.with_all(Notification.objects.visible_to(request.user))
    found = get_object_or_404(mine, pk=pk)
    actions.mark_read(found)
    return redirect(queries.address_of(found))


@while_suspended
@signed_in
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    actions.mark_all_read(request.user)
    return redirect("notifications:notifications")


@while_suspended
@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    form = SettingsForm(
        request.POST or None, wishes=queries.settings_of(request.user), mailbox=queries.mailbox_of(request.user)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.choose(request.user, wishes=form.wishes(), language=given["language"], is_mail_off=given["is_mail_off"])
        messages.success(request, _("This is how you hear of things from now on"))
        return redirect("notifications:settings")
    return render(request, "notifications/settings.html", {"form": form}, status=422 if form.errors else 200)


@public
@while_suspended
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of letters, by the letter itself: mail programs post here without a page (RFC 8058), people press
    the button. Looking changes nothing: some programs look at every link."""
    read = read_token(token)
    person = Person.objects.filter(pk=read[0]).first() if read else None
    if read is None or person is None:
        raise Http404
    is_all = "all" in request.POST
    if request.method == "POST":
        actions.hush(person, kind="" if is_all else read[1])
    context = {"kind_label": queries.kind_label(read[1]), "is_all": is_all, "is_done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
