"""What people type about themselves: to come in, and on their profile."""

from typing import Any

from allauth.account import forms as account
from allauth.account.utils import perform_login
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lomwong.kit.forms import LineField, RowsField
from lomwong.people import actions, queries, rules
from lomwong.people.models import JobFunction, Person, Unit

EMPTY = _("This is still empty. Fill it in.")
NO_ADDRESS = _("This does not look like an e-mail address. See whether a letter is missing.")
PASSWORD_HINT = _("At least 10 characters. Three words in a row are easy to remember.")


def in_our_words(form: forms.Form, labels: dict[str, Any]) -> None:
    """Labels above the fields and none inside them; errors that say what to do."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.error_messages.update(required=EMPTY, invalid=NO_ADDRESS)
        field.help_text = ""
        field.label = labels.get(name, field.label)


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {"login": _("E-mail"), "password": _("Password"), "remember": _("Remember me here")}
        in_our_words(self, labels)
        self.fields["remember"].initial = True
        self.fields["remember"].help_text = _("Leave it off on a machine that others use too.")


class SignUpForm(account.SignupForm):  # type: ignore[misc]
    name = LineField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "name": _("What shall we call you?"),
            "email": _("E-mail"),
            "password1": _("Choose a password"),
        }
        in_our_words(self, labels)
        self.fields["name"].help_text = _("The name your colleagues know you by")
        self.fields["password1"].help_text = PASSWORD_HINT

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not rules.can_use_address(email):
            raise forms.ValidationError(_("Only people of this organisation take a seat here. Use its address."))
        return email

    def validate_unique_email(self, value: str) -> str:
        """Taken or not, the page says the same: who is here is nobody's business outside."""
        self.account_already_exists = Person.objects.filter(email=value).exists()
        return value

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """A new person; or for an address that is known, a letter to it, in which alone is a way in."""
        if not self.account_already_exists:
            with transaction.atomic():
                return self.save(request), None
        # As for a new person whose address has to be proved: the same page, the same limit on letters.
        email = self.cleaned_data["email"]
        response: HttpResponse = perform_login(request, None, email_verification="mandatory", signup=True, email=email)
        return None, response


class AskForLetterForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_our_words(self, {"email": _("E-mail")})


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Behind the link in the letter. Typed once: whoever mistypes asks for another letter."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        in_our_words(self, {"password1": _("Password")})
        self.fields["password1"].help_text = PASSWORD_HINT

    def save(self) -> None:
        actions.claim_person(self.user, password=self.cleaned_data["password1"])


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        in_our_words(self, {"oldpassword": _("The password you have now"), "password1": _("The new one")})
        self.fields["password1"].help_text = PASSWORD_HINT


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        in_our_words(self, {"password1": _("Password")})
        self.fields["password1"].help_text = PASSWORD_HINT


class ProfileForm(forms.ModelForm[Person]):
    name = LineField(
        label=_("What shall we call you?"),
        max_length=150,
        error_messages={"required": EMPTY},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    unit = forms.ModelChoiceField(
        label=_("Where you work"), queryset=Unit.objects.all(), required=False, empty_label=_("not said")
    )
    job_functions = RowsField(
        label=_("What you do"),
        queryset=JobFunction.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what fills your days, several if you like. People with the same work elsewhere find you."),
    )
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(
            attrs={"rows": 6, "placeholder": _("What people come and ask you about, what you are trying out now")}
        ),
    )
    is_findable = forms.BooleanField(
        label=_("Let people find me when I may know the answer"),
        required=False,
        help_text=_(
            "When somebody asks about something you have written on, we may suggest you, and always show them why. "
            "Take the tick away and we suggest you to nobody and leave you out of found circles. "
            "What you write stays where it is, and colleagues still see this page."
        ),
    )

    class Meta:
        model = Person
        fields = ("name", "unit", "job_functions", "about", "is_findable")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = queries.unit_choices()
        if choices:
            self.fields["unit"].choices = [("", _("not said")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
