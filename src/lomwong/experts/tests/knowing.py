"""People who answered and were thanked; topics without a look at what they wrote."""

from lomwong.experts.models import Expertise, ExpertiseEvidence, Origin, TopicState
from lomwong.people.models import Person
from lomwong.people.tests.factories import make_person
from lomwong.posts.models import Post
from lomwong.posts.tests.factories import make_answer, make_question
from lomwong.posts.warmth.actions import give_flower


def answered(
    me: Person, title: str, answer: str = "ดูระเบียบก่อน", *, tags: tuple[str, ...] = (), **where: object
) -> Post:
    return make_answer(make_question(title, by=make_person(), tags=tags, **where), answer, by=me)


def drafts(person: Person) -> set[str]:
    return set(Expertise.objects.filter(person=person, state=TopicState.DRAFT).values_list("label", flat=True))


def thank(post: Post) -> None:
    give_flower(post, by=make_person())


def draft(me: Person, label: str = "เงินยืม", *posts: Post) -> Expertise:
    topic = Expertise.objects.create(person=me, label=label, origin=Origin.FOUND)
    evidence = posts or (answered(me, f"{label}คืนช้า"),)
    ExpertiseEvidence.objects.bulk_create(ExpertiseEvidence(expertise=topic, post=post) for post in evidence)
    return topic
