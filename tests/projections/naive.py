"""What cases can be asked for, folded from their histories with nothing but loops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.actor import AccountActor
from domain.case.correction import ActRescinded
from domain.case.objections import ReturnedOnObjection
from domain.case.returning import CaseReturned
from domain.case.review import CaseNotAccepted, CaseRejected, HandlerOpinionGiven, LeaderApproved
from projections.case_acts import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.record import Recorded
    from projections.asking import Asked, Scalar

_DECIDING = (LeaderApproved, CaseNotAccepted, CaseRejected, CaseReturned)
_SIGNS = {
    "=": lambda a, b: a == b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


@dataclass
class Told:
    """One case: who dealt with it where, what was done in it, how often it was returned."""

    dealings: dict[tuple[str, str, int], dict[str, Any]] = field(default_factory=dict)
    acts: list[dict[str, Any]] = field(default_factory=list)
    returned: int = 0

    @classmethod
    def by(cls, history: Iterable[Recorded]) -> Told:
        """A case by its history, without what was rescinded as a slip."""
        recorded = list(history)
        slips = {each.event.act for each in recorded if isinstance(each.event, ActRescinded)}
        told = cls()
        for one in recorded:
            told._act(one)
            if one.version not in slips:
                told._deal(one)
        return told

    def _act(self, one: Recorded) -> None:
        if isinstance(one.actor, AccountActor) and one.event.topic in TOLD:
            who = {one.actor.person, one.actor.account}
            self.acts.append({"actor": who, "act": {one.event.topic}})

    def _deal(self, one: Recorded) -> None:
        event, actor = one.event, one.actor
        self.returned += isinstance(event, (CaseReturned, ReturnedOnObjection))
        if not isinstance(actor, AccountActor):
            return
        if isinstance(event, (HandlerOpinionGiven, *_DECIDING)):
            key = (event.stage, event.organisation, event.round)
            row = self.dealings.setdefault(
                key, {"handler": set(), "leader": set(), "decided": set()}
            )
            seat = getattr(event, "seat", "leader")
            row["handler" if isinstance(event, HandlerOpinionGiven) else seat] = {
                actor.person,
                actor.account,
            }
            if isinstance(event, _DECIDING):
                row["decided"] = {beijing.day(one.recorded_at)}

    def meets(self, asked: Sequence[Asked]) -> bool:
        """Whether every term holds, those about one stage or one act of one and the same."""
        return all(
            self._together(names, rows, asked)
            for names, rows in (
                (("handler", "leader", "decided"), list(self.dealings.values())),
                (("actor", "act"), self.acts),
                (("returned",), [{"returned": {self.returned}}]),
            )
        )

    def _together(
        self, names: Sequence[str], rows: Sequence[dict[str, Any]], asked: Sequence[Asked]
    ) -> bool:
        mine = [each for each in asked if each.name in names]
        plain = [each for each in mine if not each.negated]
        there = not plain or any(all(_holds(e, row[e.name]) for e in plain) for row in rows)
        return there and not any(_holds(e, row[e.name]) for e in mine if e.negated for row in rows)


def _holds(asked: Asked, values: set[Scalar]) -> bool:
    return any(
        all(_SIGNS[sign](value, end) for sign, end in bound)
        for bound in asked.bounds
        for value in values
    )
