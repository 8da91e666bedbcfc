"""The lists that can be taken out, each as rows of plain values; none holds words about people.

Each is what its list under ``/v1`` shows the same caller, all pages of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.access import Act
from api.acts.standing import scope_for
from api.http.binding_corrections import found_corrections
from api.http.erasures import found_erasures
from api.http.exceptions import late_acts, stale_appointments, unfinished_findings
from api.http.holds import found_holds
from api.http.indicators import indicated
from api.http.inspections import found_consultations, found_trails
from api.http.integrity_records import opened, scope_of
from api.http.mandates import found_mandates
from api.http.person_links import found_links
from api.http.refusals import refused
from api.services import services
from projections import integrity, parties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from api.acts.acting import Acting
    from projections.listing import Listing

Row = dict[str, Any]
MOST_ROWS = 100_000
"""Rows that one file holds; a list with more is narrowed first, never cut short."""


def _rows(found: Iterable[object], names: Sequence[str]) -> list[Row]:
    return [{name: getattr(row, name) for name in names} for row in found]


def _all(listing: Listing[Any], *names: str) -> list[Row]:
    with services().views.connection() as connection:
        return _rows(listing.page(connection, limit=MOST_ROWS + 1), names)


def _cases(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    scope = scope_for(Act.READ_CASE, services().office.deliberate(who))
    narrowing = parties.Narrowing(phase=body["phase"])
    with services().views.connection() as connection:
        found = parties.visible(connection, scope, narrowing, limit=MOST_ROWS + 1)
    names = ("number", "case", "applicant", "employer", "pack", "series", "specialty", "level")
    standing = ("phase", "round", "stage", "organisation", "batch", "flags", "certificate")
    return _rows(found, (*names, *standing, "changed_at", "position"))


def _refusals(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    about = ("at", "kind", "act", "case", "person", "organisation", "stage", "seat", "codes")
    return _all(refused(who, code=body["code"]), *about, "rules", "position")


def _findings(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    names = ("number", "case", "applicant", "stage", "organisation", "round", "verdict")
    with services().views.connection() as connection:
        found = found_trails(who, body["verdict"]).page(connection, limit=MOST_ROWS + 1)
    return [
        {
            **{name: getattr(row, name) for name in (*names, "corrected", "basis")},
            "acts": [f"{act.seat}:{act.person}@{act.position}" for act in row.acts],
            "position": row.entered,
        }
        for row in found
    ]


def _consultations(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    by = ("person", "account", "organisation")
    names = ("at", "subject", "extent", "mandate", *by, "position")
    return _all(found_consultations(who), *names)


def _integrity_records(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    consulted = opened(who, body["consultation"] or "")
    with services().views.connection() as connection:
        scope = scope_of(connection, who, consulted)
        found = integrity.visible(scope, on=who.today).page(connection, limit=MOST_ROWS + 1)
    about = ("entry", "person", "case", "investigation", "ground", "decision", "authority")
    term = ("scope", "area", "starts_on", "ends_on", "months", "term_source", "effect", "rules")
    return [
        {
            **{name: getattr(row, name) for name in (*about, *term)},
            "state": row.state(who.today),
            "position": row.known_from,
        }
        for row in found
    ]


def _indicators(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    acts = ("subject", "organisation", "stage", "round", "first", "first_account", "first_person")
    signs = ("second", "second_account", "second_person", "signs", "seconds", "at", "position")
    return _all(indicated(who), *acts, *signs)


def _late_acts(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    names = ("at", "case", "kind", "act", "organisation", "person", "due_on", "items", "position")
    return _all(late_acts(who, None), *names)


def _stale_appointments(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    held = ("organisation", "appointment", "seat", "person", "account", "effective_on", "why")
    idle = ("waiting", "waiting_since", "last_acted_at", "position")
    return _all(stale_appointments(who), *held, *idle)


def _unfinished_findings(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    names = ("code", "case", "investigation", "decision", "changed_at", "position")
    return _all(unfinished_findings(who), *names)


def _erasures(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    about = ("stream", "person", "organisation", "purposes", "basis", "phase", "decision")
    times = ("requested_at", "changed_at", "position")
    return _all(found_erasures(who, body["phase"]), *about, *times)


def _holds(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    placed = ("hold", "person", "mandate", "placed_by", "placed_at")
    return _all(found_holds(who, lifted=True), *placed, "lifted_by", "lifted_at", "position")


def _mandates(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    about = ("mandate", "document", "persons", "expires_on")
    by = ("person", "account", "organisation", "recorded_at", "position")
    return _all(found_mandates(who, expired=True), *about, *by)


def _person_links(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    about = ("link", "first", "second", "organisation", "proposer", "proposed_at")
    course = ("confirmed", "severing", "severed", "position")
    return _all(found_links(who, settled=True), *about, *course)


def _binding_corrections(who: Acting, _body: Mapping[str, Any]) -> list[Row]:
    about = ("rebinding", "kind", "holder", "rightful", "organisation", "proposer", "proposed_at")
    return _all(found_corrections(who, settled=True), *about, "confirmed", "position")


LISTS: Mapping[str, Callable[[Acting, Mapping[str, Any]], list[Row]]] = {
    "binding-corrections": _binding_corrections,
    "cases": _cases,
    "consultations": _consultations,
    "erasures": _erasures,
    "holds": _holds,
    "indicators": _indicators,
    "integrity-records": _integrity_records,
    "late-acts": _late_acts,
    "mandates": _mandates,
    "person-links": _person_links,
    "refusals": _refusals,
    "separation-findings": _findings,
    "stale-appointments": _stale_appointments,
    "unfinished-findings": _unfinished_findings,
}
"""By the name of the list, as it stands in the query of the trailer."""
