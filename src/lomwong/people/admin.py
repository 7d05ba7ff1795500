"""What whoever runs the house looks after by hand: people, units, job functions."""

from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lomwong.people import actions
from lomwong.people.models import Identity, JobFunction, Person, Unit

# One door, with its limits on guessing, instead of the admin's own.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class AddPersonForm(ModelForm[Person]):
    """Without a password: they choose one through the link in a letter, which also proves the address."""

    class Meta:
        model = Person
        fields = ("name", "email", "unit")

    def save(self, commit: bool = True) -> Person:
        self.instance.set_unusable_password()
        person: Person = super().save(commit)
        return person


class ChangePersonForm(UserChangeForm[Person]):
    class Meta:
        model = Person
        fields = "__all__"
        field_classes: ClassVar[dict[str, type]] = {}  # Django's own names a username


class IdentityInline(admin.TabularInline[Identity, Person]):
    model = Identity
    extra = 0


@admin.register(Person)
class PersonAdmin(UserAdmin[Person]):
    form = ChangePersonForm
    add_form = AddPersonForm
    add_fieldsets = ((None, {"fields": ("name", "email", "unit")}),)
    fieldsets = (
        (None, {"fields": ("name", "email", "password", "is_active")}),
        (_("Work"), {"fields": ("unit", "job_functions", "about", "is_findable")}),
        (_("Running the house"), {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    list_display = ("name", "email", "unit", "is_active")
    list_filter = ("is_active", "is_staff", "job_functions")
    search_fields = ("name", "email")
    ordering = ("sort_key", "pk")
    filter_horizontal = ("groups", "user_permissions", "job_functions")
    autocomplete_fields = ("unit",)
    list_select_related = ("unit",)
    inlines = (IdentityInline,)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            actions.keep_address(obj, is_verified=False)


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin[Unit]):
    list_display = ("name", "name_en", "parent", "is_campus")
    list_filter = ("is_campus",)
    list_select_related = ("parent",)
    search_fields = ("name", "name_en")
    autocomplete_fields = ("parent",)


@admin.register(JobFunction)
class JobFunctionAdmin(admin.ModelAdmin[JobFunction]):
    list_display = ("name", "name_en", "position")
    list_editable = ("position",)
    prepopulated_fields = {"slug": ("name_en",)}


@admin.register(Identity)
class IdentityAdmin(admin.ModelAdmin[Identity]):
    """To see under which names a source knows somebody, and to hand one over to another person."""

    list_display = ("source", "source_id", "person")
    list_filter = ("source",)
    list_select_related = ("person",)
    search_fields = ("source_id", "person__name", "person__email")
    autocomplete_fields = ("person",)
