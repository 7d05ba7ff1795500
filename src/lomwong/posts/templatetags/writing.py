"""{% draft_key %}: a new key for a box to write in. What is sent twice with one key is posted once."""

from django import template

from lomwong.posts.drafts.typed import new_key

register = template.Library()
register.simple_tag(new_key, name="draft_key")
