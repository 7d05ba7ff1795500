"""Replies as they stand in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lomwong.kit.dates import ago
from lomwong.kit.fragments import FRAGMENTS
from lomwong.kit.templatetags.ui import avatar
from lomwong.people.models import Person, Unit
from lomwong.posts.models import File, Kind, Post, State
from lomwong.posts.threads.holes import BREAK, hole
from lomwong.posts.threads.parts import form_of
from lomwong.posts.threads.queries import Branch, Said
from lomwong.posts.unnamed.wording import nameless

SAY = ("number", "avatar", "who", "to", "html", "files", "acts", "below")
ACTS = ("number", "url", "flower", "accept", "at", "ago", "count")


@dataclass(slots=True)
class Talk:
    """What all replies of a page have in common."""

    root: Post
    is_member: bool
    files: dict[int, list[File]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.is_member and not self.root.is_locked and self.root.state == State.SHOWN

    def branch(self, branch: Branch) -> str:
        """One reply with all below it. An import may have called the accepted answer of a question a comment."""
        said = branch.post
        is_best = said.number == self.root.accepted_answer_id
        is_answer = self.root.kind == Kind.QUESTION and (is_best or said.kind == Kind.ANSWER)
        if said.state == State.WITHDRAWN:
            form = form_of("_say_gone", SAY, is_answer=is_answer)
            return form.format(number=said.number, below=self.below(branch))
        small, large, who = face_of(said, self.is_member, self.nameless(said))
        form = form_of("_answer" if is_answer else "_say", SAY, is_best=is_best, has_more=bool(branch.below))
        return form.format(
            number=said.number,
            avatar=large if is_answer else small,
            who=who,
            to=self.to(branch.answers_to),
            html=said.html,
            files=self.hanging(said),
            acts=self.acts(said, is_answer=is_answer),
            below=self.below(branch),
        )

    def below(self, branch: Branch) -> str:
        return "".join(map(self.branch, branch.below))

    def acts(self, said: Said, *, is_answer: bool) -> str:
        flags = {"is_member": self.is_member, "is_open": self.is_open, "has_flowers": said.flower_count > 0}
        form = form_of("_said_acts", ACTS, **flags, is_edited=said.edited_at is not None)
        return form.format(
            number=said.number,
            url=posts_url(),
            flower=hole("flower", said.number, said.author_id, said.flower_count),
            accept=hole("accept", said.number, self.root.accepted_answer_id) if is_answer else "",
            at=said.created_at.isoformat(timespec="seconds"),
            ago=ago(said.created_at),
            count=said.flower_count,
        )

    def to(self, whom: Said | None) -> str:
        """Whom a reply below the second level answers."""
        if whom is None:
            return ""
        name = whom.author__name or whom.visitor_name or (self.nameless(whom) if whom.is_unnamed else "")
        words = escape(_("to %(name)s") % {"name": name}) if name else _("to what is said above")
        return form_of("_said_to", ("number", "words")).format(number=whom.number, words=words)

    def nameless(self, said: Said) -> str:
        return nameless(is_unnamed=said.is_unnamed, is_asker=self.root.is_unnamed)

    def hanging(self, said: Said | Post) -> str:
        files = self.files.get(said.number)
        if not files:
            return ""
        return get_template("posts/_files.html").render({"post": {"files": {"all": files}, "html": said.html}})


@cache
def posts_url() -> str:
    """Below which all posts have their addresses."""
    return reverse("posts:post", args=[0]).removesuffix("0/")


def face_of(said: Said, is_member: bool, nameless: str) -> tuple[str, str, str]:
    """Small picture, larger picture, name and unit of whoever said it; kept, since the same people talk everywhere."""
    if said.author_id is None:
        return avatar(None, "s"), avatar(None), drawn_name(said, None, is_member, nameless)
    key = ("face", get_language(), is_member, *said[11:])
    face = FRAGMENTS.get(key, lambda: BREAK.join(drawn_face(said, is_member)))
    small, large, who = face.split(BREAK)
    return small, large, who


def drawn_face(said: Said, is_member: bool) -> tuple[str, str, str]:
    unit = Unit(pk=said.author__unit_id, name=said.author__unit__name or "", name_en=said.author__unit__name_en or "")
    person = Person(
        pk=said.author_id,
        name=said.author__name or "",
        is_active=bool(said.author__is_active),
        unit=unit if said.author__unit_id else None,
    )
    return avatar(person, "s"), avatar(person), drawn_name(said, person, is_member)


def drawn_name(said: Said, author: Person | None, is_member: bool, nameless: str = "") -> str:
    user = {"is_authenticated": is_member}
    context = {"author": author, "visitor_name": said.visitor_name, "nameless": nameless, "user": user}
    return get_template("posts/_said_who.html").render(context).strip()
