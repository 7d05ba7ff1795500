"""Words for the account pages."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that is named counts: Edge and Chrome also call themselves Safari, Android calls itself Linux.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Line/": "LINE",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """'Chrome · Windows' out of what a browser says about itself."""
    named = [next((marks[mark] for mark in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, named)) or _("some other device")
