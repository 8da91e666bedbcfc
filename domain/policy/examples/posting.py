"""Worked examples about publicity: when a posting has run, and what may go on at an instant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.calendar import Calendar
from domain.policy.examples.facts import ExampleError, Given, instant
from domain.policy.law import Law
from domain.policy.publicity import FLAG, Publicity, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.windows import Window

POSTED = ("posted", "employer_publicity_posted", "result_publicity_posted")
ATTEMPTS = ("forward_attempts", "issue_attempt_at", "forwarded_at", "issue_attempts")


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One posting of an example, under the publicity that the law prescribes."""

    given: Given
    law: Law
    publicity: Publicity
    calendar: Calendar
    posted: date

    @classmethod
    def of(cls, given: Given, law: Law, calendar: Calendar) -> Posting:
        """Read the posting; a year that the example says is not loaded is withheld."""
        withheld = frozenset(
            int(found[1])
            for key, loaded in given.items()
            if (found := re.fullmatch(r"calendar_(\d{4})_loaded", key)) and loaded is False
        )
        posted = next((given[key] for key in POSTED if key in given), None)
        if posted is None:
            raise ExampleError("facts.posted", "missing", "缺少这一项")
        return cls(
            given=given,
            law=law,
            publicity=_prescribed(given, law),
            calendar=replace(calendar, withheld=calendar.withheld | withheld),
            posted=_beijing_day(posted),
        )

    def answers(self) -> list[Mapping[str, Any]]:
        """What the law answers to each attempt to go on.

        Raises ``CalendarNotPublishedError``.
        """
        run = self.publicity.run(self.posted, self.calendar)
        computed = [run.computed]
        voided = self._voided(run)
        if voided and "reposted" in self.given:
            run = self.publicity.run(_beijing_day(self.given["reposted"]), self.calendar)
            computed.append(run.computed)
        common: dict[str, Any] = {
            "computed": computed,
            "earliest_forward": run.free_from,
            "earliest_issue": run.free_from,
            "ends": run.ends,
            "reasons": [],
            "rests_on": [each.rule for each in self.publicity.citations],
        }
        attempts = self.attempts()
        if voided:
            return [{**common, "outcome": "blocked"}]
        if not attempts:
            return [{**common, **self._against_window(run)}]
        return [{**common, **self._at(run, each)} for each in attempts]

    def _voided(self, run: Run) -> bool:
        taken_down = self.given.get("taken_down")
        return taken_down is not None and instant(taken_down) < run.free_from

    def attempts(self) -> list[datetime]:
        """The instants at which the example goes on, or issues."""
        for key in ATTEMPTS:
            if key in self.given:
                value = self.given[key]
                return [instant(each) for each in (value if isinstance(value, list) else [value])]
        return []

    def _at(self, run: Run, attempt: datetime) -> dict[str, Any]:
        short = self.publicity.too_short(run, attempt)
        if short is not None:
            return {"outcome": self._breach(), "reasons": [short.code]}
        raised = self.given.get("objection_raised_at")
        if raised is None:
            return {"outcome": "allowed"}
        if instant(raised) < run.free_from:
            return {"outcome": "blocked", "reasons": ["OPEN_OBJECTION"]}
        return {"outcome": "allowed", "recorded_as": "complaint"}

    def _against_window(self, run: Run) -> dict[str, Any]:
        """Whether the stage can still forward in its window once the posting has run."""
        closing = [
            window.last_day
            for window in self.law.windows()
            if self.publicity.stage in window.binds and self._in(window)
        ]
        if closing and beijing.day(run.free_from) > max(closing):
            return {"outcome": self._breach(), "reasons": ["PUBLICITY_TOO_SHORT"]}
        done = self.given.get("preliminary_done")
        return {"outcome": "accepted" if done else "allowed"}

    def _in(self, window: Window) -> bool:
        """Whether it is the window of the batch that is named, or else one open on that day."""
        if "batch" in self.given:
            return bool(window.batch == self.given["batch"])
        return (window.opens or self.posted) <= self.posted <= window.last_day

    def _breach(self) -> str:
        return "flagged" if self.publicity.on_breach == FLAG else "refused"


def _prescribed(given: Given, law: Law) -> Publicity:
    """The publicity of the stage that the example names, or a plain one of the default length."""
    plain = "n" in given and "stage" not in given
    named = None if plain else law.publicity(str(given.get("stage", "employer")))
    if named is None:
        default = law.whole.publicity_default
        if default is None:
            raise ExampleError(
                "facts.stage", "the law prescribes no publicity", "政策包没有规定公示"
            )
        named = Publicity(
            id="plain",
            chinese="公示",
            english="publicity",
            stage="",
            before="forward",
            place="",
            working_days=default.working_days,
            length_source=default.citations[0].source,
            counting=default.counting,
            on_breach="refuse",
            citations=default.citations,
        )
    return replace(named, working_days=int(given.get("n", named.working_days)))


def _beijing_day(value: date | str) -> date:
    if isinstance(value, str):
        return beijing.day(instant(value))
    return value
