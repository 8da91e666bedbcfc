"""Edges on the calendar: windows, the hand-over of paper, the end of the work, publicity."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from domain import beijing
from domain.calendar import Calendar, CalendarNotPublishedError
from domain.policy.cover.boundary import Boundary, Given, Side
from domain.policy.duties import Completion
from domain.policy.examples.facts import facts_from, instant
from domain.policy.examples.posting import ATTEMPTS, POSTED, Posting
from domain.policy.law import Law
from domain.policy.places import PaperLeg
from domain.policy.publicity import Publicity
from domain.policy.silent import DATES
from domain.policy.windows import APPLICANT, ARRIVAL, Window

if TYPE_CHECKING:
    from collections.abc import Iterator


MORNING = time(9)
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, kw_only=True)
class Edge(Boundary):
    """A first or a last day; ``hour`` is until when the last day runs."""

    day: date
    opening: bool = False
    hour: time = LAST_SECOND

    def offset(self, at: datetime) -> int:
        """How many days an instant lies past the edge; past the hour of the last day is past it."""
        days = (beijing.day(at) - self.day).days
        late = at.astimezone(beijing.BEIJING).time().replace(microsecond=0) > self.hour
        return 1 if days == 0 and late and not self.opening else days

    def moment(self, side: Side) -> str:
        """The instant on that side that is nearest to the edge."""
        day = self.day + timedelta(days=side)
        if self.opening:
            at = {Side.BEFORE: LAST_SECOND, Side.ON: time(0), Side.AFTER: MORNING}[side]
        else:
            at = {Side.BEFORE: MORNING, Side.ON: self.hour, Side.AFTER: time(0)}[side]
            if side is Side.AFTER and self.hour != LAST_SECOND:
                return (self._last() + timedelta(seconds=1)).isoformat()
        return datetime.combine(day, at, beijing.BEIJING).isoformat()

    def _last(self) -> datetime:
        return datetime.combine(self.day, self.hour, beijing.BEIJING)


@dataclass(frozen=True, kw_only=True)
class WindowEdge(Edge):
    """The first or last day of a window."""

    law: Law
    window: Window

    def offsets(self, given: Given) -> list[int]:
        """One for each instant, where the window binds who acts."""
        if "leg" in given or "at" not in given:
            return []
        facts = facts_from(_without(given, "who", "at"))
        who = given.get("who", APPLICANT)
        stages = [stage.id for stage in self.law.chain(facts)]
        following = stages.index(who) + 1 if who in stages else 0
        bound = {who, *(ARRIVAL + stage for stage in stages[following:])}
        if not bound & set(self.window.binds) or self.window.when.holds(facts) is False:
            return []
        if any(other.when.holds(facts) for other in self.law.whole.silent_about(DATES)):
            return []
        return [self.offset(instant(at)) for at in _listed(given["at"])]

    def moved(self, given: Given, side: Side) -> Given | None:
        """The same actor at the nearest instant on that side."""
        return {**_without(given, "at"), "at": [self.moment(side)]}

    def blank(self) -> Given | None:
        """Whoever is bound, with nothing else known of the case."""
        bound = self.window.binds[0]
        if not bound.startswith(ARRIVAL):
            return {"who": bound}
        stages = list(self.law.whole.stages)
        before = stages.index(bound.removeprefix(ARRIVAL)) - 1
        return {"who": stages[before] if before >= 0 else APPLICANT}


@dataclass(frozen=True, kw_only=True)
class PaperEdge(Edge):
    """The first or last day of a hand-over of paper."""

    law: Law
    leg: PaperLeg

    def offsets(self, given: Given) -> list[int]:
        """One for each instant, where the case has this hand-over."""
        if given.get("leg") != self.leg.leg or "at" not in given:
            return []
        legs = self.law.paper_legs(facts_from(_without(given, "who", "at", "leg")))
        if self.leg.id not in {each.id for each in legs}:
            return []
        return [self.offset(instant(at)) for at in _listed(given["at"])]

    def moved(self, given: Given, side: Side) -> Given | None:
        """The same hand-over at the nearest instant on that side."""
        return {**_without(given, "at"), "at": [self.moment(side)]}


@dataclass(frozen=True, kw_only=True)
class CompletionEdge(Edge):
    """The day by which the work of some batches is to be done."""

    completion: Completion

    def offsets(self, given: Given) -> list[int]:
        """One for each decision of these batches."""
        if given.get("batch") not in self.completion.batches:
            return []
        return [self.offset(instant(at)) for at in _listed(given.get("decided_at", []))]

    def moved(self, given: Given, side: Side) -> Given | None:
        """A decision at the nearest instant on that side."""
        return {**given, "decided_at": [self.moment(side)]}

    def blank(self) -> Given | None:
        """The first of the batches."""
        return {"batch": self.completion.batches[0]}


@dataclass(frozen=True, kw_only=True)
class PublicityEdge(Boundary):
    """The last day of a publicity, reckoned from each posting."""

    law: Law
    calendar: Calendar = field(repr=False)
    publicity: Publicity

    def offsets(self, given: Given) -> list[int]:
        """One for each attempt to go on; none where the year's working days are not known."""
        edge = self._edge(given)
        if edge is None:
            return []
        return [edge.offset(at) for at in self._posting(given).attempts()]

    def moved(self, given: Given, side: Side) -> Given | None:
        """The same posting with one attempt at the nearest instant on that side."""
        edge = self._edge(given)
        if edge is None:
            return None
        key = "forward_attempts" if self.publicity.before == "forward" else "issue_attempts"
        return {**_without(given, *ATTEMPTS), key: [edge.moment(side)]}

    def blank(self) -> Given | None:
        """A posting on the first day of a window, or on the day of the notice."""
        days = [each.opens or each.last_day for each in self.law.windows()]
        day = min(days, default=self.law.issued_on)
        if day is None:
            return None
        posted = datetime.combine(day, MORNING, beijing.BEIJING)
        return {"stage": self.publicity.id, "posted": posted.isoformat()}

    def _posting(self, given: Given) -> Posting:
        return Posting.of(given, self.law, self.calendar)

    def _edge(self, given: Given) -> Edge | None:
        if not any(key in given for key in POSTED) or "taken_down" in given:
            return None
        posting = self._posting(given)
        if posting.publicity.id != self.publicity.id:
            return None
        try:
            ends = posting.publicity.run(posting.posted, posting.calendar).ends
        except CalendarNotPublishedError:
            return None
        return Edge(
            key=self.key,
            kind=self.kind,
            chinese=self.chinese,
            english=self.english,
            citations=self.citations,
            day=ends,
        )


def of_calendar(law: Law, calendar: Calendar) -> Iterator[Boundary]:
    """Every edge on the calendar of a law."""
    for window in law.windows():
        yield from _of_window(window, law)
    for leg in law.whole.paper_legs.values():
        for name, day in (("opens", leg.opens), ("closes", leg.closes)):
            if day is not None:
                yield PaperEdge(
                    key=f"paper_legs[{leg.id}].{name}",
                    kind="window",
                    chinese=f"纸质材料第{leg.leg}程{_edge(name)[0]} {day}",
                    english=f"paper leg {leg.leg} {_edge(name)[1]} {day}",
                    citations=leg.citations,
                    day=day,
                    opening=name == "opens",
                    law=law,
                    leg=leg,
                )
    for each in law.whole.completion.values():
        yield CompletionEdge(
            key=f"completion[{each.id}].finish_by",
            kind="completion",
            chinese=f"工作完成期限 {each.finish_by}",
            english=f"work finished by {each.finish_by}",
            citations=each.citations,
            day=each.finish_by,
            completion=each,
        )
    for publicity in law.publicities():
        yield PublicityEdge(
            key=f"publicity[{publicity.id}]",
            kind="publicity",
            chinese=f"{publicity.chinese}满{publicity.length[0]}",
            english=f"{publicity.english}: {publicity.length[1]}",
            citations=publicity.citations,
            law=law,
            calendar=calendar,
            publicity=publicity,
        )


def _of_window(window: Window, law: Law) -> Iterator[Boundary]:
    batch = law.whole.batches[window.batch]
    for name, day in (("opens", window.opens), ("closes", window.closes)):
        if day is not None:
            closing = name == "closes" and window.closes_at is not None
            yield WindowEdge(
                key=f"windows[{window.id}].{name}",
                kind="window",
                chinese=f"{batch.chinese}{_edge(name)[0]} {day}",
                english=f"{batch.english} {_edge(name)[1]} {day}",
                citations=window.citations,
                day=day,
                opening=name == "opens",
                hour=window.closes_at if closing and window.closes_at else LAST_SECOND,
                law=law,
                window=window,
            )


def _edge(name: str) -> tuple[str, str]:
    return ("开始", "opens") if name == "opens" else ("截止", "closes")


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _without(given: Given, *keys: str) -> Given:
    return {key: value for key, value in given.items() if key not in keys}
