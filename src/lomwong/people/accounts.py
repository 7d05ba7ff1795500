"""What allauth asks us: who may sign up, what a new person is called, which letters go out."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ResetPasswordForm
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lomwong.people import rules
from lomwong.people.models import Person

logger = logging.getLogger(__name__)


def has_mail_server() -> bool:
    return bool(settings.EMAIL_HOST)


def member_domains() -> list[str]:
    domains: list[str] = settings.MEMBER_DOMAINS
    return domains


# For the account pages. Templates call what can be called, so each page shows the settings of its moment.
ABOUT_THE_HOUSE = {
    "has_mail_server": has_mail_server,
    "can_sign_up": rules.can_sign_up,
    "member_domains": member_domains,
    "is_writing": True,
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask whoever runs this house."),
        "email_password_mismatch": _("The e-mail and the password do not belong together. Look at both again."),
        "enter_current_password": _("This is not the password you have now."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "too_many_login_attempts": _("That was a lot of tries. Wait five minutes, or ask for a new password."),
        "rate_limited": _("That was a lot at once. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return rules.can_sign_up()

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        user.name = form.cleaned_data["name"]
        saved: Person = super().save_user(request, user, form, commit)
        return saved

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("people:me")

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """The link that lets somebody choose a password. Whoever never had one is told what is waiting for them."""
        if rules.can_come_in_by_letter(user):
            kind = "password_reset_key" if user.has_usable_password() else "claim"
            self.send_mail(f"account/email/{kind}", email, context)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Somebody signs up with an address that is known. Only a letter may say so, and only there is a way in."""
        person = Person.objects.active().filter(email=email).first()
        if person and person.has_usable_password():
            super().send_account_already_exists_mail(email)
        elif person:
            form = ResetPasswordForm({"email": email})
            if form.is_valid():
                form.save(self.request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Says so when the mail server cannot be reached, rather than leave somebody waiting for a letter."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.exception("A letter (%s) could not be sent", template_prefix)
            response = render(self.request, "account/letter_not_sent.html", status=503)
            raise ImmediateHttpResponse(response) from error
