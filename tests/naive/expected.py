"""By address, what a list holds for somebody: in which member, told apart by what, in order.

And what it can be narrowed to beside the language of queries: by which words of the address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from tests.naive import amiss, applying, beside, standing, waiting
from tests.naive.callers import Caller
from tests.naive.lists import Lists

Asked = Mapping[str, str]
Fold = Callable[[Lists, Caller, Asked], list[Any]]
Values = Callable[[Lists], Iterable[str]]
PATIENCE = "30"
"""After so many days the law of the town calls a seat idle (``ND``)."""
_LENGTH = len("person-00000000-0000-0000-0000-000000000000")


@dataclass(frozen=True)
class Listed:
    """A list: the member of its pages, what tells a row apart, and what narrows it to what."""

    member: str
    told: Callable[[dict[str, Any]], Any]
    fold: Fold
    narrows: Mapping[str, Values] = field(default_factory=dict)


def _rows(member: str, told: str, fold: Fold, **narrows: Values) -> Listed:
    return Listed(member, itemgetter(*told.split()), fold, narrows)


def _states(row: dict[str, Any]) -> tuple[str, Counter[str]]:
    """How the accounts of a list stand."""
    named = ("existing", "opened", "active", "disabled", "moved")
    return row["intake"], Counter({name: row[name] for name in named if row[name]})


def _yes(asked: Asked, name: str) -> bool:
    return asked.get(name) == "true"


def _yes_or_no(_: Lists) -> Iterable[str]:
    return "true", "false"


def _ids(persons: Iterable[str]) -> Iterable[str]:
    """Those of them that can be asked for: who founded the town has no such id."""
    return (each for each in persons if len(each) == _LENGTH)


def _one_of(*words: str) -> Values:
    return lambda _: words


def _stale(by: Lists, who: Caller, asked: Asked) -> list[tuple[str, str]]:
    assert by.now is not None
    return amiss.stale_for(who, by.turns, by.now, int(asked.get("idle_days", PATIENCE)))


EXPECTED: Mapping[str, Listed] = {
    "/v1/cases": _rows("cases", "case", lambda by, who, _: by.ordered(by.cases_for(who, []), None)),
    "/v1/acts": _rows("acts", "position", lambda by, who, _: by.acts_for(who, [])),
    "/v1/refusals": _rows("refusals", "position", lambda by, who, _: by.refusals_for(who, [])),
    "/v1/objections": _rows("objections", "stream", lambda by, who, _: by.handed_in_for(who)),
    "/v1/investigations": _rows(
        "investigations", "investigation", lambda by, who, _: by.investigations_for(who, [])
    ),
    "/v1/accounts": _rows("accounts", "account", lambda by, who, _: by.accounts_for(who)),
    "/v1/organisations": _rows(
        "organisations",
        "organisation",
        lambda by, who, asked: by.houses_for(who, **asked),
        name=lambda by: (each["name"][:2] for each in by.known.organisations.values()),
    ),
    "/v1/consultations": _rows(
        "consultations",
        "position",
        lambda by, who, asked: by.looks_for(who, **asked),
        subject=lambda by: (each["subject"] for each in by.known.looks),
        person=lambda by: _ids(each["by"] for each in by.known.looks),
    ),
    "/v1/publicities": _rows("publicities", "posting", lambda by, who, _: by.public_on(who.today)),
    "/v1/work-queue": _rows(
        "cases", "case", lambda by, who, _: waiting.queue_for(who, by.turns, by.stood)
    ),
    "/v1/work-queue/accessions": _rows(
        "accessions", "accession", lambda _by, who, _: applying.accession_queue_for(who)
    ),
    "/v1/work-queue/achievements": _rows(
        "achievements", "entry", lambda _by, who, _: applying.achievements_for(who)
    ),
    "/v1/matters": _rows("matters", "stream", lambda _by, who, _: waiting.matters_for(who)),
    "/v1/ageing-report": _rows(
        "cases", "case", lambda by, who, _: standing.ageing_for(who, by.turns)
    ),
    "/v1/standing-still": _rows(
        "rows", "stream", lambda by, who, _: standing.still_for(who, by.turns)
    ),
    "/v1/erasures": _rows(
        "erasures",
        "erasure",
        lambda _, who, asked: beside.erasures_for(who, **asked),
        phase=_one_of("requested", "approved", "ordered", "carried_out", "completed", "declined"),
    ),
    "/v1/holds": _rows(
        "holds",
        "hold",
        lambda _, who, asked: beside.holds_for(who, lifted=_yes(asked, "lifted")),
        lifted=_yes_or_no,
    ),
    "/v1/mandates": _rows(
        "mandates",
        "mandate",
        lambda _, who, asked: beside.mandates_for(who, over=_yes(asked, "expired")),
        expired=_yes_or_no,
    ),
    "/v1/moves": _rows(
        "moves",
        "move",
        lambda _, who, asked: beside.moves_for(who, over=_yes(asked, "settled")),
        settled=_yes_or_no,
    ),
    "/v1/person-links": _rows(
        "links",
        "link",
        lambda _, who, asked: beside.links_for(who, settled=_yes(asked, "settled")),
        settled=_yes_or_no,
    ),
    "/v1/person-renamings": _rows(
        "renamings",
        "renaming",
        lambda _, who, asked: beside.renamings_for(who, settled=_yes(asked, "settled")),
        settled=_yes_or_no,
    ),
    "/v1/binding-corrections": _rows(
        "corrections",
        "correction",
        lambda _, who, asked: beside.corrections_for(who, settled=_yes(asked, "settled")),
        settled=_yes_or_no,
    ),
    "/v1/accessions": _rows(
        "accessions",
        "accession",
        lambda _, who, asked: applying.accessions_for(who, settled=_yes(asked, "settled")),
        settled=_yes_or_no,
    ),
    "/v1/intakes": Listed("intakes", _states, lambda _by, who, _: applying.intakes_for(who)),
    "/v1/editions": _rows(
        "editions",
        "edition",
        lambda _, who, asked: beside.editions_for(who, waiting=_yes(asked, "waiting")),
        waiting=_yes_or_no,
    ),
    "/v1/exports": _rows(
        "exports",
        "position",
        lambda _, who, asked: beside.exports_for(who, **asked),
        person=lambda by: _ids(each.actor["person"] for _, (each,) in by.known.of_kind("export")),
    ),
    "/v1/indicators": _rows(
        "indicators",
        "position",
        lambda _, who, asked: beside.indicators_for(who, asked),
        subject=lambda by: (each.fields["subject"] for _, (each,) in by.known.of_kind("indicator")),
        sign=_one_of("same_device", "within_a_minute"),
    ),
    "/v1/late-acts": _rows(
        "acts",
        "position",
        lambda _, who, asked: amiss.late_for(who, **asked),
        kind=_one_of("decision", "entry", "item"),
    ),
    "/v1/backdated-appointments": _rows(
        "appointments", "appointment what", lambda _by, who, _: amiss.backdated_for(who)
    ),
    "/v1/stale-appointments": _rows(
        "appointments", "appointment why", _stale, idle_days=_one_of("1", "20", "60", "400")
    ),
    "/v1/separation-findings": _rows(
        "findings",
        "case stage organisation round",
        lambda by, who, asked: amiss.findings_for(who, by.proven, **asked),
        verdict=_one_of("SAME", "INCOMPLETE", "CROSS_LEVEL"),
    ),
    "/v1/unfinished-findings": _rows(
        "findings", "investigation", lambda by, who, _: beside.unfinished_for(who, by.phases)
    ),
}


@dataclass(frozen=True)
class OfHouse:
    """A list of one organisation's, which is told to who may read it, and to nobody else."""

    member: str
    told: str
    fold: Callable[[Caller, str], list[str] | None]


OF_HOUSES: Mapping[str, OfHouse] = {
    "/v1/organisations/{organisation_id}/decisions": OfHouse(
        "decisions", "decision", beside.decisions_of
    ),
    "/v1/organisations/{organisation_id}/window-extensions": OfHouse(
        "extensions", "extension", beside.extensions_of
    ),
    "/v1/organisations/{organisation_id}/vacancy-forms": OfHouse("forms", "form", beside.forms_of),
}
