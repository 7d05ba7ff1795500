"""Read the ledger, and tell people. One batch and the cursor behind it are one transaction; a second reading of the
same lines tells nobody twice, because each piece of news has a key of its own for each person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from lomwong.activity.models import Cursor
from lomwong.activity.queries import events_after, last_position, position_of
from lomwong.notifications.models import Letter, Mail, Mailbox, NewsKind, Notification, Setting
from lomwong.notifications.occasions import Occasion, occasion
from lomwong.notifications.queries import DEFAULTS
from lomwong.people.models import Person
from lomwong.people.queries import who_come_in
from lomwong.posts.readership import in_parts, readers_among

READER = "notifications"
LINES = 1000  # of the ledger in one look
TOLD = 20  # of them that may concern somebody, in one transaction: others want to write, too
BATCHES = 50  # in one go of the worker
OLD = timedelta(days=1)  # what happened longer ago is no news: imports, a worker that stood still
GRACE = timedelta(minutes=1)  # before a letter goes out: time to mend a slip, and no letter on what was seen meanwhile
MOST_LETTERS = 10  # at once for one person in an hour; what comes above waits for the daily one
HOUR = timedelta(hours=1)
CARRIED = (NewsKind.CARRIED, NewsKind.PASSED)
WEAKER = (NewsKind.CIRCLE, NewsKind.FOLLOWED)


@dataclass(frozen=True, slots=True)
class Addressee:
    pk: int
    has_mail: bool


def take_in() -> int:
    """Tell what the ledger has since the last time; returns how many lines were read."""
    if position_of(READER) >= last_position():  # an idle worker is not to ask for the writer's lock
        return 0
    read = 0
    for _ in range(BATCHES):
        count, has_more = take_in_batch()
        read += count
        if not has_more:
            break
    return read


@transaction.atomic
def take_in_batch() -> tuple[int, bool]:
    """(lines read, whether more may follow)"""
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=READER)
    read = told = 0
    now = timezone.now()
    events = events_after(cursor.position, limit=LINES)
    for event in events:
        cursor.position, read = event.pk, read + 1
        if event.at > now - OLD and (found := occasion(event)):
            tell(found, now)
            told += 1
            if told == TOLD:
                break
    if read:
        cursor.save(update_fields=["position", "moved_at"])
    return read, read < len(events) or len(events) == LINES


def tell(told: Occasion, now: datetime) -> list[Notification]:
    """One piece of news for everyone concerned who may know of it, for the strongest reason they want to hear of."""
    reasons = reasons_of(told)
    people = addressees(reasons, told, now) if reasons else []
    if not people:
        return []
    wishes = wishes_of([person.pk for person in people], {kind for kind, _ in told.concerned})
    news = []
    for person in people:
        ways = [(kind, *wishes.get((person.pk, kind), DEFAULTS[kind])) for kind in reasons[person.pk]]
        if told.is_certain:
            ways = [(reasons[person.pk][0], True, Mail.AT_ONCE)]
        for kind, in_app, mail in ways:
            way = mail if person.has_mail else Mail.OFF
            if in_app or way != Mail.OFF:
                news.append(notification(person.pk, kind, told, in_app=in_app, mail=way))
                break
    news = unheard(news)
    take_place_of_weaker(news)
    post_letters(news, now)
    Notification.objects.bulk_create(news, batch_size=1000)
    ring([one.person_id for one in news if one.is_listed])
    return news


def reasons_of(told: Occasion) -> dict[int, list[NewsKind]]:
    """For each who is concerned and may know of it, why."""
    reasons: dict[int, list[NewsKind]] = {}
    for kind, people in told.concerned:
        for person in people:
            if person not in told.not_for:
                reasons.setdefault(person, []).append(kind)
    if not (told.is_for_readers and told.post and reasons):
        return reasons
    may_read = readers_among(told.post, reasons)
    return {person: kinds for person, kinds in reasons.items() if person in may_read}


def addressees(people: Collection[int], told: Occasion, now: datetime) -> list[Addressee]:
    """Those who have come in themselves, or could. Whoever is suspended hears of that, and of nothing else."""
    suspended = Q(suspended_until__gt=now) if told.concerned[0][0] != NewsKind.MODERATION else Q(pk__in=[])
    found = []
    for part in in_parts(people):
        rows = who_come_in(Person.objects.active()).filter(pk__in=part).exclude(suspended).order_by("pk")
        values = rows.values_list("pk", "email", "mailbox__is_mail_off")
        found += [Addressee(pk, bool(email) and not is_off) for pk, email, is_off in values]
    return found


def wishes_of(people: Collection[int], kinds: Collection[NewsKind]) -> dict[tuple[int, NewsKind], tuple[bool, Mail]]:
    """What those have chosen who have chosen."""
    found = {}
    for part in in_parts(people):
        for row in Setting.objects.filter(person__in=part, kind__in=kinds):
            found[row.person_id, NewsKind(row.kind)] = (row.in_app, Mail(row.mail))
    return found


def notification(person: int, kind: NewsKind, told: Occasion, *, in_app: bool, mail: Mail) -> Notification:
    return Notification(
        person_id=person,
        kind=kind,
        key=told.key_for(kind),
        actor_id=told.event.actor_id,
        post=told.post,
        community_id=told.seats.get(person) if kind == NewsKind.CIRCLE else told.event.community_id,
        created_at=told.event.at,
        is_listed=in_app,
        mail=mail,
    )


def unheard(news: Sequence[Notification]) -> list[Notification]:
    """Without what was told before."""
    heard = set()
    for part in in_parts([one.person_id for one in news]):
        rows = Notification.objects.filter(person__in=part, key__in={one.key for one in news})
        heard |= set(rows.values_list("person_id", "key"))
    return [one for one in news if (one.person_id, one.key) not in heard]


def take_place_of_weaker(news: Sequence[Notification]) -> None:
    """A question that comes to somebody some seconds after it was laid in their circle: told once, for this reason."""
    carried = [one for one in news if one.kind in CARRIED]
    for number in {one.post_id for one in carried}:
        people = [one.person_id for one in carried if one.post_id == number]
        weaker = Notification.objects.filter(person__in=people, post=number, kind__in=WEAKER, letter=None)
        weaker.unread().delete()


def post_letters(news: Sequence[Notification], now: datetime) -> None:
    """A letter in the outbox for each who wants one at once; whoever had many within the hour reads on tomorrow."""
    hasty = [one for one in news if one.mail == Mail.AT_ONCE]
    lately = Letter.objects.filter(person__in=[one.person_id for one in hasty], is_daily=False, made_at__gt=now - HOUR)
    counts = dict(lately.order_by().values_list("person_id").annotate(Count("pk"))) if hasty else {}
    for one in hasty:
        if counts.get(one.person_id, 0) < MOST_LETTERS:
            one.letter = Letter(person_id=one.person_id, key=one.key, made_at=now, due_at=now + GRACE)
        else:
            one.mail = Mail.DAILY
    letters = [one.letter for one in hasty if one.letter]
    Letter.objects.bulk_create(letters, batch_size=1000)
    for one in hasty:
        one.letter = one.letter  # takes over the number that the letter has now


def ring(people: Collection[int]) -> None:
    """The pink dot at their bell."""
    Mailbox.objects.bulk_create(
        [Mailbox(person_id=person, has_new=True) for person in people],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["has_new"],
    )
