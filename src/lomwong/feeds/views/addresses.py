"""One's own private addresses: make, copy, revoke."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lomwong.feeds import actions, queries
from lomwong.feeds.models import FeedKey
from lomwong.kit.access import signed_in, while_suspended
from lomwong.people.models import Person


@signed_in
def feed_keys(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    context = {
        "keys": queries.addresses_of(request.user),
        "most": actions.MOST_KEYS,
        "label_length": FeedKey._meta.get_field("label").max_length,
    }
    response = render(request, "feeds/feed_keys.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@while_suspended
@signed_in
@require_POST
def feed_key_new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    if actions.make_feed_key(request.user, label=request.POST.get("label", "").replace("\x00", "")):
        messages.success(request, _("Here is your address. Keep it to yourself, as you would a key."))
    else:
        messages.warning(request, _("That is as many as one person needs. Revoke one that you no longer use."))
    return redirect("feeds:feed_keys")


@signed_in
@while_suspended
@require_POST
def feed_key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    actions.revoke_feed_key(get_object_or_404(FeedKey.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("That address leads nowhere now."))
    return redirect("feeds:feed_keys")
