"""Small talk inside each faculty and office: the noise in which no circle must be found."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from lomwong.demo.calendar import in_bursts, in_season, replies_at
from lomwong.demo.content import Chatter, Opener
from lomwong.demo.staff import Person, Staff, Voice, voice_of
from lomwong.demo.talk import Post, Span
from lomwong.demo.university import HOUSES, House

THREADS = 190
"""In all houses together: fewer posts, replies counted, than there is talk across houses."""

REPLIES = (0, 1, 2, 3, 4, 5, 6, 8)
REPLY_SHARES = (6, 12, 18, 20, 16, 12, 10, 6)
ANY_MOOD_SHARE = 0.15

PLACES = (
    "โรงอาหาร", "ใต้ตึก", "ห้องพักครู", "ลานจอดรถ", "ห้องประชุมเล็ก", "หน้าลิฟต์", "ครัวชั้นสอง", "ศาลาริมบ่อ",
    "โต๊ะหินอ่อน", "ห้องธุรการ",
)  # fmt: skip
ENGLISH_PLACES = ("the small meeting room", "the canteen", "the kitchen upstairs", "the pavilion by the pond")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
DAYS = ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัส", "วันศุกร์")


def small_talk(chatter: Chatter, staff: Staff, span: Span, seed: str) -> Iterator[Post]:
    """Threads of each house, a journal entry and its comments; in each thread in the order of time."""
    size = sum(house.size for house in HOUSES)
    for house in HOUSES:
        chance = Random(f"{seed} small talk {house.id}")
        yield from _House(house, chatter, staff, chance).talk(round(THREADS * house.size / size), span)


class _House:
    """People of one house, some of them livelier than others; no line is said twice before all are used up."""

    def __init__(self, house: House, chatter: Chatter, staff: Staff, chance: Random) -> None:
        self._house = house
        self._chatter = chatter
        self._chance = chance
        self._people = staff.of_house(house.id)
        self._lively = [chance.paretovariate(1.6) for _ in self._people]
        self._said: Counter[str] = Counter()

    def talk(self, count: int, span: Span) -> Iterator[Post]:
        openers = self._chance.sample(self._chatter.openers, count)
        last = span.end - timedelta(hours=2)
        for number, begin in enumerate(in_bursts(count, span.start, last, self._chance), 1):
            opener = openers[number - 1]
            begin = in_season(begin, opener.months, span.start, last)
            yield from self._thread(f"talk-{self._house.id}-{number:02}", opener, begin, span.end)

    def _thread(self, id: str, opener: Opener, begin: datetime, end: datetime) -> Iterator[Post]:
        count = self._chance.choices(REPLIES, REPLY_SHARES)[0]
        hours = sorted(self._chance.expovariate(1 / 4) for _ in range(count))
        begun, moments = replies_at(begin, hours, end, self._chance)
        there: list[Person] = []
        text = self._fill(opener.text, begun)
        yield Post(id, "journal", self._somebody(text, there), begun, text, audience="organisation")
        for number, at in enumerate(moments, 1):
            reply = self._reply(opener.moods)
            author = self._somebody(reply, there)
            yield Post(f"{id}.{number}", "comment", author, at, reply, parent=id, audience="organisation")

    def _fill(self, text: str, at: datetime) -> str:
        ahead = (at.weekday() + self._chance.randrange(1, 4)) % 7
        day = ahead if ahead < 5 else 0
        if voice_of([text]) == "english":
            return text.format(place=self._chance.choice(ENGLISH_PLACES), day=ENGLISH_DAYS[day])
        return text.format(place=self._chance.choice(PLACES), unit=self._house.short, day=DAYS[day])

    def _reply(self, moods: Sequence[str]) -> str:
        mood = "any" if self._chance.random() < ANY_MOOD_SHARE else self._chance.choice(moods)
        replies = self._chatter.replies[mood]
        least = min(self._said[reply] for reply in replies)
        chosen = self._chance.choice([reply for reply in replies if self._said[reply] == least])
        self._said[chosen] += 1
        return chosen

    def _somebody(self, text: str, there: list[Person]) -> Person:
        """Who says this: by the polite particles, and nobody twice in a thread."""
        voice = voice_of([text])
        weights = [
            0.0 if person in there else weight * _suits(voice, person)
            for person, weight in zip(self._people, self._lively, strict=True)
        ]
        chosen = self._chance.choices(self._people, weights)[0]
        there.append(chosen)
        return chosen


def _suits(voice: Voice | None, person: Person) -> float:
    if person.voice == "english":
        return 1.0 if voice == "english" else 0.0
    if voice == "english":
        return 0.005
    return 1.0 if voice in (None, person.voice) else 0.0
