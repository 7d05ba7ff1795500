"""{{ files|beside:html }}: those files of a post that its words do not show themselves."""

from collections.abc import Iterable

from django import template

from lomwong.posts.models import File

register = template.Library()


@register.filter
def beside(files: Iterable[File], html: str) -> list[File]:
    return [file for file in files if not (file.is_picture and f'src="{file.small_url}"' in html)]
