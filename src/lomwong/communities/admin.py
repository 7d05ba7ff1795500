from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lomwong.communities.actions import change_community
from lomwong.communities.models import Community, Membership
from lomwong.people.models import Person


@admin.register(Community)
class CommunityAdmin(admin.ModelAdmin[Community]):
    list_display = ("name", "audience", "origin", "stage", "created_at", "talked_at")
    list_filter = ("audience", "origin", "stage")
    search_fields = ("name", "purpose", "slug")
    fields = ("name", "slug", "purpose", "audience", "lets_visitors_comment", "origin", "stage", "created_at")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """A circle is started in the house, where its first seat is taken."""
        return False

    def save_model(self, request: HttpRequest, obj: Community, form: Any, change: bool) -> None:
        """Noted in the ledger; and who waits at the door of a circle that opens has a seat."""
        super().save_model(request, obj, form, change)
        assert isinstance(request.user, Person)
        change_community(
            obj,
            by=request.user,
            name=obj.name,
            purpose=obj.purpose,
            audience=obj.audience,
            stage=obj.stage,
            lets_visitors_comment=obj.lets_visitors_comment,
        )


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("person", "community", "state", "is_host", "joined_at")
    list_filter = ("state", "is_host")
    list_select_related = ("person", "community")
    search_fields = ("person__name", "person__email", "community__name")
    raw_id_fields = ("person", "community")
