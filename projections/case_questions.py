"""What can be asked of a list of cases, qualifier by qualifier, of whom it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections import organisations
from projections.asking import Asked, by_whom, compared, on_days, turned
from projections.case_acts import TOLD, acts
from projections.case_scope import seen
from projections.dealings import dealings
from projections.late_acts import late_acts
from projections.listing import both, either
from projections.parties import parties
from projections.refusals import refused
from projections.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from projections.listing import Condition

COLUMNS = {
    "status": "phase",
    "stage": "stage",
    "pack": "pack",
    "series": "series",
    "level": "level",
    "batch": "batch",
    "number": "number",
    "applicant": "applicant",
    "employer": "employer",
    "returned": "returns",
}
"""What is compared with a column of the case itself."""
_INSTANTS = {"filed": "submitted_at", "changed": "changed_at", "due": "due_at"}
DEALING = frozenset({"handler", "leader", "decided"})
"""What is asked of one and the same stage: decided by this leader, in these days."""
ACTING = frozenset({"actor", "act"})
"""What is asked of one and the same act."""


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Of which cases, or of which offices, the caller may be told more than that they are there.

    ``dealings``: who dealt with them; ``history``: what was done in them; ``findings``: what was
    late; ``refusals``: at which offices what was refused.
    """

    dealings: Scope
    history: Scope
    findings: Scope
    refusals: Scope


def conditions(asked: Sequence[Asked], charge: Charge) -> list[Condition]:
    """Every term as a condition on ``case_status``; terms about one stage or act stand together.

    What a caller may not be told of a case finds none, whether it is so or not.
    """
    apart = [each for each in asked if each.negated or each.name not in DEALING | ACTING]
    found = [_single(each, charge) for each in apart]
    for group, whole in ((DEALING, _dealt), (ACTING, _acted)):
        together = [each for each in asked if each.name in group and not each.negated]
        if together:
            found.append(whole(together, charge))
    return found


def _single(asked: Asked, charge: Charge) -> Condition:
    if asked.name in COLUMNS:
        return turned(asked, compared(f"case_status.{COLUMNS[asked.name]}", asked))
    if asked.name in _INSTANTS:
        return turned(asked, compared(f"case_status.{_INSTANTS[asked.name]}", on_days(asked)))
    return _OTHERS[asked.name](asked, charge)


def _flagged(asked: Asked, _: Charge) -> Condition:
    return turned(asked, ("case_status.flags && %s", [asked.words()]))


def _concerning(asked: Asked, _: Charge) -> Condition:
    return turned(asked, _exists(parties.stored, ("one.party = ANY (%s)", [asked.words()])))


def _dealing(asked: Asked, charge: Charge) -> Condition:
    return _dealt([asked], charge)


def _acting(asked: Asked, charge: Charge) -> Condition:
    return _acted([asked], charge)


def _refused(asked: Asked, charge: Charge) -> Condition:
    if charge.refusals == Scope():
        return either()
    where = organisations.seen(charge.refusals, "one.organisation")
    return _yes_or_no(asked, _exists(refused.stored, where))


def _late(asked: Asked, charge: Charge) -> Condition:
    late = _exists(late_acts.stored, ("true", []))
    return both(seen(charge.findings), _yes_or_no(asked, late))


_OTHERS: Mapping[str, Callable[[Asked, Charge], Condition]] = {
    "flag": _flagged,
    "org": _concerning,
    "area": _concerning,
    "refused": _refused,
    "late": _late,
    **dict.fromkeys(DEALING, _dealing),
    **dict.fromkeys(ACTING, _acting),
}
NAMES = frozenset({*COLUMNS, *_INSTANTS, *_OTHERS})
"""Every qualifier of a list of cases, but the order."""


def _dealt(asked: Sequence[Asked], charge: Charge) -> Condition:
    some = [
        compared("one.decided_on", each)
        if each.name == "decided"
        else by_whom("one", each.name, f"{each.name}_account", each)
        for each in asked
    ]
    there = turned(asked[0], _exists(dealings.stored, *some))
    return both(seen(charge.dealings), there)


def _acted(asked: Sequence[Asked], charge: Charge) -> Condition:
    some = [
        by_whom("one", "person", "account", each)
        if each.name == "actor"
        else compared("one.topic", each)
        for each in asked
    ]
    there = turned(asked[0], _exists(acts.stored, ("one.topic = ANY (%s)", [list(TOLD)]), *some))
    return both(seen(charge.history), there)


def _exists(table: str, *some: Condition) -> Condition:
    where, given = both(*some)
    here = 'one."case" = case_status."case"'
    return f"EXISTS (SELECT FROM {table} AS one WHERE {here} AND {where})", given


def _yes_or_no(asked: Asked, condition: Condition) -> Condition:
    """That it is so, or is not, as the term says; both said narrow nothing."""
    said = {bool(each) for each in asked.words()}
    where, given = condition
    told = [where if each else f"NOT {where}" for each in sorted(said)]
    return turned(asked, (f"({' OR '.join(told)})", given * len(told)))
