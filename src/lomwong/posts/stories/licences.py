"""What each licence lets others do, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lomwong.posts.models import Licence

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

DEEDS = "https://creativecommons.org/"


@dataclass(frozen=True, slots=True)
class Terms:
    label: "StrOrPromise"
    words: "StrOrPromise"
    icon: str
    deed: str = ""  # the address of the text that binds


TERMS = {
    Licence.RESERVED: Terms(Licence.RESERVED.label, _("ask the author before using it elsewhere"), "lock-simple"),
    Licence.ORGANISATION: Terms(
        Licence.ORGANISATION.label, _("colleagues may use it on and name the source"), "buildings"
    ),
    Licence.CC0: Terms("CC0 1.0", _("use it as you like"), "share-network", f"{DEEDS}publicdomain/zero/1.0/"),
    **{
        licence: Terms(licence.label, words, "share-network", f"{DEEDS}licenses/{licence.value[3:]}/4.0/")
        for licence, words in (
            (Licence.CC_BY, _("use it on and name the source")),
            (Licence.CC_BY_SA, _("use it on, name the source, pass it on the same way")),
            (Licence.CC_BY_ND, _("pass it on unchanged and name the source")),
            (Licence.CC_BY_NC, _("use it on without earning by it, name the source")),
            (Licence.CC_BY_NC_SA, _("use it on without earning by it, name the source, pass it on the same way")),
            (Licence.CC_BY_NC_ND, _("pass it on unchanged, without earning by it, and name the source")),
        )
    },
}


def terms_of(licence: str) -> Terms | None:
    """None where nobody has said."""
    return TERMS.get(Licence(licence)) if licence else None


def licence_choices() -> "list[tuple[str, StrOrPromise]]":
    return [(licence.value, f"{terms.label}: {terms.words}") for licence, terms in TERMS.items()]
