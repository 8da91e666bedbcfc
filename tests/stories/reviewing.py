"""Whoever reviews what somebody filed, stage by stage over HTTP, until one of them is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from api.demo.reviewing import verifications
from api.http.pack_document import plain
from domain import beijing
from domain.separation import HANDLER, LEADER
from tests.api.filings import WORD, done
from tests.api.provinces import CONTENT
from tests.api.society import beijing as at
from tests.stories.claims import GROUPS, called
from tests.stories.way import REFUSED, refusals_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from domain.policy.records import Title
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.stories.walking import Filing
    from tests.stories.way import Refusals

_NINE_IN_THE_MORNING = timedelta(hours=9)
_STEPS = 40
"""More acts than any case needs."""
_DECISION: Mapping[str, Any] = {"decision": "approve", "reasons": [], "opinion": None, **WORD}
_OPINION: Mapping[str, Any] = {
    "recommendation": "approve",
    "reasons": [],
    "opinion": "经逐项核实，建议通过。",
    **WORD,
}


class Review:
    """A filed case on its way through the stages."""

    def __init__(self, filing: Filing) -> None:
        self.filing, self.place, self.way = filing, filing.place, filing.way
        self.path, self.told = filing.path, filing.told

    def goes_on(self) -> Iterator[datetime]:
        """One act after another, until the next is refused; what is awaited comes out of it."""
        received = self.way.paperless
        for _ in range(_STEPS):
            seen = done(self.place.county.handler.get(self.path)).body
            if self.way.impatient and seen["standing"]["organisation"] is not None:
                self._out_of_turn(seen)
                seen = done(self.place.county.handler.get(self.path)).body
            now = seen["standing"]
            if now["phase"] == "under_publicity":
                ends = beijing.end(date.fromisoformat(now["public_until"]))
                yield ends + _NINE_IN_THE_MORNING
                continue
            if now["seat"] is None:
                self.filing.end(now["phase"], tuple(self.filing.tries))
                return
            if self.way.slow and now["stage"] == self.way.slow[0]:
                late = at(f"{self.way.slow[1]}T09:00:00")
                if self.place.clock.now() < late:
                    yield late
            if now["stage"] == seen["chain"][-1]["stage"] and not received:
                received = True
                if self._receive(now["organisation"]):
                    continue
            act, body, by = self._next(seen)
            answer = by.post(f"{self.path}/{act}", body, version=seen["version"])
            if answer.status >= REFUSED:
                self._held(now["stage"], partial(by.change, self.path, f"/{act}", body), answer)
                return
        raise AssertionError(self.path)

    def _next(self, seen: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], Actor]:
        """What is to be done at the present stage, and by whom."""
        now = seen["standing"]
        house = self.place.seated(now["organisation"])
        here = house.seated[now["seat"]]
        if now["open_questions"]:
            satisfied = self.told.found["judgement"] != "different"
            question = {"question": now["open_questions"][0], "satisfied": satisfied}
            return "judgements", {**question, "grounds": "已比对。"}, house.handler
        if now["phase"] == "awaiting_publicity":
            posting = {"posted_on": self._today, "content": CONTENT, "evidence": "张贴照片"}
            return "publicities", posting, here
        if now["phase"] == "publicised":
            return "forwardings", {}, here
        if now["seat"] == LEADER:
            return "leader-decisions", _DECISION, here
        owed = done(here.get(f"{self.path}/duties")).body
        untrue = dict.fromkeys(self._untrue(), "refuted")
        return "handler-opinions", self._opinion(seen, untrue, owed), here

    @property
    def _today(self) -> str:
        return beijing.day(self.place.clock.now()).isoformat()

    def _opinion(
        self, seen: Mapping[str, Any], untrue: Mapping[str, str], owed: Mapping[str, Any]
    ) -> dict[str, Any]:
        found = verifications(seen, untrue)
        return {**_OPINION, "verifications": found, "establishes": self._establishes(owed)}

    def _untrue(self) -> set[str]:
        claims = {
            each.claim: called(kind, each)
            for kind, group in GROUPS.items()
            for each in getattr(self.filing.application, group) or ()
        }
        if self.filing.application.insurance is not None:
            claims[self.filing.application.insurance.claim] = "insurance"
        return {claim for claim, told in claims.items() if told in self.way.untrue}

    def _establishes(self, owed: Mapping[str, Any]) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = [
            {"fact": each["fact"], "value": self.told.found.get(each["fact"], "true")}
            for each in owed["open"]
            if each["due"] and not {"applicant", "register"} & set(each["said_by"])
            if each["fact"] not in self.way.unsaid
        ]
        if self.way.denied:
            said.append({"fact": "title", "titles": [_held(each) for each in self.way.denied]})
        return said

    def _receive(self, organisation: str) -> bool:
        """Whatever comes on paper, before the last stage looks at the case.

        Papers that go from hand to hand are nobody's to bring there.
        """
        here = self.place.seated(organisation).handler
        owed = done(here.get(f"{self.path}/duties")).body
        asked = [] if owed["legs"] else owed["materials"]
        items = [each["id"] for each in asked if each["channel"] == "paper"]
        if items:
            seals = [e["id"] for e in asked if e["id"] in items or e["part_of"] in items]
            originals = [e["id"] for e in asked if e["original"] and e["id"] in items]
            papers = {"received_on": self._today, "items": items, "originals": originals}
            done(here.change(self.path, "/paper-receipts", {**papers, "sealed": seals}))
        return bool(items)

    def _out_of_turn(self, seen: Mapping[str, Any]) -> None:
        """The leader before the handler, the last stage before the others, and before the days."""
        now = seen["standing"]
        house = self.place.seated(now["organisation"])
        early: list[Answer] = []
        if now["phase"] == "under_publicity":
            early.append(house.handler.change(self.path, "/forwardings", {}))
        if now["phase"] == "under_review" and now["seat"] == HANDLER:
            early.append(house.leader.change(self.path, "/leader-decisions", _DECISION))
            last = seen["chain"][-1]
            if last["stage"] != now["stage"]:
                by = self.place.seated(last["organisation"]).handler
                early.append(by.change(self.path, "/handler-opinions", _OPINION))
        self.filing.tries += [refusal for each in early for refusal in refusals_of(each)]

    def _held(self, stage: str, again: Callable[[], Answer], answer: Answer) -> None:
        """At a stage; the same act is done without each of the rules, until it is not refused."""
        without: dict[str, Refusals] = {}
        for rule in self.filing.rules:
            with self.place.without(rule):
                once_more = again()
            without[rule] = refusals_of(once_more)
            if once_more.status < REFUSED:
                break
        self.filing.end(stage, (*self.filing.tries, *refusals_of(answer)), **without)


def _held(title: Title) -> dict[str, Any]:
    """A title as whoever finds it out enters it."""
    return {
        "level": title.level,
        "series": title.series,
        "means": title.via,
        "gained_on": plain(title.gained),
        "appointed_on": plain(title.appointed),
    }
