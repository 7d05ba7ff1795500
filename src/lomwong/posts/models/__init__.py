"""Everything that people write is a Post of a kind; replies hang below it. Around it: drafts, files, blogs, thanks."""

from lomwong.posts.models.drafts import Draft
from lomwong.posts.models.files import File, FileQuerySet, Reading
from lomwong.posts.models.following import Follow, Planet, PlanetKeeper, PlanetSource, Visit
from lomwong.posts.models.post import (
    REPLY_KINDS,
    Authorship,
    Kind,
    Licence,
    Markup,
    Placement,
    Post,
    PostQuerySet,
    State,
    Tag,
)
from lomwong.posts.models.stories import Blog, Habit, Revision, Series
from lomwong.posts.models.unnamed import Envelope
from lomwong.posts.models.warmth import Flower, Mention, ReaderSalt, ReaderSketch

__all__ = [
    "REPLY_KINDS",
    "Authorship",
    "Blog",
    "Draft",
    "Envelope",
    "File",
    "FileQuerySet",
    "Flower",
    "Follow",
    "Habit",
    "Kind",
    "Licence",
    "Markup",
    "Mention",
    "Placement",
    "Planet",
    "PlanetKeeper",
    "PlanetSource",
    "Post",
    "PostQuerySet",
    "ReaderSalt",
    "ReaderSketch",
    "Reading",
    "Revision",
    "Series",
    "State",
    "Tag",
    "Visit",
]
