"""What is learnt from a circle's own past, and what is not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lomwong.communities.actions import start_community
from lomwong.communities.models import Audience, Community
from lomwong.experts.finding.learning import learn as learn_from
from lomwong.experts.finding.ranking import memory_for
from lomwong.experts.models import Tuning
from lomwong.experts.rank import USUAL, Ballot, Memory, Vote
from lomwong.experts.tasks import tune, tune_if_due
from lomwong.experts.tuning import FEWEST, GRID, average_precision, learn, lists, trial_of
from lomwong.kit.jobs.lease import is_queued
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.actions import reply, write_post
from lomwong.posts.models import Kind
from lomwong.search.index import catch_up

OLD, NEW = 1, 2


def trials(right: int, count: int = 60) -> list[tuple[float, ...]]:
    """Questions for which one answered much about it long ago, another a little lately."""
    ballot = Ballot([Vote(OLD, 10, 5.0, 400, 10), Vote(OLD, 11, 5.0, 400, 11), Vote(NEW, 12, 4.8, 1, 12)])
    return [trial_of(lists(ballot, age_days=500), [right])] * count


def test_average_precision() -> None:
    assert average_precision([3, 1, 2], {1, 2}) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert average_precision([3], {1}) == 0.0
    assert average_precision([1], set()) == 0.0


def test_a_past_in_which_those_of_late_answer_teaches_a_short_memory() -> None:
    learnt = learn(trials(NEW))
    assert learnt is not None
    assert learnt.part is not None
    assert learnt.memory(500).half_life_days < 400
    assert (learnt.before, learnt.after) == (0.5, 1.0)


def test_where_the_usual_does_as_well_it_stays() -> None:
    learnt = learn(trials(OLD))
    assert learnt is not None
    assert learnt.part is None
    assert learnt.memory(500) == USUAL
    assert learnt.before == learnt.after == 1.0


def test_what_does_not_hold_on_the_questions_held_back_is_not_kept() -> None:
    learnt = learn([*trials(NEW, 45), *trials(OLD, 15)])
    assert learnt is not None
    assert learnt.part is None


def test_a_gain_that_chance_may_well_give_is_not_kept() -> None:
    better, worse = (0.5, *(1.0 for _ in GRID)), (0.5, *(0.1 for _ in GRID))
    earlier = [better] * 45
    noise = [better, worse] * 7 + [better]
    learnt = learn([*earlier, *noise])
    assert learnt is not None
    assert learnt.part is None


def test_from_few_questions_nothing_is_learnt() -> None:
    assert learn(trials(NEW, FEWEST - 1)) is None


def test_the_asker_is_not_named_in_trials() -> None:
    ballot = Ballot([Vote(OLD, 10, 5.0, 0, 10), Vote(NEW, 11, 4.0, 0, 11)])
    assert all(named == [NEW] for named in lists(ballot, 10, [OLD]))


# With the database


def ask_often(circle: Community, asker: Person, old: Person, new: Person) -> None:
    """One answered everything until a year ago; since then another does, and knows what is asked every week."""
    now = timezone.now()
    for week in range(FEWEST + 20, 0, -1):
        at = now - timedelta(days=7 * week)
        where = {"at": at, "communities": [circle]}
        question = write_post(kind=Kind.QUESTION, by=asker, title=f"เงินยืม {week}", text="คืนเมื่อไร", **where)
        for who, times in ((old, 3 if week > FEWEST + 10 else 0), (new, 1)):
            for n in range(times):
                reply(question, kind=Kind.ANSWER, by=who, text=f"เงินยืม คืนใน {week + n} วัน", at=at)


@pytest.mark.django_db
def test_a_circle_learns_from_its_own_past_and_the_gain_is_kept_with_it() -> None:
    asker, old, new = make_person(), make_person("คนเก่า"), make_person("คนใหม่")
    circle = start_community(name="พัสดุ", by=asker, audience=Audience.ORGANISATION)
    ask_often(circle, asker, old, new)
    catch_up()
    row = learn_from(circle.pk)
    assert row.community == circle
    assert row.questions >= FEWEST
    assert row.precision_after >= row.precision_before
    assert memory_for(circle.pk) == Memory(row.half_life_days, row.blend)
    assert memory_for(None) == USUAL
    assert learn_from(circle.pk).pk == row.pk
    assert Tuning.objects.count() == 1


@pytest.mark.django_db
def test_what_was_learnt_from_too_little_counts_for_nothing() -> None:
    row = learn_from(None)
    assert row.questions == 0
    Tuning.objects.update(half_life_days=3.0, blend=0.6)
    assert memory_for(None) == USUAL
    Tuning.objects.update(questions=FEWEST)
    assert memory_for(None) == Memory(3.0, 0.6)


@pytest.mark.django_db
def test_a_circle_without_a_memory_of_its_own_has_the_house_s() -> None:
    circle = start_community(name="ไอที", by=make_person())
    now = timezone.now()
    figures = {"questions": FEWEST, "precision_before": 0.3, "precision_after": 0.4, "measured_at": now}
    Tuning.objects.create(community=None, half_life_days=30.0, blend=0.3, **figures)
    assert memory_for(circle.pk) == Memory(30.0, 0.3)
    Tuning.objects.create(community=circle, half_life_days=9.0, blend=0.0, **figures)
    assert memory_for(circle.pk) == Memory(9.0, 0.0)
    assert memory_for(None) == Memory(30.0, 0.3)


@pytest.mark.django_db
def test_each_is_due_once_a_week() -> None:
    tune_if_due()
    assert is_queued(tune.module_path)
    tune.func(None)
    assert Tuning.objects.get().community is None
    tune.func(10**9)  # a circle that is gone
    assert Tuning.objects.count() == 1


@pytest.mark.django_db
def test_two_workers_never_make_two_rows_for_the_house() -> None:
    learn_from(None)
    (row,) = Tuning.objects.all()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    learn_from(None)
