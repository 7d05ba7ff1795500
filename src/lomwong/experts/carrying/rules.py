"""What may be done with a question that is to find its way."""

from lomwong.experts.models import Carried, CarriedState
from lomwong.people.models import Viewer
from lomwong.people.rules import can_write
from lomwong.posts.models import Kind, Post, State
from lomwong.posts.rules import can_reply
from lomwong.posts.unnamed.rules import is_mine

FIRST = 3  # people to whom a question is carried at once
MOST_CARRIED = 5  # to whom the house carries it, ever; invited by name and passed on are counted apart
MOST_INVITED = 3  # by name, for one question
MOST_HANDS = 3  # through which it is passed on
MOST_OF_A_JOB = 30  # when all who do a job are asked


def is_open(question: Post) -> bool:
    """A question that is not hidden, closed or solved, and does not lie below another since."""
    return (
        question.kind == Kind.QUESTION
        and question.is_thread
        and question.state == State.SHOWN
        and not question.is_locked
        and question.accepted_answer_id is None
    )


def can_be_carried(question: Post) -> bool:
    """By the house itself: what was asked here, not what was brought along. Its asker may have gone long ago."""
    return is_open(question) and not question.source


def can_invite(viewer: Viewer, question: Post) -> bool:
    """Whoever may talk there, not only the asker: to know who knows is help, too."""
    return is_open(question) and can_reply(viewer, question)


def can_ask_job(viewer: Viewer, question: Post) -> bool:
    """All who do a job: the asker alone, once."""
    return is_open(question) and can_write(viewer) and is_mine(viewer, question)


def can_decide(viewer: Viewer, row: Carried) -> bool:
    """Pass on, or not now: while it waits for them."""
    return row.person_id == viewer.pk and row.state == CarriedState.WAITING and can_write(viewer)
