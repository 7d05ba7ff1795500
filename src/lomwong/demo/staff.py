"""The people of the made-up university: the casts of what was written, and their colleagues, who mostly read."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

from lomwong.demo.accounts import ACTORS, Account
from lomwong.demo.content import Actor, Practice
from lomwong.demo.university import EMAIL_HOST, HOUSE_BY_NAME, HOUSES, JOB_FUNCTIONS, House

Voice = Literal["he", "she", "english"]

THAI = re.compile("[\u0e00-\u0e7f]")
HIS, HERS = re.compile("ครับ|กระผม"), re.compile("ค่ะ|คะ(?!แ)|ดิฉัน")
GROUPS, GROUP_SHARES = ("thai", "muslim", "chinese"), (0.72, 0.21, 0.07)
SECOND_JOB, ABOUT_SHARE = 0.12, 0.35


@dataclass(frozen=True, slots=True)
class Person:
    """`id` is the first part of the e-mail address; `house` the id of a faculty or office."""

    id: str
    name: str
    house: str
    functions: tuple[str, ...]
    about: str
    voice: Voice
    is_cast: bool

    @property
    def email(self) -> str:
        return f"{self.id}@{EMAIL_HOST}"


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody, and who plays whom: (practice, actor's key) to person."""

    people: tuple[Person, ...]
    playing: Mapping[tuple[str, str], Person]

    def of_house(self, house: str) -> list[Person]:
        return [person for person in self.people if person.house == house]


def voice_of(texts: Iterable[str]) -> Voice | None:
    """Who speaks, by the polite particles: None when they do not tell."""
    text = " ".join(texts)
    his, hers = len(HIS.findall(text)), len(HERS.findall(text))
    if his == hers:
        return "english" if len(THAI.findall(text)) < len(text) / 4 else None
    return "he" if his > hers else "she"


def hire(practices: Iterable[Practice], chance: Random) -> Staff:
    """As many people as the houses have places for; every faculty has somebody for every job."""
    names = _Names()
    people: list[Person] = []
    playing: dict[tuple[str, str], Person] = {}
    for practice in practices:
        spoken = _spoken(practice)
        for actor in practice.cast:
            person = _player(actor, spoken[actor.key], names, chance)
            playing[practice.key, actor.key] = person
            people.append(person)
    for account in ACTORS:
        people.append(_appointed(account, names))
    for house in HOUSES:
        there = [person for person in people if person.house == house.id]
        people.extend(_colleagues(house, there, names, chance))
    return Staff(tuple(sorted(people, key=lambda person: person.id)), playing)


def _spoken(practice: Practice) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for thread in practice.threads:
        for saying in thread.everything():
            if saying.author:
                texts[saying.author].append(saying.text)
    return texts


def _player(actor: Actor, texts: list[str], names: "_Names", chance: Random) -> Person:
    voice: Voice = "english" if actor.name.isascii() else voice_of(texts) or "she"
    return Person(
        id=names.id_of(actor.name, actor.key),
        name=actor.name,
        house=HOUSE_BY_NAME[actor.unit].id,
        functions=actor.functions,
        about=_about(actor.functions[0], chance),
        voice=voice,
        is_cast=True,
    )


def _appointed(account: Account, names: "_Names") -> Person:
    return Person(
        id=names.taken(account.id),
        name=account.name,
        house=account.house,
        functions=account.functions,
        about=account.about,
        voice="he",
        is_cast=True,
    )


def _colleagues(house: House, there: list[Person], names: "_Names", chance: Random) -> Iterator[Person]:
    """Those who fill the house up, the jobs that nobody does yet first."""
    done = Counter(function for person in there for function in person.functions)
    missing = [function for function in JOB_FUNCTIONS if house.is_faculty and not done[function]]
    for place in range(house.size - len(there)):
        job = missing[place] if place < len(missing) else chance.choices(*_jobs(house))[0]
        functions = [job]
        if job != "teaching" and chance.random() < SECOND_JOB:
            functions.append(chance.choice([other for other in house.work if other != job]))
        id, name, voice = names.draw(is_teaching=job == "teaching", chance=chance)
        yield Person(
            id=id,
            name=name,
            house=house.id,
            functions=tuple(functions),
            about=_about(job, chance),
            voice=voice,
            is_cast=False,
        )


def _jobs(house: House) -> tuple[list[str], list[float]]:
    return list(house.work), list(house.work.values())


def _about(function: str, chance: Random) -> str:
    return chance.choice(_name_book()["about"][function]) if chance.random() < ABOUT_SHARE else ""


@cache
def _name_book() -> dict[str, Any]:
    book: dict[str, Any] = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
    return book


class _Names:
    """Names that nobody has yet, with an id from their Latin spelling."""

    def __init__(self) -> None:
        book = _name_book()
        self._groups = book["groups"]
        self._foreign = list(book["foreign"])
        self._latin = dict(book["rare_surnames"])
        for group in self._groups.values():
            self._latin.update(group["surnames"])
        self._ids: set[str] = set()

    def taken(self, id: str) -> str:
        if id in self._ids:
            raise ValueError(f"two people of the made-up university are called {id}")
        self._ids.add(id)
        return id

    def id_of(self, name: str, key: str) -> str:
        """For a cast: its key is the first name in Latin letters."""
        if name.isascii():
            return self.taken(_foreign_id(name))
        return self.taken(f"{key}.{self._latin[name.split(' ', 1)[1]]}")

    def draw(self, *, is_teaching: bool, chance: Random) -> tuple[str, str, Voice]:
        """Id, name and voice of somebody new; now and then a foreign lecturer."""
        if is_teaching and self._foreign and chance.random() < 0.06:
            name = self._foreign.pop(0)
            return self.taken(_foreign_id(name)), name, "english"
        while True:
            group = chance.choices(GROUPS, GROUP_SHARES)[0]
            is_man = chance.random() < 0.4
            firsts = self._groups["muslim" if group == "muslim" else "thai"]["male" if is_man else "female"]
            first, first_latin = chance.choice(firsts)
            last, last_latin = chance.choice(self._groups[group]["surnames"])
            id = f"{first_latin}.{last_latin}"
            if id not in self._ids:
                return self.taken(id), f"{first} {last}", "he" if is_man else "she"


def _foreign_id(name: str) -> str:
    parts = name.lower().split()
    return f"{parts[0]}.{parts[-1]}"
