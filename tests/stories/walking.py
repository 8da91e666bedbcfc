"""What a worked example tells, walked over HTTP: by a person, and whoever reviews what they file.

Many walk at one place and time: each says until when they wait, and the clock goes on to whoever
waits for the earliest instant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.http.pack_document import plain
from domain.policy.checks.achievements import Recorded
from domain.policy.records import NotMentioned
from tests.api import achievements
from tests.api.filings import DECLARED, SCAN, done
from tests.api.society import beijing as at
from tests.stories.claims import Told
from tests.stories.reviewing import Review
from tests.stories.setting import filed_at, unit_of, wanted
from tests.stories.way import FILING, REFUSED, Ended, refusals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tests.api.client import Answer
    from tests.stories.locality import Locality
    from tests.stories.way import Refusals, Way

_TIMES = 3
"""How often papers are brought that one is told of."""


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
            it = Filing(self, name, way, rules)
            if not self.path:
                self._open()
            answer = it.tried()
            if answer.status < REFUSED:
                self.place.later(self.place.clock.now(), Review(it).goes_on())
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
        if answer.status < REFUSED:
            self.version = int(answer.headers["ETag"][2:-1])
        return answer


class Filing:
    """A filing: told, tried, and on its way through the stages if nothing refused it."""

    def __init__(self, person: _Person, name: str, way: Way, rules: tuple[str, ...]) -> None:
        self.person, self.place, self.law = person, person.place, person.law
        self.name, self.way, self.rules = name, way, rules
        self.house, self.applicant, self.wanted = person.house, person.applicant, person.wanted
        self.told = Told(way.facts, self.law, way.unsaid)
        self.application = self.told.application(self.wanted["specialty"], self.house.name)
        self.attached: list[str] = []
        self.tries: list[Mapping[str, Any]] = []

    def tried(self) -> Answer:
        """The filing, once more with the papers of which somebody is told that they are missing."""
        self.applicant = self.person.applicant
        self._keep_record()
        self.stated = plain(self.application)
        done(self.person.does("applications", self.stated))
        self.path = self.person.path
        answer = self.person.does("submissions", DECLARED)
        for _ in range(_TIMES):
            missing = [_paper(each) for each in refusals_of(answer)]
            if answer.status < REFUSED or self.way.paperless or not all(missing):
                break
            for kind in missing:
                self._attach(kind)
            answer = self.person.does("submissions", DECLARED)
        if answer.status >= REFUSED:
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

    def end(self, where: str, refusals: Refusals, **without: Refusals) -> None:
        """Say where it ended, and with which refusals."""
        it = Ended(where=where, refusals=refusals, without=without)
        self.person.ended[self.name] = it

    def _refused(self, answer: Answer) -> None:
        """At the filing; the same is asked of the notice without each of the rules."""
        without = {}
        for rule in self.rules:
            with self.place.without(rule):
                without[rule] = self._asked()
        self.end(FILING, refusals_of(answer), **without)

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


def _paper(refusal: Mapping[str, Any]) -> str:
    """The material that a refusal names as missing; nothing where it is about anything else."""
    return str(refusal["pointer"] or "").partition("/materials/")[2]


def walked(place: Locality, ways: Mapping[str, tuple[Way, tuple[str, ...]]]) -> dict[str, Ended]:
    """How each of these ends, each with the rules without which the same is tried once more.

    All of them together, as time goes on. Whoever asks for the same title through the same
    employer at the same time is one person, until a case of theirs is filed.
    """
    people: dict[str, _Person] = {}
    for name, (way, rules) in ways.items():
        person = _Person(place, way)
        known = people.setdefault(person.asks_for, person)
        known.ways.append((name, way, rules))
    for each in people.values():
        place.later(each.begins, each.files())
    place.go_on()
    return {name: it for each in people.values() for name, it in each.ended.items()}
