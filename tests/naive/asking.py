"""A walked province while it is served, and everybody who asks there, each signed in.

Where cases stand the domain says, of which the fold of the record takes that alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from api.services import Services
from bench.town.town import evolved
from bench.town.watch.folds import stands
from domain.account.events import Part
from domain.case.phase import PhaseName
from domain.case.urging import APPLICANT, turn_of
from tests.api.accounts import PASSWORD
from tests.api.client import Client
from tests.api.filings import done
from tests.naive.callers import Caller
from tests.naive.folded import Folded
from tests.naive.lists import Lists
from tests.naive.said import Said, all_said, day_of
from tests.naive.waiting import unscreened
from tests.naive.walked import Walked

if TYPE_CHECKING:
    import random

WHOLE = 200
"""Rows on a page, of which no list here fills more than a few."""


@dataclass
class Asking:
    """The served province, and everybody who asks there, each signed in."""

    told: Walked
    services: Services
    address: str
    clients: dict[str, Client]

    def __post_init__(self) -> None:
        self.fold()

    def fold(self) -> None:
        """Fold everything that the record says by now."""
        record = self.services.record
        self.record: list[Said] = all_said(record)
        self.known = Folded.by(self.record)
        self.today = day_of(self.told.at)
        self.callers = {each: Caller(each, self.today, self.known) for each in self.clients}
        self.lists = Lists(self.known, {}, {}, self.told.at)
        for each in self.known.cases:
            self._follow(each)
        self.head = record.head()
        self.folds: dict[int, Folded] = {}

    def _follow(self, case: str) -> None:
        """Where a case stands, and whose turn it is there since when.

        It is nobody's while an objection keeps everybody from going on from its publicity.
        """
        state: Any = None
        before, since = None, 0
        for each in self.services.record.load(case).recorded:
            state = evolved(state, each)
            phase, *_, due = stands(state)
            turn = turn_of(state)
            now = phase, state.round, turn
            before, since = now, since if now == before else each.position
        self.lists.phases[case] = phase, due
        held = phase == PhaseName.PUBLICISED and unscreened(self.known, case)
        waits = turn is not None and turn[1] != APPLICANT and not held
        self.lists.turns[case] = (*turn, since) if turn is not None and waits else None
        if state.is_open:
            self.lists.stood[case] = since

    def until(self, said: Said | None) -> Folded:
        """What was known when the record had come to an instant; None: now."""
        if said is None:
            return self.known
        last = [each.position for each in self.record if each.placed_at <= said.placed_at][-1]
        if last not in self.folds:
            self.folds[last] = Folded.by(self.record, last)
        return self.folds[last]

    def consulted(self, name: str) -> str:
        """Somebody puts on record why they look at the entries in their charge."""
        house, said = self.callers[name].house or "", {"reason": "年度核查"}
        mandate = self.known.mandate_of(house)
        answer = self.clients[name].act("/v1/integrity-consultations", said, mandate=mandate)
        return str(answer.body.get("consultation", ""))

    def narrowing(self, chance: random.Random) -> dict[str, str]:
        """Some of what the list of entries can be narrowed to."""
        entry = chance.choice(list(self.known.entries.values()))
        whole = {
            "state": chance.choice(("active", "expired", "pending", "annulled")),
            "ground": entry["ground"],
            "authority": entry["authority"],
            "case": entry["case"],
            "entered_from": entry["starts_on"],
            "entered_to": entry["starts_on"],
        }
        return {name: each for name, each in whole.items() if each and chance.random() < 0.2}

    def page(self, caller: str, path: str, **asked: Any) -> Any:  # noqa: ANN401 -- as it comes
        """One page; None for who is not let in."""
        header = asked.pop("header", {})
        query = urlencode({"limit": WHOLE, **asked, "wait_for": self.head})
        answer = self.clients[caller].get(f"{path}{'&' if '?' in path else '?'}{query}", **header)
        return None if answer.status == 403 else done(answer)

    def all(self, caller: str, path: str, member: str, **asked: Any) -> list[Any] | None:  # noqa: ANN401
        """All rows on all pages, of which there are as many as are counted on the first."""
        answer = self.page(caller, path, **asked)
        if answer is None:
            return None
        rows, counted = list(answer.body[member]), answer.body.get("count")
        while link := answer.headers.get("Link", "").partition(">")[0].removeprefix("<"):
            answer = done(self.clients[caller].get(link, **asked.get("header", {})))
            assert answer.body.get("count") == counted
            rows += answer.body[member]
        assert counted in (None, len(rows)), (caller, path, asked)
        return rows

    def heard(self, caller: str, path: str, most: int | None = None) -> tuple[list[int], str]:
        """The positions that the feed tells from an address on, so many answers, and the next."""
        mandate = self.known.mandate_of(self.callers[caller].house) or ""
        found: list[int] = []
        for _ in count() if most is None else range(most):
            answer = done(self.clients[caller].get(path, Mandate=mandate))
            if not answer.body:
                break
            found += (int(each["id"]) for each in answer.body)
            path = answer.headers["Link"].partition(">")[0].removeprefix("<")
        return found, path


def each_kind(known: Folded, told: Walked) -> list[str]:
    """Of those alike, in house, roles, seats, suspicions against them and erasures, one."""
    found: dict[tuple[Any, ...], str] = {}
    for account, row in known.accounts.items():
        if not row["disabled"]:
            caller = Caller(account, day_of(told.at), known)
            seats = frozenset(caller.seats())
            cases = any(each.applicant in caller.own for each in known.cases.values())
            about = (e for e in known.investigations.values() if e["subject"] in caller.own)
            heard = frozenset(each["told"] for each in about)
            erased = any(each["person"] in caller.own for each in known.erasures.values())
            alike = row["organisation"], frozenset(row["roles"]), seats, cases, heard, erased
            found[alike] = account
    return list(found.values())


def signed_in(services: Services, address: str, account: str, told: Walked) -> Client:
    """Somebody who just replaced their code by a password."""
    login = f"login-{account}"
    code = services.sign_in.give_code(account, login, Part.WHOLE, told.at)
    return Client(address).entered(login, code, PASSWORD)
