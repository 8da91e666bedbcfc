"""Competence (管辖): whether the organisation that acts has power over what the act is about.

A seat alone never suffices. The grant is looked up among the organisation's own, at the moment of
the act, and the events name it; whence it came was judged when it was confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Relation, permitted
from api.acts import relation
from api.powers import AT_HOME, BODY, POWERS
from api.problems import Problem
from domain.authority.power import (
    COMPETENT_DEPARTMENT,
    EMPLOYER,
    GRANTED_BODIES,
    Matter,
)
from domain.person.events import AccountHeld, PersonMoved
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.access import Act
    from api.acts.desk import Desk
    from domain.case.state import Case
    from domain.organisation.state import Organisation

_PERSONAL = frozenset({Relation.OWN, Relation.JURISDICTION})
"""Whoever acts in their own affair, or watches, does so by no power of an office."""
_WORDS = {
    "registry": "单位登记",
    "identity": "人员身份核定",
    "integrity": "诚信管理",
    "objections": "异议与投诉受理",
    "erasure": "个人信息删除",
    "law": "政策施行",
    BODY: "审核环节",
}
"""How the powers by which acts are done are called where one is missing."""


@dataclass(frozen=True, kw_only=True)
class Concern:
    """What has to be covered by the power of whoever deals with a thing.

    ``office`` is the organisation that acts. ``bodies`` are those of which it has to be one where
    the act is one of a reviewing body; an employer is one without a grant. ``also`` are further
    bodies that would do. ``matters`` are what the act is about, each of which has to be covered
    by the same grant.
    """

    office: str | None
    matters: tuple[Matter, ...]
    bodies: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def about_itself(desk: Desk, _thing: object) -> Concern:
    """What an organisation does about itself, and all that it can be."""
    where = desk.acting.actor.organisation
    own = None if where is None else desk.organisation(where)
    if own is None:
        return Concern(office=None, matters=())
    matter = Matter(area=own.area)
    return Concern(office=own.organisation, matters=(matter,), bodies=GRANTED_BODIES)


def as_asked(_desk: Desk, _thing: object) -> None:
    """What the act is about is only in the request: the act asks for the power itself."""


def about_organisation(desk: Desk, organisation: Organisation) -> Concern:
    """What the caller's organisation does about another."""
    return Concern(
        office=desk.acting.actor.organisation,
        matters=(Matter(area=organisation.area),),
        bodies=GRANTED_BODIES,
    )


def over(desk: Desk, *matters: Matter) -> Concern:
    """What the caller's organisation does, by an affair, over these matters."""
    return Concern(office=desk.acting.actor.organisation, matters=matters)


def over_persons(desk: Desk, *persons: str) -> Concern:
    """What the caller's organisation does, by an affair, about persons: where each belongs."""
    return over(desk, *about_persons(desk, *persons))


def over_cases(desk: Desk, *cases: Case) -> Concern:
    """What the caller's organisation does, by an affair, about cases."""
    return over(desk, *(matter_of(desk, each) for each in cases))


def managing(desk: Desk, house: Organisation) -> Concern:
    """What the caller's organisation does about the register entry and accounts of another.

    A department does so for its own subordinates without having the registry.
    """
    own = desk.acting.actor.organisation
    also = (COMPETENT_DEPARTMENT,) if own == house.superior else ()
    return replace(about_organisation(desk, house), also=also)


def matter_of(desk: Desk, case: Case) -> Matter:
    """What an act on a case is about: the employer's area, the level and series applied for."""
    return desk.once(_matter_of, case)


def _matter_of(desk: Desk, case: Case) -> Matter:
    employer = desk.organisation(case.employer)
    assert employer is not None
    return Matter(area=employer.area, level=case.level, series=case.series)


def about_persons(desk: Desk, *persons: str) -> tuple[Matter, ...]:
    """Where persons belong: the areas of all organisations in which they have an account.

    Who has left belongs where they last did; who never belonged anywhere is a matter of the whole
    record.
    """
    areas: dict[str, None] = {}
    for person in persons:
        circle = desk.circle(person)
        held = {organisation for each in circle for _, organisation, _ in each.accounts}
        held = held or {where for each in circle for where in last_held(desk, each.person)}
        houses = [desk.organisation(each) for each in sorted(filter(None, held))]
        found = [house.area for house in houses if house is not None]
        areas |= dict.fromkeys(found or [""])
    return tuple(Matter(area=area) for area in areas)


def last_held(desk: Desk, person: str) -> set[str | None]:
    """The organisations in which accounts of a person are, or were when they were disabled."""
    events = desk.history(person).events
    held = (each for each in events if isinstance(each, AccountHeld | PersonMoved))
    return set({each.account: each.organisation for each in held}.values())


def covers_persons(desk: Desk, affair: str, *persons: str) -> bool:
    """Whether the caller's office deals with an affair, over all of these persons."""
    concern = over_persons(desk, *persons) if persons else about_itself(desk, None)
    return _grant(desk, (affair,), concern) is not None


def dealt_with(desk: Desk, affair: str) -> tuple[str, ...]:
    """The areas over which the caller's office deals with an affair today; none, where it does not.

    As ``covers_persons`` says it of one human being, for lists: one of them covers all that it is
    about.
    """
    own = desk.acting.actor.organisation
    held = () if own is None else desk.authority(own).powers(affair, desk.acting.today)
    return tuple(dict.fromkeys(each.area for each in held))


def let_through(
    desk: Desk,
    acts: tuple[Act, ...],
    relations: Iterable[Relation],
    concern: Concern | None,
    *,
    reading: Act | None = None,
) -> None:
    """Let one of these acts through that the caller may do, within the power that it takes.

    Raises what ``relation.require`` raises, and the problem ``WITHOUT_POWER``.
    """
    stands = set(relations)
    relation.require(desk, acts, stands, reading=reading)
    require(desk, acts, stands, concern)


def require(
    desk: Desk,
    acts: tuple[Act, ...],
    relations: Iterable[Relation],
    concern: Concern | None,
) -> None:
    """Let the events say by which grant one of these acts is done, or answer that there is none.

    Raises the problem ``WITHOUT_POWER``.
    """
    if concern is None:
        return
    stands, roles = set(relations), desk.acting.roles
    lacking = None
    for act in acts:
        if not permitted(act, roles, stands):
            continue
        kinds = _kinds(desk, act, stands, concern)
        grant = _grant(desk, kinds, concern) if kinds else None
        if not kinds or grant is not None:
            desk.power = grant
            return
        lacking = act
    if lacking is not None:
        raise _without(lacking, concern)


def in_name_of(desk: Desk, holder: str | None, power: str | None) -> str | None:
    """In whose name an organisation acts by one of its powers, where that is not its own name."""
    if holder is None or power is None:
        return None
    grant = desk.authority(holder).grants.under(power)
    return None if grant is None else grant.power.in_name_of


def may(desk: Desk, act: Act, relations: Iterable[Relation], concern: Concern | None) -> bool:
    """Whether an act that the table permits is within the power of the organisation that acts."""
    return not lacking(desk, act, relations, concern)


def lacking(
    desk: Desk, act: Act, relations: Iterable[Relation], concern: Concern | None
) -> tuple[Refusal, ...]:
    """The power that an act, which the table permits, takes and its organisation does not have."""
    kinds = () if concern is None else _kinds(desk, act, set(relations), concern)
    if concern is None or not kinds or _grant(desk, kinds, concern) is not None:
        return ()
    problem = _without(act, concern)
    return (Refusal(problem.code, *problem.sentences),)


def require_over(desk: Desk, act: Act, *concerns: Concern) -> None:
    """The same, over what only the request names; the events name the grant over the last.

    Raises the problem ``WITHOUT_POWER``.
    """
    for each in concerns:
        desk.power = granted(desk, act, each)


def granted(desk: Desk, act: Act, concern: Concern) -> str:
    """The grant by which an office does an act. Raises the problem ``WITHOUT_POWER``."""
    grant = _grant(desk, (POWERS[act],), concern)
    if grant is None:
        raise _without(act, concern)
    return grant


def _kinds(desk: Desk, act: Act, stands: set[Relation], concern: Concern) -> tuple[str, ...]:
    """The bodies or affairs of which a power is needed; none where none is."""
    needed, roles = POWERS.get(act), desk.acting.roles
    if needed is None or permitted(act, roles, stands & _PERSONAL):
        return ()
    if act in AT_HOME and permitted(act, roles, stands & {Relation.ORGANISATION}):
        return ()
    if needed != BODY:
        return (needed, *concern.also)
    return () if EMPLOYER in concern.bodies else concern.bodies or (BODY,)


def _grant(desk: Desk, kinds: tuple[str, ...], concern: Concern) -> str | None:
    """The grant of the acting office that covers all matters, as one of these bodies or affairs."""
    if concern.office is None or not concern.matters:
        return None
    authority, today = desk.authority(concern.office), desk.acting.today
    grant = authority.by_which(kinds, concern.matters, today)
    return None if grant is None else grant.grant


def _without(act: Act, concern: Concern) -> Problem:
    needed = POWERS[act]
    kinds = sorted(concern.bodies) if needed == BODY else [needed]
    areas = list(dict.fromkeys(each.area for each in concern.matters))
    return Problem(
        "WITHOUT_POWER",
        members={"powers": kinds, "areas": areas},
        power=f"{needed}（{_WORDS[needed]}）",
        over="、".join(each or "全国" for each in areas) or "—",
    )
