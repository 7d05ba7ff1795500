"""Come in: what proves that an address is somebody's, and who may run the house."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lomwong.kit.cli import Refusal, printable
from lomwong.people.addresses import clean_address
from lomwong.people.models import Person


@transaction.atomic
def make_admin(*, email: str, name: str, password: str) -> Person:
    """Somebody who may open /admin/: new, or already known by this address, who then gets this name and password.

    Raises `Refusal` when the address is none, or the password one that nobody may have.
    """
    address = clean_address(email)
    if address is None:
        raise Refusal(_("%(email)s is not an e-mail address. Nothing was made.") % {"email": email})
    person = Person.objects.filter(email=address).first() or Person(email=address)
    person.name = printable(" ".join(name.split()))[:150] or address
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refusal(" ".join([*error.messages, _("Nothing was made.")])) from None
    person.is_active = person.is_staff = person.is_superuser = True
    person.set_password(password)
    person.save()
    keep_address(person, is_verified=True)
    return person


@transaction.atomic
def claim_person(person: Person, *, password: str) -> Person:
    """Whoever followed the link in a letter to this person's address chooses a password.

    The first time, they take over what was imported under the address; later it is a forgotten password. Either way the
    letter proved the address to be theirs.
    """
    person.set_password(password)
    person.save()
    keep_address(person, is_verified=True)
    return person


@transaction.atomic
def keep_address(person: Person, *, is_verified: bool) -> None:
    """Let the person's present address, and no earlier one, open the account: allauth keeps a list of its own."""
    EmailAddress.objects.filter(Q(user=person) | Q(email=person.email)).delete()
    if person.email:
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=is_verified)
