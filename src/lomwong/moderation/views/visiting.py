"""Words of people without an account, where the circle allows it. No cookie is set for them, and none is asked for."""

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from lomwong.kit.access import public
from lomwong.moderation import actions, rules
from lomwong.moderation.forms import VisitorForm, stamp
from lomwong.moderation.spam import Suspicion
from lomwong.posts.models import Post


@public
@csrf_exempt  # an anonymous form: nothing is done in anybody's name; the signed time stands in for the token
@never_cache
def visitor_comment(request: HttpRequest, number: int) -> HttpResponse:
    """The form, and `?sent=1` afterwards: it waits until somebody lets it in."""
    root = get_object_or_404(Post.objects.visible_to(request.user).threads(), pk=number)
    if not rules.can_comment_as_visitor(root):
        raise Http404
    if request.user.is_authenticated:
        return redirect("posts:reply_new", number)
    form = VisitorForm(request.POST or None, number=number, initial={"stamp": stamp(number)})
    if request.method == "POST" and form.is_valid():
        if is_too_much(request):
            form.add_error(None, _("That was a lot at once. Wait a while; your words are still here."))
        else:
            given = form.cleaned_data
            trapped = [Suspicion.TRAP] if given["website"] else []
            actions.visitor_says(root, name=given["name"], words=given["words"], suspicions=trapped)
            return redirect(f"{request.path}?sent=1")
    if form.is_bound:  # whatever was wrong, the next try carries a stamp of now
        form.data = {**request.POST.dict(), "stamp": stamp(number)}
    context = {"form": form, "post": root, "is_sent": request.GET.get("sent") == "1", "is_writing": True}
    return render(request, "moderation/visitor_comment.html", context, status=422 if form.errors else 200)


def is_too_much(request: HttpRequest) -> bool:
    """By address, counted by allauth as the tries at the door are: settings.ACCOUNT_RATE_LIMITS."""
    return not ratelimit.consume(request, action="visitor_comment")
