"""What becomes of an organisation: renamed, placed, described, merged, closed, its code put right.

For the administrator of the system, and for who administers an organisation above it: within what
stands beneath their own, never for their own house.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import relation
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION, claim_code, misplaced_of, uppers_of
from api.problems import Problem
from domain.account.events import Role
from domain.area import covers
from domain.organisation import changes
from domain.organisation.changes import Description, Entry, Place
from domain.organisation.creator import wrong_registrar
from domain.organisation.events import CreditCodeReleased
from domain.organisation.state import stream_of_code
from domain.refusal import Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from datetime import date

    from api.acts.desk import Desk, Events
    from domain.organisation.events import Kind, Ownership
    from domain.organisation.state import Organisation


def rename(
    desk: Desk, house: Organisation, *, name: str, effective_on: date, document: str
) -> Events:
    """Enter that an organisation has another name; what was done before keeps the earlier one."""
    return changes.rename(house, name, _entry(desk, effective_on, document))


def place(
    desk: Desk,
    house: Organisation,
    *,
    level: str,
    area: str,
    superior: str | None,
    bureau: str | None,
    effective_on: date,
    document: str,
) -> Events:
    """Enter in which area an organisation is, and beneath whom; all of it is stated anew."""
    uppers = uppers_of(desk, [each for each in (superior, bureau) if each is not None])
    _refuse_beyond(desk, uppers, area)
    to = Place(
        level=level,
        area=area,
        superior=superior,
        bureau=bureau,
        uppers=uppers,
        above=_reached(desk, uppers),
        astray=misplaced_of(desk, level, area),
    )
    return changes.place(house, to, _entry(desk, effective_on, document))


def describe(
    desk: Desk,
    house: Organisation,
    *,
    kind: Kind,
    ownership: Ownership,
    traits: tuple[str, ...],
    effective_on: date,
    document: str,
) -> Events:
    """Enter anew what an organisation is, and what laws ask of it; all of it is stated.

    By whom such a one is registered, where a notice says that.
    """
    described = Description(kind=kind, ownership=ownership, traits=traits)
    as_said = replace(house, kind=kind, ownership=ownership, traits=traits)
    law, registrar = desk.laws.for_area(house.area), desk.house
    if refusals := wrong_registrar(law, as_said, registrar):
        raise Refused(*refusals)
    return changes.describe(house, described, _entry(desk, effective_on, document))


def merge(
    desk: Desk, house: Organisation, *, into: str, effective_on: date, document: str
) -> Events:
    """Enter that an organisation was merged into another, which carries on what was its own."""
    successor = known(desk.organisation(into), "ORGANISATION_UNKNOWN")
    _refuse_beyond(desk, (successor,), successor.area)
    above = _reached(desk, (successor,))
    return changes.merge(house, successor, above, _entry(desk, effective_on, document))


def close(desk: Desk, house: Organisation, *, effective_on: date, document: str) -> Events:
    """Enter that an organisation was closed."""
    return changes.close(house, _entry(desk, effective_on, document))


def correct_credit_code(
    desk: Desk, house: Organisation, *, credit_code: str, effective_on: date, document: str
) -> Events:
    """Enter the credit code of an organisation, or put it right; the former one is free again."""
    events = changes.correct_code(house, credit_code, _entry(desk, effective_on, document))
    own = house.organisation
    desk.write(own, *events)
    for each in events:
        claim_code(desk, each.credit_code, own)
    if house.credit_code is not None:
        desk.write(stream_of_code(house.credit_code), CreditCodeReleased(organisation=own))
    return ()


def _entry(desk: Desk, effective_on: date, document: str) -> Entry:
    return Entry(document=document, effective_on=effective_on, entered_on=desk.acting.today)


def _reached(desk: Desk, from_: tuple[Organisation, ...]) -> frozenset[str]:
    """These, and everybody above them, however high."""
    found: set[str] = set()
    waiting = list(from_)
    while waiting:
        one = waiting.pop()
        if one.organisation in found:
            continue
        found.add(one.organisation)
        waiting += [each for each in map(desk.organisation, one.uppers) if each is not None]
    return frozenset(found)


def _refuse_beyond(desk: Desk, uppers: tuple[Organisation, ...], area: str) -> None:
    """Who administers no more than an organisation gives nothing away to others, and takes nothing.

    Raises the problem ``FORBIDDEN``.
    """
    if desk.acting.has((Role.SYSTEM_ADMINISTRATOR,)):
        return
    own = desk.house
    within = {Relation.ORGANISATION, Relation.SUBORDINATE}
    strangers = [each for each in uppers if within.isdisjoint(relation.to_organisation(desk, each))]
    if not uppers or strangers or not covers(own.area, area):
        raise Problem("FORBIDDEN")


RENAME = Row(ORGANISATION, Act.RENAME_ORGANISATION, rename)
PLACE = Row(ORGANISATION, Act.PLACE_ORGANISATION, place)
DESCRIBE = Row(ORGANISATION, Act.DESCRIBE_ORGANISATION, describe)
MERGE = Row(ORGANISATION, Act.MERGE_ORGANISATION, merge)
CLOSE = Row(ORGANISATION, Act.CLOSE_ORGANISATION, close)
CORRECT_CODE = Row(ORGANISATION, Act.CORRECT_CREDIT_CODE, correct_credit_code)
