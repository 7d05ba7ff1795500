"""Tell people what is new, by the ledger; send letters; note what was seen and what is wanted."""

from lomwong.notifications.actions.choosing import (
    choose,
    hush,
    mark_all_read,
    mark_read,
    note_shown,
)
from lomwong.notifications.actions.letters import forget_old, gather_daily, send_due
from lomwong.notifications.actions.telling import take_in

__all__ = [
    "choose",
    "forget_old",
    "gather_daily",
    "hush",
    "mark_all_read",
    "mark_read",
    "note_shown",
    "send_due",
    "take_in",
]
