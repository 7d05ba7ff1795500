"""Sessions in the database, read by a statement that is made once: every page of a member begins with it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from lomwong.kit.prepared import Prepared

KEY = "the key"
SESSION = Prepared(lambda: Session.objects.filter(pk=KEY).values_list("session_data", "expire_date"))


class SessionStore(InDatabase):
    def load(self) -> dict[str, Any]:
        for data, ends in SESSION.rows({KEY: self.session_key}):
            if ends > timezone.now():
                return dict(self.decode(data))
        self._session_key = None
        return {}

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session
