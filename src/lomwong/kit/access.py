"""Who may open a page: every view wears exactly one of these, and a house test looks for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anybody; what is shown still starts from `visible_to(viewer)`."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """People of the house; others are led to the door and back."""
    guarded: View = login_required(view)
    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def operator(view: View) -> View:
    """Those who run the house (`is_staff`)."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded: View = login_required(checked)
    guarded.access = "operator"  # type: ignore[attr-defined]
    return guarded


def while_suspended(view: View) -> View:
    """Stays open to somebody who may read and not write: language, drafts, taking one's own words away, an appeal."""
    view.is_open_while_suspended = True  # type: ignore[attr-defined]
    return view
