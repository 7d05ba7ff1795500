"""What every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "full_path": request.get_full_path(),
        "theme": theme if theme in THEMES else "",
        "saves_data": request.headers.get("Save-Data", "") == "on",
        "is_demo": settings.IS_DEMO,
        "has_gallery": settings.HAS_GALLERY,
    }
