"""Erasure of personal data: asked for, approved, ordered or declined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import circumstances, competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.person import PERSON
from api.acts.seats import integrity_seats
from api.acts.thing import Offer, Thing
from domain import beijing
from domain.case.draft import MaterialAttached
from domain.erasure.decide import Approve, Decline, Order, Request, decide, turn_objections
from domain.erasure.events import ErasureOrdered, ErasureRequested
from domain.erasure.obstacles import Affairs
from domain.erasure.state import Phase
from domain.person.achievements import AchievementEntered
from domain.person.events import (
    AccountHeld,
    AccountShownTheirs,
    FilingBegun,
    FilingEnded,
    PersonErased,
)
from domain.personal import Personal, Purpose
from domain.policy.periods import anniversary
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from domain.account.events import Role
    from domain.erasure.decide import Command
    from domain.erasure.state import Erasure
    from domain.person.state import Person

_KEYS_AT_ONCE = 500
"""Keys that one event names: an event has its largest size."""


@dataclass(frozen=True)
class Concerned:
    """Streams that the views know of: cases of a person, and matters about these cases."""

    cases: tuple[str, ...]
    matters: tuple[str, ...]


def ask(
    desk: Desk,
    person: Person,
    *,
    purposes: tuple[Purpose, ...],
    organisation: str,
    basis: str,
    reason: str,
) -> Events:
    """Ask for an erasure: one's own, or as an officer somebody's."""
    authority = known(desk.organisation(organisation), "ORGANISATION_UNKNOWN")
    over = competence.over_persons(desk, person.person)
    competence.granted(desk, Act.APPROVE_ERASURE, replace(over, office=organisation))
    around = circumstances.around_house(desk, authority, person.person)
    words = Personal(reason, desk.begun, Purpose.DISCIPLINE)
    command = Request(person=person.person, purposes=purposes, basis=basis, reason=words)
    affairs = affairs_of(desk, person.person, (), ())
    return decide(None, command, affairs, around)


def approve(desk: Desk, erasure: Erasure, *, grounds: str, concerned: Concerned) -> Events:
    """Approve it, as the integrity handler."""
    command = Approve(grounds=Personal(grounds, erasure.erasure, Purpose.DISCIPLINE))
    return _conduct(desk, erasure, command, concerned)


def order(desk: Desk, erasure: Erasure, *, decision: str, concerned: Concerned) -> Events:
    """Order it, as the integrity leader: from this answer on nobody is shown the words.

    Their keys are destroyed by then, or once a backup or a rotation under way has ended.
    """
    return _conduct(desk, erasure, Order(decision=decision), concerned)


def decline(desk: Desk, erasure: Erasure, *, decision: str, reason: str) -> Events:
    """Decline it, as the integrity leader."""
    words = Personal(reason, erasure.erasure, Purpose.DISCIPLINE)
    command = Decline(decision=decision, reason=words)
    return _conduct(desk, erasure, command, Concerned((), ()))


def _conduct(desk: Desk, erasure: Erasure, command: Command, concerned: Concerned) -> Events:
    circle = desk.circle(erasure.person)
    cases = _own(desk, circle, concerned.cases)
    affairs = affairs_of(desk, erasure.person, cases, concerned.matters)
    persons = (erasure.person, erasure.approver or "", *affairs.reviewers)
    around = circumstances.around_house(desk, desk.house, *persons)
    events = decide(erasure, command, affairs, around)
    desk.write(erasure.erasure, *events)
    if any(isinstance(event, ErasureOrdered) for event in events):
        _name_keys(desk, erasure, circle, cases)
    return ()


def _stands(desk: Desk, erasure: Erasure) -> set[Relation]:
    """Of the organisation only the integrity officers count."""
    own = relation.owns(desk, erasure.person)
    return relation.to_matter(desk, erasure.organisation, own=own)


def _invites(desk: Desk, erasure: Erasure) -> Iterator[Offer]:
    """Approve, order or decline, by two who are not whom it is about.

    Who holds an integrity seat is told what keeps them from the step that is next.
    """
    if erasure.phase not in (Phase.REQUESTED, Phase.APPROVED) or not integrity_seats(desk):
        return
    persons = (erasure.person, erasure.approver or "")
    around = circumstances.around_house(desk, desk.house, *persons)
    yield Offer(Act.APPROVE_ERASURE, tuple(turn_objections(erasure, around)))


def _name_keys(
    desk: Desk, known: Erasure, circle: tuple[Person, ...], cases: tuple[str, ...]
) -> None:
    """The streams of whom it is about, under whatever document, order that these keys go."""
    for person in circle:
        if person.forgotten:
            continue
        keys = [
            f"{person.person}/{purpose.value}/{person.generation(purpose)}"
            for purpose in known.purposes
        ]
        if Purpose.APPLICANT in known.purposes:
            keys += _keys_of_files(desk, _own(desk, (person,), cases))
            keys += _keys_of_proofs(desk, person)
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            some = tuple(keys[start : start + _KEYS_AT_ONCE])
            purposes = known.purposes if start == 0 else ()
            desk.write(
                person.person, PersonErased(erasure=known.erasure, purposes=purposes, keys=some)
            )


def _own(desk: Desk, circle: tuple[Person, ...], cases: tuple[str, ...]) -> tuple[str, ...]:
    """The cases in which one of these persons is the applicant, and not somebody who stood in."""
    own = {each.person for each in circle}
    known = ((each, desk.case(each)) for each in cases)
    return tuple(each for each, case in known if case is not None and case.applicant in own)


def _keys_of_files(desk: Desk, cases: tuple[str, ...]) -> Iterator[str]:
    """The key of every file that was ever attached to a case."""
    for case in cases:
        for event in desk.history(case).events:
            if isinstance(event, MaterialAttached):
                yield f"{event.material}/{Purpose.MATERIAL.value}/1"


def _keys_of_proofs(desk: Desk, person: Person) -> Iterator[str]:
    """The key of every file that was ever a proof in somebody's record of achievements."""
    for event in desk.history(person.person).events:
        if isinstance(event, AchievementEntered):
            yield f"{event.file}/{Purpose.MATERIAL.value}/1"


ERASURE = Thing(
    find=Desk.erasure,
    stands=_stands,
    reading=Act.READ_ERASURE,
    invites=_invites,
    concern=lambda desk, erasure: competence.over_persons(desk, erasure.person),
)
_LEADER = (INTEGRITY_LEADER,)
_OF_PERSON = Concerned((), ())
"""What a rehearsal goes by: what stands in a person's own streams, and not what views know of."""
ASK = Row(PERSON, Act.REQUEST_ERASURE, ask, begins=ErasureRequested, changes=False)
APPROVE = Row(
    ERASURE,
    Act.APPROVE_ERASURE,
    approve,
    (INTEGRITY_HANDLER,),
    fresh=True,
    when=lambda erasure: erasure.phase is Phase.REQUESTED,
    blank={"grounds": "", "concerned": _OF_PERSON},
)
ORDER = Row(
    ERASURE,
    Act.APPROVE_ERASURE,
    order,
    (INTEGRITY_LEADER, INTEGRITY_HANDLER),
    fresh=True,
    when=lambda erasure: erasure.phase is Phase.APPROVED,
    blank={"decision": "", "concerned": _OF_PERSON},
)
DECLINE = Row(
    ERASURE,
    Act.APPROVE_ERASURE,
    decline,
    _LEADER,
    fresh=True,
    blank={"decision": "", "reason": ""},
)


def affairs_of(desk: Desk, person: str, cases: Iterable[str], matters: Iterable[str]) -> Affairs:
    """What stands open about a person, and until when their cases are kept."""
    circle = desk.circle(person)
    retained, kept_until = _retention(desk, [each.person for each in circle])
    reviewers: frozenset[str] = frozenset()
    asked = []
    for case in cases:
        known = desk.case(case)
        if known is None:
            continue
        reviewers |= known.involved()
        if known.ending is not None and known.ending.decide_by is not None:
            asked.append(case)  # a re-examination waits for its decision
    return Affairs(
        circle=circle,
        roles_ever=roles_ever(desk, [each.person for each in circle]),
        matters=(*asked, *(each for each in matters if _is_open(desk, each))),
        retained=retained,
        kept_until=kept_until,
        reviewers=reviewers,
    )


def _is_open(desk: Desk, stream: str) -> bool:
    match stream.partition("-")[0]:
        case "investigation":
            known = desk.investigation(stream)
            return known is not None and (known.ended is None or known.review_open)
        case "objection":
            objection = desk.objection(stream)
            return objection is not None and objection.ending is None
        case "complaint":
            complaint = desk.complaint(stream)
            return complaint is not None and complaint.ending is None
        case "criticism":
            criticism = desk.criticism(stream)
            return criticism is not None and criticism.ended is None
        case _:
            return True


def roles_ever(desk: Desk, persons: Iterable[str]) -> frozenset[Role]:
    """What any account was for that was ever theirs; an unclaimed one never was."""
    told = [event for person in persons for event in desk.history(person).events]
    shown = {each.account for each in told if isinstance(each, AccountShownTheirs)}
    return frozenset(
        role
        for event in told
        if isinstance(event, AccountHeld) and (not event.unclaimed or event.account in shown)
        for role in event.roles
    )


def _retention(desk: Desk, persons: Iterable[str]) -> tuple[bool, date | None]:
    """Whether anything is kept by law, and until when; None where a law has not set it."""
    kept: list[date] = []
    unset = False
    for person in persons:
        packs: dict[str, str] = {}
        for one in desk.history(person).recorded:
            if isinstance(one.event, FilingBegun):
                packs[one.event.case] = one.event.pack
            if isinstance(one.event, FilingEnded):
                years = desk.laws.law(packs[one.event.case]).retention().years
                if years is None:
                    unset = True
                else:
                    kept.append(anniversary(beijing.day(one.recorded_at), years=years))
    return bool(kept) or unset, None if unset or not kept else max(kept)
