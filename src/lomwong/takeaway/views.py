"""Take home what one wrote."""

from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from lomwong.kit.access import signed_in, while_suspended
from lomwong.people.models import Person
from lomwong.takeaway import actions, queries
from lomwong.takeaway.contents import members_of, packed
from lomwong.takeaway.models import Parcel


@signed_in
def takeaway(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    context = {
        "luggage": queries.luggage_of(request.user),
        "parcel": Parcel.objects.visible_to(request.user).first(),
    }
    return render(request, "takeaway/takeaway.html", context)


@signed_in
@while_suspended
@require_POST
def pack(request: HttpRequest) -> HttpResponseBase:
    """Little goes out while it is packed; for much one asks, and comes back."""
    assert isinstance(request.user, Person)
    luggage = queries.luggage_of(request.user)
    if luggage.is_empty:
        return redirect("takeaway:takeaway")
    if not luggage.is_small:
        actions.ask_for_parcel(request.user, language=translation.get_language() or "th")
        return redirect("takeaway:takeaway")
    response = StreamingHttpResponse(_in_language(request.user), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_name()}"'
    return _for_one(response)


def _in_language(person: Person) -> Iterator[bytes]:
    """The pieces are made after the middleware has let go of the reader's language."""
    language = translation.get_language() or "th"

    def pieces() -> Iterator[bytes]:
        with translation.override(language):
            yield from packed(members_of(person))

    return pieces()


@signed_in
def parcel(request: HttpRequest) -> HttpResponseBase:
    found = get_object_or_404(Parcel.objects.visible_to(request.user), ready_at__isnull=False)
    try:
        stream = found.path.open("rb")
    except OSError:
        raise Http404 from None
    return _for_one(FileResponse(stream, as_attachment=True, filename=_name(), content_type="application/zip"))


def _name() -> str:
    return f"lomwong-{timezone.localdate():%Y-%m-%d}.zip"


def _for_one(response: StreamingHttpResponse) -> StreamingHttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
