"""What stands in the place of a name."""

from django.utils.translation import gettext as _

from lomwong.posts.models import Post


def nameless(*, is_unnamed: bool, is_asker: bool = False) -> str:
    """`is_asker`: said below a question that has no name either; nobody else talks there without one."""
    if not is_unnamed:
        return _("somebody")
    return _("the one who asked") if is_asker else _("a colleague")


def instead_of_name(post: Post) -> str:
    """Where a post stands alone. Its thread must be loaded with it to tell that the asker speaks."""
    root = post.root if post.root_id and "root" in post._state.fields_cache else None
    return nameless(is_unnamed=post.is_unnamed, is_asker=root is not None and root.is_unnamed)
