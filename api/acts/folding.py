"""From the history of a stream to the state that a decision needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from domain.account.state import evolve as evolve_account
from domain.case.evolve import evolve as evolve_case
from domain.criticism.state import evolve as evolve_criticism
from domain.erasure.state import evolve as evolve_erasure
from domain.investigation.state import evolve as evolve_investigation
from domain.objection.kept import Kept, evolve_kept
from domain.objection.state import evolve as evolve_objection
from domain.objection.state import evolve_complaint
from domain.organisation.extension import Windows
from domain.organisation.extension import evolve as evolve_windows
from domain.organisation.roll import Rolls
from domain.organisation.roll import evolve as evolve_rolls
from domain.organisation.seats import Seats
from domain.organisation.seats import evolve as evolve_seats
from domain.organisation.state import evolve as evolve_organisation
from domain.organisation.state import organisation_of
from domain.person.link import evolve as evolve_link
from domain.person.rebinding import evolve as evolve_rebinding
from domain.person.state import evolve as evolve_person
from domain.vacancies.state import evolve as evolve_vacancies

if TYPE_CHECKING:
    from audit.record import History, Recorded
    from domain.account.state import Account, AccountEvent
    from domain.case.evolve import CaseEvent
    from domain.case.state import Case
    from domain.criticism.state import Criticism, CriticismEvent
    from domain.erasure.state import Erasure, ErasureEvent
    from domain.investigation.state import Investigation, InvestigationEvent
    from domain.objection.state import Complaint, ComplaintEvent, Objection, ObjectionEvent
    from domain.organisation.events import OrganisationRegistered
    from domain.organisation.extension import WindowsEvent
    from domain.organisation.roll import RollsEvent
    from domain.organisation.seats import SeatsEvent
    from domain.organisation.state import Organisation
    from domain.person.link import Link, LinkEvent
    from domain.person.rebinding import Rebinding, RebindingEvent
    from domain.person.state import Person, PersonEvent
    from domain.vacancies.state import VacanciesEvent, VacancyForm


def case(history: History) -> Case | None:
    """The case that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "case"):
        state = evolve_case(state, cast("CaseEvent", one.event), history.stream, one.actor)
    return state


def organisation(history: History) -> Organisation | None:
    """The register entry that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "organisation"):
        state = evolve_organisation(
            state, cast("OrganisationRegistered", one.event), history.stream
        )
    return state


def seats(history: History) -> Seats:
    """The seats that a stream tells of; nobody sits in them before its first event."""
    state = Seats(organisation_of(history.stream))
    for one in _told(history, "seats"):
        state = evolve_seats(state, cast("SeatsEvent", one.event), history.stream)
    return state


def windows(history: History) -> Windows:
    """The extensions of windows that a stream tells of; none before its first event."""
    state = Windows(organisation_of(history.stream))
    for one in _told(history, "windows"):
        state = evolve_windows(state, cast("WindowsEvent", one.event), history.stream, one.actor)
    return state


def rolls(history: History) -> Rolls:
    """The yearly rolls that a stream tells of; none before its first event."""
    state = Rolls(organisation_of(history.stream))
    for one in _told(history, "rolls"):
        state = evolve_rolls(state, cast("RollsEvent", one.event), history.stream)
    return state


def account(history: History) -> Account | None:
    """The account that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "account"):
        state = evolve_account(state, cast("AccountEvent", one.event), history.stream)
    return state


def person(history: History) -> Person | None:
    """The person that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "person"):
        state = evolve_person(state, cast("PersonEvent", one.event), history.stream)
    return state


def link(history: History) -> Link | None:
    """The link that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "link"):
        state = evolve_link(state, cast("LinkEvent", one.event), history.stream, one.actor)
    return state


def rebinding(history: History) -> Rebinding | None:
    """The correction of a binding that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "rebinding"):
        event = cast("RebindingEvent", one.event)
        state = evolve_rebinding(state, event, history.stream, one.actor)
    return state


def objection(history: History) -> Objection | None:
    """The objection that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "objection"):
        state = evolve_objection(
            state, cast("ObjectionEvent", one.event), history.stream, one.actor
        )
    return state


def complaint(history: History) -> Complaint | None:
    """The complaint that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "complaint"):
        state = evolve_complaint(state, cast("ComplaintEvent", one.event), history.stream)
    return state


def kept(history: History) -> Kept | None:
    """What is kept of an objection or a complaint; None before its first event."""
    if not (_told(history, "objection") or _told(history, "complaint")):
        return None
    state = Kept(history.stream)
    for one in history.recorded:
        state = evolve_kept(state, one.event, one.actor, one.recorded_at)
    return state


def criticism(history: History) -> Criticism | None:
    """The criticism that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "criticism"):
        state = evolve_criticism(
            state, cast("CriticismEvent", one.event), history.stream, one.actor
        )
    return state


def erasure(history: History) -> Erasure | None:
    """The erasure that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "erasure"):
        state = evolve_erasure(state, cast("ErasureEvent", one.event), history.stream, one.actor)
    return state


def investigation(history: History) -> Investigation | None:
    """The investigation that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "investigation"):
        state = evolve_investigation(
            state, cast("InvestigationEvent", one.event), history.stream, one.actor
        )
    return state


def vacancies(history: History) -> VacancyForm | None:
    """The form of posts that a stream tells of; None before its first event."""
    state = None
    for one in _told(history, "vacancies"):
        event = cast("VacanciesEvent", one.event)
        state = evolve_vacancies(state, event, history.stream, one.actor, one.version)
    return state


def _told(history: History, kind: str) -> tuple[Recorded, ...]:
    """The events of a stream; one of another kind, which somebody named, tells nothing."""
    return history.recorded if history.stream.startswith(f"{kind}-") else ()
