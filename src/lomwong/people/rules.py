"""Who may come in, who may write."""

from django.conf import settings

from lomwong.people.models import Person, Viewer


def can_sign_up() -> bool:
    """Whether this house takes people whom it does not know yet."""
    return settings.SIGNUP == "open"


def can_use_address(email: str) -> bool:
    """Whether the address is of this organisation: any is, until LOMWONG_MEMBER_DOMAINS names some."""
    domains: list[str] = settings.MEMBER_DOMAINS
    return not domains or email.rpartition("@")[2].lower() in domains


def can_come_in_by_letter(person: Person) -> bool:
    """Whether a link in a letter to their address lets this person choose a password.

    Whoever has one may forget it. Somebody known only from an import takes their place as they would sign up: when the
    house is open, with an address of the organisation. Where sign-up is closed, it must be an address of a domain that
    was named, so that an old mailing list is no door; or somebody entered by hand in /admin/.
    """
    if person.has_usable_password():
        return True
    if not person.email or not can_use_address(person.email):
        return False
    return can_sign_up() or bool(settings.MEMBER_DOMAINS) or not person.identities.exists()


def can_write(viewer: Viewer) -> bool:
    """Somebody of the house who is not suspended at this moment. Asked for every request that sends something
    (`people.middleware`), and wherever something is written without one."""
    return isinstance(viewer, Person) and viewer.is_active and not viewer.is_suspended


def can_suspend(viewer: Viewer, person: Person) -> bool:
    """Those who run the house, and nobody who runs it themselves: that is settled in /admin/ and among people."""
    return isinstance(viewer, Person) and viewer.is_active and viewer.is_staff and not person.is_staff
