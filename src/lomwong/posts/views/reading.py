"""What the views of posts begin with."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lomwong.posts.models import Post


def readable_post(request: HttpRequest, number: int) -> Post:
    """404 for what does not exist and for what this viewer may not read, alike."""
    return get_object_or_404(Post.objects.visible_to(request.user).select_related("author", "root"), pk=number)
