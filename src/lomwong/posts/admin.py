from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lomwong.people.models import Person
from lomwong.posts.actions import edit_post
from lomwong.posts.models import Post, Tag


@admin.register(Post)
class PostAdmin(admin.ModelAdmin[Post]):
    """For taking out what must not stand: the words can be changed, the record and its number stay."""

    list_display = ("number", "kind", "label", "author", "created_at", "source")
    list_filter = ("kind", "source")
    list_select_related = ("author",)
    search_fields = ("=number", "title", "author__name", "=source_id")
    show_full_result_count = False
    fields = ("number", "kind", "author", "parent", "root", "created_at", "title", "text", "source", "source_id")
    raw_id_fields = ("author", "parent", "root")
    readonly_fields = ("number", "kind", "author", "parent", "root", "created_at", "source", "source_id")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Post | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Post, _form: Any, _change: bool) -> None:
        """Rendered anew, and noted in the ledger so that search forgets the old words."""
        assert isinstance(request.user, Person)
        edit_post(obj, by=request.user, text=obj.text, title=obj.title)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    list_display = ("name", "key")
    search_fields = ("name", "key")
    readonly_fields = ("key",)
