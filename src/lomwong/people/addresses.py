"""E-mail addresses as sources write them, and names that are only addresses in disguise."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_ADDRESS = 254


def clean_address(text: str | None) -> str | None:
    """The address in lower case; None for nothing, and for what no letter would reach."""
    address = (text or "").strip().lower()
    if not address or len(address) > LONGEST_ADDRESS:
        return None
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address


def is_stand_in(name: str, *, email: str | None, source_id: str) -> bool:
    """Whether a name says no more than the address or number under which somebody is known anyway."""
    bare = name.strip().lower()
    known = {(email or "").lower(), (email or "").lower().partition("@")[0], source_id.lower()}
    return not bare or "@" in bare or bare in known | {source_id.lower().partition("@")[0]}


def callable_name(name: str, *, email: str | None, source_id: str) -> str:
    """What to call somebody on a page: the name, or the part of the address before the @, which is shown to nobody."""
    shown = name.partition("@")[0].strip() or (email or source_id).partition("@")[0].strip()
    return " ".join(shown.replace("\x00", "").split())[:150] or "?"
