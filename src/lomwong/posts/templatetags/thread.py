"""{% hole "name" numbers… %}: a place in a kept piece that is filled for each viewer (posts/threads/holes.py)."""

from django import template

from lomwong.posts.threads.holes import hole

register = template.Library()
register.simple_tag(hole)
