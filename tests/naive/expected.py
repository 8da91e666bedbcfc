"""By address, what a list holds for somebody: in which member, told apart by what, in order.

And what it can be narrowed to beside the language of queries: by which words of the address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
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


@dataclass(frozen=True)
class Listed:
    """A list: the member of its pages, what tells a row apart, and what narrows it to what."""

    member: str
    told: Callable[[dict[str, Any]], Any]
    fold: Fold
    narrows: Mapping[str, Values] = field(default_factory=dict)


def _rows(member: str, told: str, fold: Fold, **narrows: Values) -> Listed:
    return Listed(member, itemgetter(*told.split()), fold, narrows)


def _turned(
    member: str, told: str, find: Callable[..., list[Any]], by: str, as_: str | None = None
) -> Listed:
    """A list that is turned by yes or no, which its fold knows by the same word or by another."""

    def fold(_: Lists, who: Caller, asked: Asked) -> list[Any]:
        return find(who, **{as_ or by: asked.get(by) == "true"})

    return _rows(member, told, fold, **{by: _one_of("true", "false")})


def _states(row: dict[str, Any]) -> tuple[str, Counter[str]]:
    """How the accounts of a list stand."""
    named = ("existing", "opened", "active", "disabled", "moved")
    return row["intake"], Counter({name: row[name] for name in named if row[name]})


def _around(title: dict[str, Any]) -> Iterable[str]:
    """The days on which a title was gained, and was lost, if it was; and the day before that."""
    yield title["gained_on"]
    if title["lost_on"] is not None:
        yield title["lost_on"]
        yield (date.fromisoformat(title["lost_on"]) - timedelta(days=1)).isoformat()


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
    "/v1/titles": _rows(
        "titles",
        "position state lost_on",
        lambda by, who, asked: by.titles_for(who, [], asked.get("effective_at")),
        effective_at=lambda by: (day for each in by.known.titles for day in _around(each)),
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
        person=lambda by: (each["by"] for each in by.known.looks),
    ),
    "/v1/publicities": _rows(
        "publicities",
        "posting",
        lambda by, who, asked: by.public_on(who.today, **asked),
        announcement=lambda by: filter(
            None, (e["announcement"] for e in by.known.postings.values())
        ),
    ),
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
    "/v1/holds": _turned("holds", "hold", beside.holds_for, "lifted"),
    "/v1/mandates": _turned("mandates", "mandate", beside.mandates_for, "expired", "over"),
    "/v1/moves": _turned("moves", "move", beside.moves_for, "settled", "over"),
    "/v1/person-links": _turned("links", "link", beside.links_for, "settled"),
    "/v1/person-renamings": _turned("renamings", "renaming", beside.renamings_for, "settled"),
    "/v1/binding-corrections": _turned(
        "corrections", "correction", beside.corrections_for, "settled"
    ),
    "/v1/accessions": _turned("accessions", "accession", applying.accessions_for, "settled"),
    "/v1/intakes": Listed("intakes", _states, lambda _by, who, _: applying.intakes_for(who)),
    "/v1/editions": _turned("editions", "edition", beside.editions_for, "waiting"),
    "/v1/exports": _rows(
        "exports",
        "position",
        lambda _, who, asked: beside.exports_for(who, **asked),
        person=lambda by: (each.actor["person"] for _, (each,) in by.known.of_kind("export")),
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
