"""Words for licences."""

from django import template

from lomwong.posts.stories.licences import Terms, terms_of

register = template.Library()


@register.filter
def terms(licence: str) -> Terms | None:
    """What it lets others do; None where nobody has said."""
    return terms_of(licence)
