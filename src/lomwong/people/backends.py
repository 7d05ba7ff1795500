"""Who is signed in, by a statement that is made once: every page of a member asks it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS

from lomwong.kit.prepared import STAND_INS, Prepared
from lomwong.people.models import Person

NUMBER = STAND_INS[0]
FIELDS = [field.attname for field in Person._meta.concrete_fields]
PERSON = Prepared(lambda: Person.objects.filter(pk=NUMBER).order_by().values_list(*FIELDS))


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types  # type: ignore[misc]
    def get_user(self, user_id: Any) -> Person | None:
        for row in PERSON.rows({NUMBER: user_id}):
            person = Person.from_db(DEFAULT_DB_ALIAS, FIELDS, row)
            return person if self.user_can_authenticate(person) else None
        return None
