"""One sentence for each piece of news, for the page and the letters alike."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_noop as _

from lomwong.notifications.models import NewsKind as K

SENTENCES = {
    K.MODERATION: _("Those who look after this place have left you a note about “%(title)s”"),
    K.INVITED: _("%(who)s invites you to write along"),
    K.HELD: _("%(who)s, who has no account, commented on “%(title)s”. You decide whether it is shown"),
    K.ASKED: _("%(who)s would like to sit in %(circle)s"),
    K.SEATED: _("You have a seat in %(circle)s"),
    K.PASSED: _("%(who)s thinks that you may know: “%(title)s”"),
    K.CARRIED: _("A colleague’s question may be yours: “%(title)s”"),
    K.ACCEPTED: _("%(who)s says that your answer worked: “%(title)s”"),
    K.REPLY: _("%(who)s answered you in “%(title)s”"),
    K.MENTION: _("%(who)s named you in “%(title)s”"),
    K.FLOWER: _("%(who)s gave you a flower for “%(title)s”"),
    K.PART: _("“%(series)s” goes on: “%(title)s”"),
    K.TALK: _("%(who)s talked on in “%(title)s”"),
    K.FOLLOWED: _("%(who)s wrote “%(title)s”"),
    K.CIRCLE: _("%(who)s wrote “%(title)s” in %(circle)s"),
}

ASKED_ALONG = _("%(who)s asks you along: “%(title)s”")  # as the page of the question says it
UNSEALED = _(
    "Two who look after the house have opened the envelope of “%(title)s” together. They know now that you wrote it"
)


def sentence(
    kind: str,
    *,
    names: Sequence[str],
    title: str = "",
    circle: str = "",
    series: str = "",
    is_unsealed: bool = False,
    is_asked_along: bool = False,
) -> str:
    """What happened, in the language of the moment. `names`: who did it, each once, the last one first."""
    if is_unsealed:
        return gettext(UNSEALED) % {"title": title}
    if kind == K.MODERATION and not title:
        return gettext("Those who look after this house have left you a note")
    words = ASKED_ALONG if is_asked_along else SENTENCES[K(kind)]
    return gettext(words) % {"who": who(names), "title": title, "circle": circle, "series": series}


def who(names: Sequence[str]) -> str:
    if not names:
        return pgettext("whose name is not known", "Somebody")
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return gettext("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
    others = len(names) - 1
    return ngettext("%(name)s and %(count)d other", "%(name)s and %(count)d others", others) % {
        "name": names[0],
        "count": others,
    }
