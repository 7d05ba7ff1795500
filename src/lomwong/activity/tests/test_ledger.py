from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lomwong.activity.actions import advance, record, record_many
from lomwong.activity.models import Event, Verb
from lomwong.activity.queries import events_after, last_position, position_of

pytestmark = pytest.mark.django_db

NOON = datetime(2006, 11, 19, 12, tzinfo=UTC)


def test_the_order_is_that_of_recording_and_not_of_happening():
    late = record(Verb.POSTED, actor_id=1, post_number=1, at=NOON)
    record_many(
        [Event(verb=Verb.REPLIED, actor_id=2, post_number=2, at=NOON - timedelta(days=year)) for year in (9, 3)]
    )
    last = record(Verb.JOINED, actor_id=3, community_id=7)
    found = events_after(0)
    assert [event.verb for event in found] == [Verb.POSTED, Verb.REPLIED, Verb.REPLIED, Verb.JOINED]
    assert [event.pk for event in found] == sorted(event.pk for event in found)
    assert (found[0].pk, found[-1].pk) == (late.pk, last.pk)
    assert found[1].at < found[2].at < found[0].at


def test_an_event_keeps_all_that_was_said():
    record(Verb.ACCEPTED, actor_id=1, target_id=2, post_number=3, community_id=4, weight=2.0, at=NOON)
    event = Event.objects.get()
    assert (event.actor_id, event.target_id, event.post_number, event.community_id) == (1, 2, 3, 4)
    assert (event.weight, event.at, event.content_key) == (2.0, NOON, None)


def test_a_reader_goes_on_where_it_stopped():
    assert position_of("search") == 0
    for number in range(7):
        record(Verb.POSTED, actor_id=1, post_number=number)
    seen = []
    while events := events_after(position_of("search"), limit=3):
        seen += [event.post_number for event in events]
        advance("search", events[-1].pk)
    assert seen == list(range(7))
    assert position_of("search") == last_position()
    assert position_of("experts") == 0  # each reader has its own place


def test_a_reader_can_begin_anew():
    record(Verb.POSTED, actor_id=1, post_number=1)
    advance("search", last_position())
    advance("search", 0)
    assert len(events_after(position_of("search"))) == 1


def test_what_is_undone_with_its_deed_leaves_no_line():
    with transaction.atomic():
        record(Verb.POSTED, actor_id=1, post_number=1)
        transaction.set_rollback(True)
    assert events_after(0) == []
    assert last_position() == 0


def test_a_content_key_stands_once():
    record_many([Event(verb=Verb.WROTE_TO, actor_id=1, target_id=2, at=NOON, content_key="k")])
    with pytest.raises(IntegrityError), transaction.atomic():
        record_many([Event(verb=Verb.WROTE_TO, actor_id=1, target_id=2, at=NOON, content_key="k")])
    record_many([Event(verb=Verb.WROTE_TO, actor_id=1, target_id=2, at=NOON) for _ in range(2)])  # without: any number
    assert Event.objects.count() == 3


def test_many_events_take_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        record_many(Event(verb=Verb.POSTED, actor_id=1, post_number=number, at=NOON) for number in range(1500))
    assert Event.objects.count() == 1500
