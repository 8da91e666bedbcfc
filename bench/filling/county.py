"""A county of an invented province in one season, from its founding to what comes after.

Whatever happens is decided by the house's own use cases, some of it refused, over a record in
memory; what that was asked to append is handed on to a real one.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from api.law import packs
from api.law.book import LawBook
from audit.head import Head
from audit.record import Write
from bench.town import applicants, papers, people
from bench.town.acts import OFTEN, SELDOM, SOMETIMES
from bench.town.chance import MOSTLY
from bench.town.founding import open_account, set_up, settle
from bench.town.memory import MemoryRecord
from bench.town.town import PACK, Town
from bench.walk import attempt
from domain.account.events import Role
from domain.policy.loader import Document, load_law
from projections.advance import collector_at_rest

if TYPE_CHECKING:
    from audit.leaf.envelope import Envelope
    from audit.record import Appended, AppendRequest, Record
    from bench.town.acts import Act
    from bench.town.town import Choose

PACKS = tuple(f"{PACK}-{number}" for number in range(1, 6))
"""What the localities file under, each under its own notice."""
EVENTS_OF_A_SEASON = 1500
"""So many events make a county's season, its founding included; it ends with the act at hand."""
DOCUMENTS_OF_A_COUNTY = 3000
_NEWCOMERS = 1000
"""The number of the first newcomer's document."""
_DEADLINE = (10, 31)
_QUIET, _BUSY = timedelta(hours=5), timedelta(minutes=20)
_PEAK_DAYS = 10
"""How long before the deadline the peak begins."""


class DecidingRecord(MemoryRecord):
    """A record in memory that keeps what it was asked to append, until somebody takes it.

    Who takes it knows where each stream ends, and is told no more of one than its name. What is
    written for good is written by them: a leaf here only differs from every other.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: list[AppendRequest] = []

    def append(self, request: AppendRequest) -> Appended:
        """As ever."""
        appended = super().append(request)
        writes = tuple(Write(Head.new(each.head.stream), each.events) for each in request.writes)
        self._asked.append(replace(request, writes=writes, checks=()))
        return appended

    def _leaf(self, envelope: Envelope) -> bytes:
        return f"{envelope.stream} {envelope.version}".encode()

    def taken(self) -> list[AppendRequest]:
        """What it was asked to append since this was asked last."""
        taken, self._asked = self._asked, []
        return taken


def somebody_new_files(town: Town, choose: Choose) -> None:
    """Somebody who was not there yet gets an account where they work, and opens a case."""
    if sum(each.is_open for each in town.cases.values()) >= town.open_cases:
        return
    town.numbers["newcomer"] += 1
    employer, known = choose(town.employers), set(town.accounts)
    open_account(town, _NEWCOMERS + town.numbers["newcomer"], employer, (Role.APPLICANT,))
    town.hear()
    (account,) = town.accounts.keys() - known
    stated = choose(papers.APPLICATIONS) if not choose(MOSTLY) else papers.SHORTER
    applicants.open_case(town, account, employer, stated, choose(papers.SERIES))


_TIME = {people.time_passes, people.the_clock_is_set_back}
ACTS: tuple[Act, ...] = tuple(
    each
    for each in (*OFTEN * 24, *SOMETIMES * 3, *SELDOM, *(somebody_new_files,) * 12)
    if each not in _TIME
)
"""What is tried, as often; the season has a clock of its own."""


def lived(beginning: DecidingRecord, number: int, year: int, seed: str) -> list[AppendRequest]:
    """Everything that is to be appended of a county's season, in order of time."""
    with collector_at_rest():
        county = County(beginning, number, year, seed)
        while not county.over:
            county.go_on()
        return county.record.taken()


class County:
    """One county with the offices above it, from its founding to the end of its season."""

    def __init__(self, beginning: DecidingRecord, number: int, year: int, seed: str) -> None:
        self.record = beginning.copy()
        self._end = datetime(year + 1, 2, 20, tzinfo=UTC)
        self._chance = random.Random(seed)  # noqa: S311 -- to be repeated, not to be secret
        first_day = datetime(year, 3, 1, 1, 0, tzinfo=UTC)
        wall = first_day + timedelta(minutes=self._chance.randrange(14 * 24 * 60))
        self.town = town_over(self.record, wall)
        self.town.pack = PACKS[number % len(PACKS)]
        self.town.first_document = number * DOCUMENTS_OF_A_COUNTY
        self.town.open_cases = 25
        self._number, self._settled = number, False

    @property
    def over(self) -> bool:
        """Whether as much happened as in a season, or the next one is about to begin."""
        return self.record.head() >= EVENTS_OF_A_SEASON or self.town.wall >= self._end

    def go_on(self) -> None:
        """One act, accepted or refused, and the time until the next."""
        if not self._settled:
            city = self._number // 7
            settle(self.town, f"甲省/乙{city}市", f"甲省/丁{self._number}市")
            self._settled = True
        attempt(self.town, self._chance.choice(ACTS), self._chance.choice)
        mean = _BUSY if self._in_the_peak() else _QUIET
        self.town.wall += mean * self._chance.expovariate(1.0)

    def _in_the_peak(self) -> bool:
        now = self.town.wall
        left = datetime(now.year, *_DEADLINE, 16, 0, tzinfo=UTC) - now
        return timedelta(0) <= left <= timedelta(days=_PEAK_DAYS)


def town_over(record: MemoryRecord, wall: datetime) -> Town:
    """The town of a record in memory, under the notices of all localities."""
    town = Town.over(cast("Record", record), _laws(), wall)
    town.hear()
    return town


def beginning(year: int) -> DecidingRecord:
    """A record that two persons have set up, and nothing else."""
    record = DecidingRecord()
    set_up(town_over(record, datetime(year, 1, 10, 1, 0, tzinfo=UTC)))
    return record


@cache
def _laws() -> LawBook:
    default = packs.document(packs.PACKS / "national-default.toml")
    return LawBook(packs.load_default(), [load_law(default, each) for each in notices()])


def notices() -> list[Document]:
    """The notices of all localities."""
    text = Path(papers.__file__).with_name("town.toml").read_text(encoding="utf-8")
    return [
        Document(f"{each}.toml", text.replace('id = "town"', f'id = "{each}"', 1)) for each in PACKS
    ]
