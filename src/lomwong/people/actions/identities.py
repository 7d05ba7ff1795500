"""Whom does a source mean? By the name it knows them under, then by their e-mail address; else somebody new."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from lomwong.people.addresses import callable_name, clean_address, is_stand_in
from lomwong.people.models import Identity, Person, Unit
from lomwong.text.sort_key import thai_sort_key

BATCH = 500  # people in one transaction
LONGEST_ID = 300  # characters


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a source names them. `source_id` is an address in mail, a number in a staff file."""

    source_id: str
    name: str = ""
    email: str | None = None
    unit: Unit | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def is_nameless(self) -> bool:
        return is_stand_in(self.name, email=self.email, source_id=self.source_id)


class Identifier:
    """Finds or makes the people of one source, many at a time; remembers a number for each it has met.

    `is_roster`: the source lists people, as a staff file does, so its names replace those that other sources used. From
    traces such as mail, where people sign now so, now otherwise, the first real name stays. Whoever has signed in keeps
    the name they gave. `created` counts the new ones.
    """

    def __init__(self, source: str, *, is_roster: bool = False) -> None:
        self.source = source
        self.is_roster = is_roster
        self.created = 0
        self._met: dict[str, int] = {}
        self._nameless: set[str] = set()

    def identify(self, named: Named) -> int:
        """The person's number (`Person.pk`)."""
        return self.identify_all([named])[named.source_id]

    def identify_all(self, people: Iterable[Named]) -> dict[str, int]:
        """{source_id: Person.pk}, with a dozen queries for each 500 people not met before."""
        asked: dict[str, Named] = {}
        for named in people:
            if named.source_id not in asked or asked[named.source_id].is_nameless:
                asked[named.source_id] = named
        for batch in batches([named for named in asked.values() if self._is_news(named)]):
            self._meet(batch)
        return {source_id: self._met[source_id] for source_id in asked}

    def _is_news(self, named: Named) -> bool:
        if named.source_id not in self._met:
            return True
        return named.source_id in self._nameless and not named.is_nameless

    @transaction.atomic
    def _meet(self, batch: Sequence[Named]) -> None:
        found = self._by_identity(batch)
        unknown = [named for named in batch if named.source_id not in found]
        by_address = people_by_address(unknown, known=found.values())
        new: list[Person] = []
        for named in unknown:
            address = clean_address(named.email)
            person = by_address.get(address) if address else None
            if person is None:
                person = new_person(named, None if address in by_address else address)
                new.append(person)
                if address:
                    by_address[address] = person
            found[named.source_id] = person
        Person.objects.bulk_create(new)
        self.created += len(new)
        Identity.objects.bulk_create(
            Identity(person=found[named.source_id], source=self.source, source_id=key_of(named.source_id))
            for named in unknown
        )
        self._learn_more(batch, found)

    def _by_identity(self, batch: Sequence[Named]) -> dict[str, Person]:
        source_ids = {key_of(named.source_id): named.source_id for named in batch}
        identities = Identity.objects.filter(source=self.source, source_id__in=source_ids)
        people: dict[int, Person] = {}  # one object a person, however many names they have here
        return {
            source_ids[each.source_id]: people.setdefault(each.person_id, each.person)
            for each in identities.select_related("person")
        }

    def _learn_more(self, batch: Sequence[Named], found: dict[str, Person]) -> None:
        changed = {}
        for named in batch:
            person = found[named.source_id]
            if learn(person, named, is_roster=self.is_roster):
                changed[person.pk] = person
            self._met[named.source_id] = person.pk
            if named.is_nameless:
                self._nameless.add(named.source_id)
            else:
                self._nameless.discard(named.source_id)
        if changed:
            Person.objects.bulk_update(changed.values(), ["name", "sort_key", "unit", "extra"])


def identify(
    source: str,
    source_id: str,
    *,
    name: str,
    email: str | None = None,
    unit: Unit | None = None,
    extra: dict[str, Any] | None = None,
    is_roster: bool = False,
) -> Person:
    """One person of a source, found or made. For many, keep an `Identifier`."""
    named = Named(source_id, name, email, unit, extra or {})
    person: Person = Person.objects.get(pk=Identifier(source, is_roster=is_roster).identify(named))
    return person


def batches(people: Sequence[Named]) -> Iterator[Sequence[Named]]:
    for start in range(0, len(people), BATCH):
        yield people[start : start + BATCH]


def key_of(source_id: str) -> str:
    """The id as it is kept: one too long for its column is told apart by its digest."""
    if len(source_id) <= LONGEST_ID:
        return source_id
    return f"{source_id[:200]}…{hashlib.sha256(source_id.encode()).hexdigest()}"


def people_by_address(people: Iterable[Named], known: Iterable[Person]) -> dict[str, Person | None]:
    """Those who have one of the addresses; as the same objects that are `known` already.

    None for an address with which somebody signed up and which they never proved to be theirs: anybody could wait there
    for another's words and seats.
    """
    objects = {person.pk: person for person in known}
    addresses = {address for named in people if (address := clean_address(named.email))}
    unproved = set(EmailAddress.objects.filter(email__in=addresses, verified=False).values_list("user_id", flat=True))
    return {
        person.email: None if person.pk in unproved and person.has_usable_password() else objects.get(person.pk, person)
        for person in Person.objects.filter(email__in=addresses)
        if person.email
    }


def new_person(named: Named, address: str | None) -> Person:
    person = Person(email=address, unit=named.unit, extra=named.extra)
    rename(person, callable_name(named.name, email=named.email, source_id=named.source_id))
    person.set_unusable_password()
    return person


def rename(person: Person, name: str) -> None:
    """Bulk writes pass by `Person.save`, so the key goes with the name here."""
    person.name = name
    person.sort_key = thai_sort_key(name)[:400]


def learn(person: Person, named: Named, *, is_roster: bool) -> bool:
    """Take over what the source knows better than we do. Whether anything changed."""
    before = (person.name, person.unit_id, person.extra)
    is_called_anyhow = is_stand_in(person.name, email=person.email, source_id=named.source_id)
    if not person.has_signed_in and not named.is_nameless and (is_roster or is_called_anyhow):
        rename(person, callable_name(named.name, email=named.email, source_id=named.source_id))
    if named.unit and not person.unit_id:
        person.unit = named.unit
    person.extra = {**person.extra, **named.extra}
    return before != (person.name, person.unit_id, person.extra)
