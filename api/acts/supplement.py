"""The law under which a case under way stands: that of its filing, with what of supplements binds.

What was done stays done under the law of its day. Each act goes by what binds when it is done, and
the case says so before it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from api.acts import relation
from api.acts.case_law import ask_of
from domain.case.obstacles import obstacles_of
from domain.case.values import Supplement
from domain.policy.supplement import AT_BEST, BOUND

if TYPE_CHECKING:
    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.policy.law import Law


def under_its_law(desk: Desk, stream: str) -> Case | None:
    """A case as it stands, under the law that binds it now; None where there is none."""
    case = desk.case(stream)
    if case is None or case.filed_under is None or not case.is_open:
        return case
    if not (case.supplements or desk.laws.force.supplements):
        return case
    own = desk.laws.of(case.filed_under)
    by = desk.laws.supplementing(own)
    bound = desk.laws.supplemented(own, by, BOUND) or own
    best = desk.laws.supplemented(own, by, AT_BEST) or own
    if best.digest != bound.digest and is_better(desk, case, best, bound):
        bound = best
    if bound.digest == case.law.digest:
        return case
    named = by if bound.digest != own.digest else ()
    supplements = tuple(
        Supplement(
            edition=each.proposal or "", number=each.edition.number, title=each.edition.title
        )
        for each in named
    )
    return desk.supplement(case, bound, supplements)


def is_better(desk: Desk, case: Case, best: Law, own: Law) -> bool:
    """Whether a law is better for the applicant: nothing stands against them that would not else.

    And something falls away: a reason for which the case can't go on now, or a part of the fee.
    """
    new, old = _weighed(desk, case, best), _weighed(desk, case, own)
    return new.reasons <= old.reasons and new.fee <= old.fee and new != old


class _Weighed(NamedTuple):
    """What stands against an applicant under a law: reasons by their codes, and the fee in fen."""

    reasons: Counter[str]
    fee: int


def _weighed(desk: Desk, case: Case, law: Law) -> _Weighed:
    at, employer = desk.acting.at, relation.registered(desk, case)
    asked = ask_of(desk, law, case, employer, case.filed_at or at, in_window=False)
    told = asked.answer.facts
    onward = obstacles_of(asked.law, told, case, at, desk.calendar)
    fee = law.fee(told)
    reasons = Counter(each.code for each in dict.fromkeys((*asked.answer.obstacles, *onward)))
    return _Weighed(reasons, 0 if fee is None else fee.fen)
