"""What a password must be, said in our words; the tests themselves are Django's."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short. It takes %(count)d character.",
            "This password is too short. It takes %(count)d characters.",
            self.min_length,
        ) % {"count": self.min_length}


class UnlikeOneself(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This password is too much like your name or address. Somebody could guess it; try another.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is easy to guess. Try another.")
