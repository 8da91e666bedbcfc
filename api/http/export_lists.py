"""The lists that can be taken out, each as rows of plain values; none holds words about people.

Each is what its list under ``/v1`` shows the same caller, all pages of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from api.acts.acting import Acting
from api.http.binding_corrections import list_corrections
from api.http.case_list import found_cases
from api.http.erasures import list_erasures
from api.http.holds import list_holds
from api.http.inspections import (
    list_backdated,
    list_consultations,
    list_findings,
    list_indicators,
    list_late,
    list_refusals,
    list_stale,
    list_unfinished,
)
from api.http.integrity_records import opened, scope_of
from api.http.mandates import list_mandates
from api.http.person_links import list_proposals
from api.http.person_renamings import list_renamings
from api.services import services
from projections import integrity
from projections.exceptions import IDLE_DAYS

if TYPE_CHECKING:
    from api.http.lists import Find
    from projections.integrity import Entry
    from projections.listing import Gathered, Listing
    from projections.trail import Trail

Row = dict[str, Any]
Take = Callable[[Acting, Mapping[str, Any]], list[Row]]
MOST_ROWS = 100_000
"""Rows that one file holds; a list with more is narrowed first, never cut short."""


def _all(
    listing: Listing[Any] | Gathered[Any], names: str, **reckoned: Callable[[Any], object]
) -> list[Row]:
    """Every row, with these attributes of it and what is reckoned of it, in this order."""
    with services().views.connection() as connection:
        found = listing.page(connection, limit=MOST_ROWS + 1)
    columns = {name: reckoned.get(name) or attrgetter(name) for name in names.split()}
    return [{name: of(row) for name, of in columns.items()} for row in found]


def _of(find: Find[Any], names: str, **asked: object) -> Take:
    """What a list finds for a caller: what neither the body nor ``asked`` names narrows nothing."""
    return lambda who, body: _all(find(who, defaultdict(lambda: None, {**body, **asked})), names)


def _findings(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    def acts(row: Trail) -> list[str]:
        return [f"{act.seat}:{act.person}@{act.position}" for act in row.acts]

    return _all(
        list_findings(who, dict(body)),
        "number case applicant stage organisation round verdict corrected basis acts position",
        acts=acts,
        position=attrgetter("entered"),
    )


def _integrity_records(who: Acting, body: Mapping[str, Any]) -> list[Row]:
    def state(entry: Entry) -> str:
        return entry.state(who.today)

    scope = scope_of(who, opened(who, body["consultation"] or ""), body["mandate"])
    return _all(
        integrity.visible(scope, on=who.today),
        "entry person case investigation ground decision authority scope area starts_on ends_on"
        " months term_source effect rules state position",
        state=state,
        position=attrgetter("known_from"),
    )


LISTS: Mapping[str, Take] = {
    "backdated-appointments": _of(
        list_backdated,
        "organisation appointment seat person account what counts_from entered_at days position",
    ),
    "binding-corrections": _of(
        list_corrections,
        "rebinding kind holder rightful organisation proposer proposed_at confirmed position",
        settled=True,
    ),
    "cases": _of(
        partial(found_cases, pointer="/q"),
        "number case applicant employer pack series specialty level phase round stage organisation"
        " batch flags certificate changed_at position",
    ),
    "consultations": _of(
        list_consultations,
        "at consultation subject extent mandate person account organisation withheld released_at"
        " position",
    ),
    "erasures": _of(
        list_erasures,
        "stream person organisation purposes basis phase decision requested_at changed_at position",
    ),
    "holds": _of(
        list_holds,
        "hold person mandate placed_by placed_at lifted_by lifted_at position",
        lifted=True,
    ),
    "indicators": _of(
        list_indicators,
        "subject organisation stage round first first_account first_person second second_account"
        " second_person signs seconds at position",
    ),
    "integrity-records": _integrity_records,
    "late-acts": _of(list_late, "at case kind act organisation person due_on items position"),
    "mandates": _of(
        list_mandates,
        "mandate organisation kind document organisations areas cases persons last_day digest"
        " approved person account decided_by decided_at proposed_at position",
        expired=True,
    ),
    "person-links": _of(
        list_proposals,
        "link first second organisation proposer proposed_at confirmed severing severed position",
        settled=True,
    ),
    "person-renamings": _of(
        list_renamings,
        "renaming person proof effective_on organisation proposer proposed_at confirmed position",
        settled=True,
    ),
    "refusals": _of(
        list_refusals, "at kind act case person organisation stage seat codes rules position"
    ),
    "separation-findings": _findings,
    "stale-appointments": _of(
        list_stale,
        "organisation appointment seat person account effective_on why waiting waiting_since"
        " last_acted_at position",
        idle_days=IDLE_DAYS,
    ),
    "unfinished-findings": _of(
        list_unfinished, "code case investigation decision changed_at position"
    ),
}
"""By the name of the list, as it stands in the query of the trailer."""
