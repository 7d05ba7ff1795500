from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from lomwong.people.models import Person
from lomwong.posts.actions import delete_posts, edit_post, hanging_below
from lomwong.posts.files.actions import take_away
from lomwong.posts.models import File, Post, Tag


@admin.register(Post)
class PostAdmin(admin.ModelAdmin[Post]):
    """For taking out what must not stand: changed words leave the record and its number, a deletion nothing."""

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

    def get_deleted_objects(
        self, objs: Any, _request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What goes, how much of it, what may not be done, what stands in the way: replies that would be left."""
        posts = list(objs)
        below = hanging_below([post.number for post in posts])
        return [str(post) for post in posts], {"posts": len(posts)}, set(), [str(post) for post in below]

    def delete_model(self, request: HttpRequest, obj: Post) -> None:
        self.delete_queryset(request, Post.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        """Noted in the ledger so that search forgets them."""
        assert isinstance(request.user, Person)
        delete_posts(queryset, by=request.user)

    def save_model(self, request: HttpRequest, obj: Post, _form: Any, _change: bool) -> None:
        """Rendered anew, and noted in the ledger so that search forgets the old words."""
        assert isinstance(request.user, Person)
        edit_post(obj, by=request.user, text=obj.text, title=obj.title)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin[Tag]):
    list_display = ("name", "key")
    search_fields = ("name", "key")
    readonly_fields = ("key",)


@admin.register(File)
class FileAdmin(admin.ModelAdmin[File]):
    """For taking away what must not hang there; the post stays."""

    list_display = ("name", "post", "media_type", "size", "reading", "attached_at")
    list_filter = ("media_type", "reading")
    list_select_related = ("post",)
    search_fields = ("name", "=post__number", "=sha256")
    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: File | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[File]:
        """Not those that lie with a draft: they are its owner's alone."""
        return super().get_queryset(request).filter(post__isnull=False).defer("words_text")

    def delete_model(self, request: HttpRequest, obj: File) -> None:
        self.delete_queryset(request, File.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[File]) -> None:
        """Noted in the ledger so that search forgets the words."""
        assert isinstance(request.user, Person)
        take_away(list(queryset), by=request.user)
