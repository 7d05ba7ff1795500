"""What the worker does beside the queue."""

from django.core.management import call_command

from lomwong.discovery.tasks import look_if_due
from lomwong.experts.carrying.tasks import carry_new, widen_due
from lomwong.experts.tasks import tune_if_due
from lomwong.experts.topics import tasks as topics
from lomwong.kit.jobs.worker import Chore
from lomwong.notifications.tasks import forget_old_news, gather_daily_letters, send_letters_if_due, tell_news
from lomwong.posts.drafts.tasks import forget_ended_drafts, publish_due
from lomwong.posts.tasks import read_files_if_waiting, sweep_files
from lomwong.posts.warmth.readers import forget_readers
from lomwong.search.index import catch_up
from lomwong.takeaway.tasks import sweep_parcels


def forget_old_sessions() -> None:
    call_command("clearsessions")


def chores() -> list[Chore]:
    return [
        Chore("bring the search index up to date", 1.0, catch_up),
        Chore("read the words of new files", 2.0, read_files_if_waiting),
        Chore("post drafts whose hour has come", 10.0, publish_due),
        Chore("forget drafts that ended", 24 * 3600.0, forget_ended_drafts),
        Chore("clear away files that hang on nothing", 24 * 3600.0, sweep_files),
        Chore("throw away parcels that nobody fetches any more", 3600.0, sweep_parcels),
        Chore("tell people what is new", 2.0, tell_news),
        Chore("put the daily letters together", 60.0, gather_daily_letters),
        Chore("send letters that are due", 2.0, send_letters_if_due),
        Chore("forget old news and letters", 24 * 3600.0, forget_old_news),
        Chore("forget who read what, once a week is over", 3600.0, forget_readers),
        Chore("carry questions to those who may know", 2.0, carry_new),
        Chore("carry on what nobody has answered for days", 600.0, widen_due),
        Chore("draft what those know who were thanked", 5.0, topics.take_in),
        Chore("draft what everybody knows when it is time", 3600.0, topics.draft_topics_if_due),
        Chore("learn from answered questions when it is time", 3600.0, tune_if_due),
        Chore("look for circles when it is time", 3600.0, look_if_due),
        Chore("forget sessions that ended", 24 * 3600.0, forget_old_sessions),
    ]
