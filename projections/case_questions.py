"""What can be asked of a list of cases, qualifier by qualifier, of whom it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.case.phase import PhaseName
from projections import organisations
from projections.asking import Asked, by_whom, compared, on_days, turned
from projections.case_acts import TOLD, acts
from projections.case_order import Beginnings, opened_by
from projections.case_scope import seen_here
from projections.dealings import dealings
from projections.late_acts import late_acts
from projections.listing import ALWAYS, both, either
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
_AFTER_OPENING = frozenset({"filed", "changed"})
"""Of these, what is never before the case was opened."""
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
    found = [condition for each in apart for condition in _single(each, charge)]
    for group, whole in ((DEALING, _dealt), (ACTING, _acted)):
        together = [each for each in asked if each.name in group and not each.negated]
        if together:
            found += whole(together, charge)
    return found


def beginnings(asked: Sequence[Asked], charge: Charge) -> Beginnings | None:
    """Where the cases begin of which one thing alone is asked that few of many may meet.

    None where the newest are looked through, or an index of one value brings them in order.
    """
    if len(asked) != 1 or asked[0].negated:
        return None
    (one,) = asked
    words, so = one.words(), one.words() == [True]
    if one.name == "act":
        told = [("one.topic = %s", [each]) for each in words if each in TOLD]
        found = [_found(acts.stored, each) for each in told]
        return Beginnings(found, seen_here(charge.history)) if found else None
    if one.name == "late" and so:
        return Beginnings([_found(late_acts.stored, ALWAYS)], seen_here(charge.findings))
    if one.name == "refused" and so and charge.refusals != Scope():
        where = organisations.seen(charge.refusals, "one.organisation")
        return Beginnings([_found(refused.stored, where)])
    return None


def _found(table: str, condition: Condition) -> Condition:
    where, given = condition
    return f'SELECT one."case" FROM {table} AS one WHERE one."case" IS NOT NULL AND {where}', given


def _single(asked: Asked, charge: Charge) -> list[Condition]:
    if asked.name == "status" and asked.negated:
        others = [each for each in PhaseName if each not in asked.words()]
        return [("case_status.phase = ANY (%s)", [others])]
    if asked.name in COLUMNS:
        return [turned(asked, compared(f"case_status.{COLUMNS[asked.name]}", asked))]
    if asked.name in _INSTANTS:
        when = on_days(asked)
        found = turned(asked, compared(f"case_status.{_INSTANTS[asked.name]}", when))
        return [found, *_opened_before(when)]
    return _OTHERS[asked.name](asked, charge)


def _opened_before(when: Asked) -> list[Condition]:
    """What happened to a case before some instant, happened to one that was opened by then.

    Who comes from the newest case begins there, and not at the end of the record.
    """
    ends = [dict(bound).get("<") for bound in when.bounds]
    known = [each for each in ends if isinstance(each, datetime)]
    if when.negated or when.name not in _AFTER_OPENING or len(known) < len(ends):
        return []
    return [('case_status."case" < %s', [opened_by(max(known))])]


def _flagged(asked: Asked, _: Charge) -> list[Condition]:
    return [turned(asked, ("case_status.flags && %s", [asked.words()]))]


def _concerning(asked: Asked, _: Charge) -> list[Condition]:
    return [turned(asked, _exists(parties.stored, ("one.party = ANY (%s)", [asked.words()])))]


def _dealing(asked: Asked, charge: Charge) -> list[Condition]:
    return _dealt([asked], charge)


def _acting(asked: Asked, charge: Charge) -> list[Condition]:
    return _acted([asked], charge)


def _refused(asked: Asked, charge: Charge) -> list[Condition]:
    if charge.refusals == Scope():
        return [either()]
    where = organisations.seen(charge.refusals, "one.organisation")
    return [_yes_or_no(asked, refused.stored, where)]


def _late(asked: Asked, charge: Charge) -> list[Condition]:
    return [*seen_here(charge.findings), _yes_or_no(asked, late_acts.stored, ALWAYS)]


_OTHERS: Mapping[str, Callable[[Asked, Charge], list[Condition]]] = {
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


def _dealt(asked: Sequence[Asked], charge: Charge) -> list[Condition]:
    some = [
        compared("one.decided_on", each)
        if each.name == "decided"
        else by_whom("one", each.name, f"{each.name}_account", each)
        for each in asked
    ]
    there = turned(asked[0], _exists(dealings.stored, *some))
    return [*seen_here(charge.dealings), there]


def _acted(asked: Sequence[Asked], charge: Charge) -> list[Condition]:
    some = [
        by_whom("one", "person", "account", each)
        if each.name == "actor"
        else compared("one.topic", each)
        for each in asked
    ]
    there = turned(asked[0], _exists(acts.stored, ("one.topic = ANY (%s)", [list(TOLD)]), *some))
    return [*seen_here(charge.history), there]


def _exists(table: str, *some: Condition, rest: str = "") -> Condition:
    where, given = both(*some)
    here = 'one."case" = case_status."case"'
    return f"EXISTS (SELECT FROM {table} AS one WHERE {here} AND {where}{rest})", given


def _yes_or_no(asked: Asked, table: str, condition: Condition) -> Condition:
    """That a table has something of a case, or has not, as the term says; both narrow nothing.

    ``OFFSET``: it is looked up case by case, for what all have is more than a caller is shown.
    """
    said = {bool(each) for each in asked.words()}
    where, given = _exists(table, condition, rest=" OFFSET 0")
    told = [where if each else f"NOT {where}" for each in sorted(said)]
    return turned(asked, (f"({' OR '.join(told)})", given * len(told)))
