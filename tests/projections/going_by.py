"""By which index each question is answered: of the lists by what finds few, of others by their key.

For ``test_plans``: without the index named here the plan of the question is another one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from domain.organisation.events import OrganisationPlaced
from domain.person.events import PersonsUnlinked
from projections import (
    accessions,
    appointments,
    certificates,
    criticisms,
    deadlines,
    destructions,
    feed,
    integrity,
    investigations,
    names,
    objections,
    parties,
    publicities,
    rolls,
    separation,
    vacancy_forms,
)
from projections.fact import Fact
from projections.page import Page
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from psycopg import Connection

    from bench.asking import Sample
    from domain.event import Event
    from projections.view import View

SOMEBODY = "-01929a3e-0000-7000-8000-000000000001"
FEW = {
    "case": f"case{SOMEBODY}",
    "number": "2024-ABCD-EFGH",
    "batch": "B9",
    "applicant": f"person{SOMEBODY}",
    "employer": f"organisation{SOMEBODY}",
    "office": f"organisation{SOMEBODY}",
    "handler": f"person{SOMEBODY}",
    "leader": f"person{SOMEBODY}",
    "account": f"account{SOMEBODY}",
    "decided": date(2031, 10, 15),
    "act": "case:never:1",
    "seat": "nobody",
    "kind": "none",
}
"""What finds few of many rows."""
BY = {
    "accounts.list_accounts": {"all": "account account"},
    "backdated-appointments.list_backdated": {"all": "appointment opened"},
    "case-acts.list_acts": {
        "account": "timeline account",
        "act": "timeline topic",
        "actor": "timeline person",
        "case": "timeline case",
        "day": "timeline at",
        "org": "timeline organisation",
        "seat": "timeline seat",
        "stage": "timeline stage",
    },
    "case-list.list_cases": {
        "all sort:changed": "case_status changed_at",
        "all sort:decided": "case_status decided_on",
        "all sort:filed": "case_status submitted_at",
        "all sort:returned": "case_status returns",
        "applicant": "case_status applicant",
        "batch": "case_status batch",
        "due": "case_status due_at",
        "employer": "case_status employer",
        "filed": "case_status submitted_at",
        "handler": "dealing handler",
        "handler account": "dealing handler_account",
        "leader": "dealing leader",
        "leader account": "dealing leader_account",
        "decided": "dealing decided_on",
        "number": "case_status number",
        "org": "case_party party",
    },
    "consultations.list_consultations": {
        "person": "consultation person",
        "subject": "consultation subject",
    },
    "exports.list_exports": {"all": "export position", "person": "export person"},
    "indicators.list_indicators": {"sign": "indicator signs", "subject": "indicator subject"},
    "investigations.list_investigations": {
        "answer_by": "investigation answer_by",
        "case": "investigation case",
        "opened": "investigation opened_at",
        "org": "investigation organisation",
        "phase": "investigation phase",
        "subject": "investigation subject",
    },
    "refusals.list_refusals": {
        "account": "refusal by_account",
        "actor": "refusal by",
        "case": "refusal case",
        "code": "refusal codes",
        "day": "refusal at",
        "kind": "refusal kind",
        "org": "refusal organisation",
        "person": "refusal person",
    },
    "separation-findings.list_findings": {"all": "separation entered"},
    "titles.list_titles": {
        "all": "title position",
        "case": "title case",
        "gained": "title gained_on",
        "label": "title label",
        "level": "title level",
        "lost": "title lost_on",
        "org": "title organisation",
        "person": "title person",
        "revoked": "title state",
        "series": "title series",
        "specialty": "title specialty",
    },
    "unfinished-findings.list_unfinished": {"all": "investigation position"},
}
"""By which column of which table a page comes to who sees the whole record."""

THE_RECORD, A_CITY, A_COUNTY, AN_OFFICE, AN_APPLICANT = (
    "the whole record",
    "a city",
    "a county",
    "an office",
    "an applicant",
)
IN_A_LIST: Mapping[str, tuple[str, str, str]] = {
    "accession (since_position) WHERE standing = 'applied'": (
        "accession-queue.read_queue",
        "all",
        THE_RECORD,
    ),
    "appointment (opened) WHERE (opened_at AT TIME ZONE INTERVAL '8 hours')::date > effective_on": (
        "backdated-appointments.list_backdated",
        "all",
        THE_RECORD,
    ),
    'case_status ("case", submitted_at, changed_at, phase) WHERE submitted_at IS NOT NULL': (
        "case-list.list_cases",
        "filed",
        THE_RECORD,
    ),
    "case_status USING gin (flags)": ("case-list.list_cases", "flag", THE_RECORD),
    "consultation (organisation, position)": ("consultations.list_consultations", "all", AN_OFFICE),
    "decision_document (organisation, position)": ("decisions.list_decisions", "all", AN_OFFICE),
    "erasure (person)": ("erasures.list_erasures", "all", AN_APPLICANT),
    "erasure (phase) WHERE phase IN ('ordered', 'carried_out')": (
        "erasures.list_erasures",
        "all",
        A_COUNTY,
    ),
    "hold (position) WHERE lifted_at IS NULL": ("placed-holds.list_holds", "standing", THE_RECORD),
    "integrity (area, known_from)": ("integrity-records.list_records", "all", AN_OFFICE),
    "integrity (known_from, ends_on, starts_on) WHERE known_until IS NULL AND NOT annulled": (
        "integrity-records.list_records",
        "state",
        THE_RECORD,
    ),
    "investigation (position) WHERE phase IN ('found', 'review_requested', 'reviewed')"
    " AND review IS DISTINCT FROM 'annulled' AND NOT (ended AND entered)": (
        "unfinished-findings.list_unfinished",
        "all",
        THE_RECORD,
    ),
    "investigation (opened_position)": (
        "investigations.list_investigations",
        "all",
        THE_RECORD,
    ),
    "investigation (opened_position) WHERE phase IN ('found', 'review_requested', 'reviewed')"
    " AND review IS DISTINCT FROM 'annulled'": (
        "investigations.list_investigations",
        "found",
        THE_RECORD,
    ),
    "investigation (organisation, opened_position)": (
        "unfinished-findings.list_unfinished",
        "all",
        AN_OFFICE,
    ),
    "link_proposal (organisation, link) WHERE"
    " (confirmed IS NULL OR severing IS NOT NULL AND severed IS NULL)": (
        "person-links.list_proposals",
        "waiting",
        A_COUNTY,
    ),
    "mandate (organisation, position)": ("mandates.list_mandates", "all", AN_OFFICE),
    "mandate (position)": ("mandates.list_mandates", "all", THE_RECORD),
    "matter (organisation, since_position) WHERE seats <> '{}'": ("matters.read", "all", AN_OFFICE),
    "matter (since_position) WHERE seats <> '{}' AND above": ("matters.read", "all", AN_OFFICE),
    "matter (since_position) WHERE seats <> '{}' AND organisation IS NULL": (
        "matters.read",
        "all",
        AN_OFFICE,
    ),
    "objection (raised_position) WHERE authority IS NULL": (
        "objections.list_objections",
        "all",
        A_COUNTY,
    ),
    "objection (stream) WHERE erasure = 'erased'": ("objections.list_objections", "all", A_COUNTY),
    "organisation (area, organisation)": ("refusals.list_refusals", "all", A_COUNTY),
    "organisation (bureau)": ("refusals.list_refusals", "all", AN_OFFICE),
    "organisation (merged_into)": ("refusals.list_refusals", "all", AN_OFFICE),
    "organisation (superior)": ("refusals.list_refusals", "all", AN_OFFICE),
    "publicity (announcement, posting) WHERE standing = 'open' AND shown_to = 'public'": (
        "publicities.list_publicities",
        "announcement",
        THE_RECORD,
    ),
    "publicity (posting) WHERE standing = 'open' AND shown_to = 'public'": (
        "publicities.list_publicities",
        "all",
        THE_RECORD,
    ),
    "separation (entered, stage) WHERE (verdict IN ('SAME', 'INCOMPLETE')"
    " OR corrected IN ('SAME', 'INCOMPLETE'))": (
        "separation-findings.list_findings",
        "all",
        THE_RECORD,
    ),
    "queue (substitute_account, since_position) WHERE waiting AND substitute_account IS NOT NULL": (
        "work-queue.read",
        "all",
        AN_OFFICE,
    ),
    'timeline (topic, "case")': ("case-list.list_cases", "act", THE_RECORD),
    "unreviewed_achievement (organisation, position)": (
        "achievement-queue.read",
        "all",
        AN_OFFICE,
    ),
}
"""Of an index that no other test here holds: a list, narrowed so, that somebody asks by it."""

_NOW = datetime(2031, 10, 15, tzinfo=UTC)
READ: Mapping[str, Callable[[Connection[Any], Sample], object]] = {
    "accession (accession) WHERE keys <> '{}'": lambda it, _: accessions.to_be_completed(it),
    "accession_document (file)": lambda it, _: accessions.with_one(it, ["file-1"]),
    "appointment (person)": lambda it, who: appointments.seats_of(it, [who.leader], on=who.today),
    "approval (organisation, year, position)": lambda it, of: rolls.approved(it, of.office, 2031),
    "certificate (certificate)": lambda it, _: certificates.with_number(it, "2031-1"),
    "criticism (about, criticism)": lambda it, who: criticisms.of(it, [who.leader]),
    "deadline (due_at, stream, kind) WHERE running": lambda it, _: deadlines.fallen_due(it, _NOW),
    "deadline (kind, due_at, stream) WHERE running": lambda it, _: deadlines.fallen_due(
        it, _NOW, kind="never"
    ),
    "destruction (position)": lambda it, _: destructions.ordered(it, 10**9),
    "handed_in_file (file)": lambda it, _: objections.with_something(it, ["file-1"]),
    "integrity (entry)": lambda it, _: integrity.versions(it, f"entry{SOMEBODY}"),
    "integrity (known_from) WHERE known_until IS NULL AND annulled": lambda it, of: (
        integrity.visible(EVERYTHING, integrity.Narrowing(state="annulled"), on=of.today).page(it)
    ),
    'investigation ("case")': lambda it, of: investigations.of_case(it, of.case),
    'objection ("case")': lambda it, of: objections.of_case(it, of.case),
    "person_name (digest, person)": lambda it, _: names.with_digest(it, b"digest"),
    "publicity (posting)": lambda it, _: publicities.of(it, f"posting{SOMEBODY}"),
    "refusal (stream)": lambda it, of: feed.told(
        it, Scope(areas=frozenset({of.area})), [f"refusal{SOMEBODY}"]
    ),
    "roll (receiver, year)": lambda it, of: rolls.received(it, of.office, 2031),
    "vacancy_form (organisation, position)": lambda it, of: vacancy_forms.of_organisation(
        it, of.employer
    ),
}
"""Of an index by which one thing is read, and no list: who reads it."""


def _followed(
    connection: Connection[Any], view: View, event: type[Event], stream: str, **said: object
) -> None:
    """Let a view follow one event, as the only one of its page."""
    fact = Fact(10**9, "", stream, 10**6, event.topic, "", _NOW, said, {})
    page = Page(cast("Any", connection), [fact], cast("Any", None))
    view.evolve[event.topic](fact, page)


def _moves(connection: Connection[Any], it: Sample) -> None:
    """The employer is placed elsewhere: whoever stands above its cases is another."""
    where = {"area": it.area, "superior": f"organisation{SOMEBODY}", "bureau": None}
    _followed(connection, parties.view, OrganisationPlaced, it.employer, **where)


def _parts(connection: Connection[Any], it: Sample) -> None:
    """Two are found to be different human beings: what both reviewed is judged anew."""
    _followed(connection, separation.view, PersonsUnlinked, it.leader, other=it.handler)


FOLLOWED: Mapping[str, Callable[[Connection[Any], Sample], None]] = {
    "case_part (employer)": _moves,
    "party_home (bureau)": _moves,
    "party_home (successor)": _moves,
    "party_home (superior)": _moves,
    "separation_person (person)": _parts,
}
"""Of an index by which a view finds what an event changes: such an event."""
