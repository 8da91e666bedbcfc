"""What a worked example tells, walked over HTTP: by a person, and whoever reviews what they file.

Many walk at one place and time: each says until when they wait, and the clock goes on to whoever
waits for the earliest instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.demo.reviewing import verifications
from api.http.pack_document import plain
from api.law import packs
from api.law.library import Library
from bench.mutate.rule_removal import law_without
from domain import beijing
from domain.authority.power import COMPETENT_DEPARTMENT, EMPLOYER
from domain.policy.checks.achievements import Recorded
from domain.policy.facts import Facts
from domain.policy.records import NotMentioned, Title
from domain.separation import HANDLER, LEADER
from tests.api import achievements
from tests.api.filings import DECLARED, SCAN, WORD, done
from tests.api.provinces import CONTENT
from tests.api.society import Society
from tests.api.society import beijing as at
from tests.stories.acting import kept
from tests.stories.living import AREAS, GROUPS, Told, called, filed_at, unit_of, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from api.clock import SettableClock
    from api.services import Services
    from domain.policy.law import Law
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

Refusals = tuple[Mapping[str, Any], ...]
FILING = "filing"
RECOGNISED = "recognised"
DEFAULT = packs.document(packs.PACKS / "national-default.toml")
_OFFERED = {law.id: law for law in packs.load_all()}
_NINE_IN_THE_MORNING = timedelta(hours=9)
_REFUSED = 400
_STEPS = 40
"""More acts than any case needs."""
_TIMES = 3
"""How often papers are brought that one is told of."""
_DECISION: Mapping[str, Any] = {"decision": "approve", "reasons": [], "opinion": None, **WORD}
_OPINION: Mapping[str, Any] = {
    "recommendation": "approve",
    "reasons": [],
    "opinion": "经逐项核实，建议通过。",
    **WORD,
}


@dataclass(frozen=True, kw_only=True)
class Way:
    """How somebody files who should not, and what those who look at it find.

    Of what is ``unsaid``, a fact or a kind of claim, neither the applicant nor a reviewer says
    anything. Who is ``paperless`` hands in nothing; anybody else whatever they are told is missing.
    What is ``untrue`` is claimed all the same, and found so. ``denied`` are titles that somebody
    has and does not speak of. ``slow`` is a stage that does nothing before a day; who is
    ``impatient`` acts before their turn, wherever the case is.
    """

    law: str
    facts: Facts
    unsaid: frozenset[str] = frozenset()
    paperless: bool = False
    untrue: frozenset[str] = frozenset()
    denied: tuple[Title, ...] = ()
    slow: tuple[str, date] | None = None
    impatient: bool = False


@dataclass(frozen=True, kw_only=True)
class Ended:
    """Where somebody was refused, at the filing or at a stage; or that they were recognised.

    ``without`` has by each rule what was refused of the same where it was taken out of the pack.
    """

    where: str
    refusals: Refusals = ()
    without: Mapping[str, Refusals] = field(default_factory=dict)

    @property
    def rules(self) -> frozenset[str]:
        """On which the refusals rest."""
        return frozenset(rule for each in self.refusals for rule in each["rules"])

    @property
    def codes(self) -> frozenset[str]:
        """Of the refusals."""
        return frozenset(each["code"] for each in self.refusals)


class Locality(Society):
    """A city and a county in it under one notice, and whatever employers somebody needs."""

    def __init__(self, address: str, services: Services, clock: SettableClock, law: Law) -> None:
        area = AREAS[law.id][0]
        super().__init__(address, services, clock, area)
        self.law = law
        self._units: dict[str, House] = {}
        self._waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
        self._turns = count()
        bodies = {each.body for each in law.whole.stages.values()} - {EMPLOYER}
        near = {each for each in bodies if each.startswith("county_")} | {COMPETENT_DEPARTMENT}
        self.city = self._office("市局", area.rpartition("/")[0], bodies - near)
        above = self.city.organisation
        self.county = self._office("县局", area, bodies & near, bureau=above)

    def _office(self, name: str, area: str, bodies: Collection[str], **above: str) -> House:
        house = self.found(name, self.system, sorted(bodies), area=area, **above)
        self.seat(house, HANDLER, LEADER)
        return house

    def employer(self, facts: Facts) -> House:
        """The employer of whom an example tells, which the county registers once."""
        unit = unit_of(facts, self.law)
        if (known := self._units.get(str(unit))) is None:
            name, bureau = unit.pop("name"), self.county.organisation
            by = self.county.administrator
            known = self._units[str(unit | {"name": name})] = self.found(
                name, by, bureau=bureau, **unit
            )
        return known

    def seated(self, organisation: str) -> House:
        """A house whose turn it is, with somebody in each of its seats."""
        house = next(each for each in self.houses if each.organisation == organisation)
        if not house.seated:
            self.seat(house, HANDLER, LEADER)
        return house

    @contextmanager
    def without(self, rule: str) -> Iterator[None]:
        """The notice as if the rule stood in no pack, as long as this lasts."""
        book, law = self.services.office.book, self.law
        lamed = law_without(rule, DEFAULT, packs.document(packs.pack_path(law.id)))
        named = replace(lamed, digest=law.digest, layers=law.layers, texts=law.texts)
        known = book.library
        book.library = Library(known.default, {**_OFFERED, law.id: named}.values()).over(
            self.services.record
        )
        try:
            yield
        finally:
            book.library = known

    def walked(self, ways: Mapping[str, tuple[Way, tuple[str, ...]]]) -> dict[str, Ended]:
        """How each of these ends, each with the rules without which the same is tried once more.

        All of them together, as time goes on. Whoever asks for the same title through the same
        employer at the same time is one person, until a case of theirs is filed.
        """
        people: dict[str, _Person] = {}
        for name, (way, rules) in ways.items():
            person = _Person(self, way)
            known = people.setdefault(person.asks_for, person)
            known.ways.append((name, way, rules))
        for each in people.values():
            self.later(each.begins, each.files())
        while self._waiting:
            instant, _, steps = heappop(self._waiting)
            if instant > self.clock.now():
                self.at(instant.astimezone(beijing.BEIJING).replace(tzinfo=None).isoformat())
                kept(self)
            until = next(steps, None)
            if until is not None:
                self.later(until, steps)
        return {name: it for each in people.values() for name, it in each.ended.items()}

    def later(self, instant: datetime, steps: Iterator[datetime]) -> None:
        """Go on with something at an instant; what it gives is until when it waits again."""
        heappush(self._waiting, (instant, next(self._turns), steps))


class _Person:
    """Somebody who tries one way after another; what is filed goes its own way from there."""

    def __init__(self, place: Locality, way: Way) -> None:
        self.place, self.law = place, place.law
        self.facts, self.wanted = way.facts, wanted(place.law, way.facts)
        self.begins = at(filed_at(place.law, way.facts))
        self.asks_for = repr((self.begins, self.wanted, unit_of(way.facts, place.law)))
        self.ways: list[tuple[str, Way, tuple[str, ...]]] = []
        self.ended: dict[str, Ended] = {}
        self.path = ""

    def files(self) -> Iterator[datetime]:
        """Each of the ways, until the notice refuses it at the door or the case is filed."""
        self.house = self.place.employer(self.facts)
        self._become_somebody()
        for name, way, rules in self.ways:
            it = _Case(self, name, way, rules)
            if not self.path:
                self._open()
            answer = it.tried()
            if answer.status < _REFUSED:
                self.place.later(self.place.clock.now(), it.goes_on())
                self._become_somebody()
            elif it.attached:
                self.path = ""
        yield from ()

    def _become_somebody(self) -> None:
        self.applicant, self.path = self.place.applicant(self.house), ""
        self.applicant.sign_in()

    def _open(self) -> None:
        opening = {**self.wanted, "pack": self.law.id, "employer": self.house.organisation}
        answer = done(self.applicant.post("/v1/cases", opening))
        self.path, self.version = f"/v1/cases/{answer.body['stream']}", 1

    def does(self, act: str, body: object) -> Answer:
        """An act on the draft, which goes on from there."""
        answer = self.applicant.post(f"{self.path}/{act}", body, version=self.version)
        if answer.status < _REFUSED:
            self.version = int(answer.headers["ETag"][2:-1])
        return answer


class _Case:
    """A filing: told, tried, and on its way through the stages if nothing refused it."""

    def __init__(self, person: _Person, name: str, way: Way, rules: tuple[str, ...]) -> None:
        self.person, self.place, self.law = person, person.place, person.law
        self.name, self.way, self.rules = name, way, rules
        self.house, self.applicant, self.wanted = person.house, person.applicant, person.wanted
        self.told = Told(way.facts, self.law, way.unsaid)
        self.application = self.told.application(self.wanted["specialty"], self.house.name)
        self.attached: list[str] = []
        self.tries: list[Mapping[str, Any]] = []

    # the applicant

    def tried(self) -> Answer:
        """The filing, once more with the papers of which somebody is told that they are missing."""
        self.applicant = self.person.applicant
        self._keep_record()
        self.stated = plain(self.application)
        done(self.person.does("applications", self.stated))
        self.path = self.person.path
        answer = self.person.does("submissions", DECLARED)
        for _ in range(_TIMES):
            missing = [_paper(each) for each in _of(answer)]
            if answer.status < _REFUSED or self.way.paperless or not all(missing):
                break
            for kind in missing:
                self._attach(kind)
            answer = self.person.does("submissions", DECLARED)
        if answer.status >= _REFUSED:
            self._refused(answer)
        return answer

    def _keep_record(self) -> None:
        """What is claimed is drawn from one's own record, where the notice asks for that."""
        checks = (each.check for each in self.law.whole.conditions.values())
        claimed, known = self.application.achievements, self.told.facts.achievements
        if claimed is None or not any(isinstance(check, Recorded) for check in checks):
            return
        if isinstance(known, NotMentioned):
            claimed = claimed if "achievement" in self.way.untrue else ()
            known = ()
        drawn = []
        for number, each in enumerate(claimed):
            entry = None
            if number >= len(known) or known[number].recorded is not False:
                entry = achievements.entered(self.applicant)
                found = number >= len(known) or known[number].confirmed is not False
                officer = self.place.seated(self.house.organisation).handler
                why = {} if found else {"reason": "不属实。"}
                done(achievements.review(officer, self.applicant, entry, in_favour=found, **why))
            drawn.append(replace(each, entry=entry))
        self.application = replace(self.application, achievements=tuple(drawn))

    def _attach(self, kind: str) -> None:
        sent = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
        upload = done(self.applicant.client.post(f"{self.path}/uploads", SCAN, **sent)).body
        body = {"upload": upload["upload"], "kind": kind, "title": "某材料"}
        done(self.person.does("materials", {**body, "supports": self._supported()}))
        self.attached.append(kind)

    def _supported(self) -> list[str]:
        """Every claim, but for earlier work of which the example has no evidence."""
        unproven = {each.claim for each in self.application.work or () if not each.at_employer}
        return sorted(self.application.claims().keys() - (unproven - set(self.told.supported)))

    # who looks at it

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
                self._ended(now["phase"], tuple(self.tries))
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
            if answer.status >= _REFUSED:
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
            for each in getattr(self.application, group) or ()
        }
        if self.application.insurance is not None:
            claims[self.application.insurance.claim] = "insurance"
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
        self.tries += [refusal for each in early for refusal in _of(each)]

    # how it ends

    def _ended(self, where: str, refusals: Refusals, **without: Refusals) -> None:
        it = Ended(where=where, refusals=refusals, without=without)
        self.person.ended[self.name] = it

    def _refused(self, answer: Answer) -> None:
        """At the filing; the same is asked of the notice without each of the rules."""
        without = {}
        for rule in self.rules:
            with self.place.without(rule):
                without[rule] = self._asked()
        self._ended(FILING, _of(answer), **without)

    def _asked(self) -> Refusals:
        """What stands in the way of the same filing, asked without filing it."""
        question = {
            **self.wanted,
            "pack": self.law.id,
            "employer": self.house.organisation,
            "application": self.stated,
            "materials": self.attached,
            "supported": self._supported() if self.attached else [],
        }
        answer = done(self.applicant.client.post("/v1/eligibility-checks", question))
        return tuple({**each, "detail": each["zh"]} for each in answer.body["obstacles"])

    def _held(self, stage: str, again: Callable[[], Answer], answer: Answer) -> None:
        """At a stage; the same act is done without each of the rules, until it is not refused."""
        without: dict[str, Refusals] = {}
        for rule in self.rules:
            with self.place.without(rule):
                once_more = again()
            without[rule] = _of(once_more)
            if once_more.status < _REFUSED:
                break
        self._ended(stage, (*self.tries, *_of(answer)), **without)


def _paper(refusal: Mapping[str, Any]) -> str:
    """The material that a refusal names as missing; nothing where it is about anything else."""
    return str(refusal["pointer"] or "").partition("/materials/")[2]


def _held(title: Title) -> dict[str, Any]:
    """A title as whoever finds it out enters it."""
    return {
        "level": title.level,
        "series": title.series,
        "means": title.via,
        "gained_on": plain(title.gained),
        "appointed_on": plain(title.appointed),
    }


SHOWN = {"assessment": "assessments"}
"""Where what a material supports is not called as the fact is."""


def shown_by(law: Law, material: str, supports: Iterable[str]) -> set[str]:
    """The facts that a material shows."""
    facts = law.whole.facts.items()
    shows = {name for name, fact in facts if fact.material == material}
    return shows | {SHOWN.get(each, each) for each in supports}


def _of(answer: Answer) -> Refusals:
    """The refusals of an answer; of one that is no refusal by rules, its code alone."""
    if answer.status < _REFUSED:
        return ()
    alone = {"code": answer.code, "detail": answer.body["detail"], "pointer": "", "rules": []}
    return tuple(answer.body.get("refusals") or [alone])
