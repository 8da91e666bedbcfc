"""Everything that the lists of the desk can be asked, by whom, with ids that occur in a record.

Held against the lists that the application offers by ``tests/projections/test_plans.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from domain import beijing
from domain.authority.power import AFFAIRS, Power
from projections import (
    accessions,
    accounts,
    achievement_queue,
    act_questions,
    binding_corrections,
    case_scope,
    consultations,
    decision_documents,
    editions,
    erasures,
    exceptions,
    facets,
    holds,
    indicators,
    intakes,
    integrity,
    investigations,
    late_acts,
    mandates,
    matters,
    moves,
    objections,
    organisation_list,
    organisations,
    person_links,
    person_renamings,
    publicities,
    refusals,
    separation,
    standing_still,
    titles,
    work_queue,
)
from projections.asking import Asked
from projections.case_order import ORDERS
from projections.case_questions import Charge, beginnings, conditions
from projections.case_status import cases
from projections.dealings import dealings
from projections.listing import Gathered, Listed, Sifted
from projections.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg import Connection

    from projections.asking import Scalar


@dataclass(frozen=True)
class Sample:
    """What a caller may ask about: one case, who dealt with it, and where; ``today`` in Beijing."""

    case: str
    number: str
    batch: str
    applicant: str
    employer: str
    area: str
    office: str
    handler: str
    leader: str
    account: str
    decided: date
    today: date
    act: str = "case:returned:1"
    seat: str = "leader"
    kind: str = "filing"


_SAMPLES = f"""
    SELECT s."case", s.number, coalesce(s.batch, ''), s.applicant, s.employer, o.area,
           d.organisation, d.handler, d.leader, d.leader_account, d.decided_on
    FROM {dealings.stored} AS d
    JOIN {cases.stored} AS s ON s."case" = d."case"
    JOIN {organisations.organisations.stored} AS o ON o.organisation = s.employer
    WHERE d.decided_on IS NOT NULL AND d.handler IS NOT NULL AND d.leader IS NOT NULL
    ORDER BY md5(s."case" || d.stage || %s) LIMIT %s
"""  # noqa: S608 -- a constant of the code
_LAST = f"SELECT max(changed_at) FROM {cases.stored}"  # noqa: S608 -- a constant of the code


def samples(connection: Connection[Any], seed: str, number: int) -> list[Sample]:
    """So many cases that were decided somewhere, drawn from the whole record."""
    today = beijing.day(connection.execute(_LAST).fetchall()[0][0])
    drawn: list[list[Any]] = [
        [*each, today] for each in connection.execute(_SAMPLES, (seed, number))
    ]
    return [Sample(*each) for each in drawn]


CALLERS: Mapping[str, Callable[[Sample], Scope]] = {
    "the whole record": lambda _: EVERYTHING,
    "a city": lambda it: Scope(areas=frozenset({it.area.rpartition("/")[0]})),
    "a county": lambda it: Scope(areas=frozenset({it.area})),
    "an office": lambda it: Scope(organisations=frozenset({it.office}), beneath=True),
    "an applicant": lambda it: Scope(persons=frozenset({it.applicant})),
}
"""Whose lists they are."""

Found = Listed[Any]
Question = Callable[[Sample, Scope], Found]


def _equal(name: str, *values: Scalar, negated: bool = False) -> Asked:
    return Asked(name, tuple((("=", each),) for each in values), negated=negated)


def _since(name: str, day: date) -> Asked:
    return Asked(name, (((">=", day), ("<", day + timedelta(days=90))),))


_YES = True
TERMS: Mapping[str, Callable[[Sample], list[Asked]]] = {
    "": lambda _: [],
    "number": lambda it: [_equal("number", it.number)],
    "handler": lambda it: [_equal("handler", it.handler)],
    "handler account": lambda it: [_equal("handler", it.account)],
    "leader account": lambda it: [_equal("leader", it.account)],
    "leader": lambda it: [_equal("leader", it.leader)],
    "leader decided": lambda it: [_equal("leader", it.leader), _since("decided", it.decided)],
    "decided": lambda it: [_equal("decided", it.decided)],
    "actor": lambda it: [_equal("actor", it.account)],
    "actor act": lambda it: [_equal("actor", it.handler), _equal("act", "case:returned:1")],
    "act": lambda _: [_equal("act", "case:returned:1")],
    "applicant": lambda it: [_equal("applicant", it.applicant)],
    "employer": lambda it: [_equal("employer", it.employer)],
    "org": lambda it: [_equal("org", it.office)],
    "area": lambda it: [_equal("area", it.area)],
    "batch": lambda it: [_equal("batch", it.batch)],
    "status": lambda _: [_equal("status", "suspended", "returned")],
    "-status": lambda _: [_equal("status", "recognised", negated=True)],
    "stage": lambda _: [_equal("stage", "bureau_voting")],
    "pack": lambda _: [_equal("pack", "town-1")],
    "series": lambda _: [_equal("series", "表决")],
    "level": lambda _: [_equal("level", "senior")],
    "flag": lambda _: [_equal("flag", "overdue:screening")],
    "returned": lambda _: [Asked("returned", (((">=", 2),),))],
    "refused": lambda _: [_equal("refused", _YES)],
    "late": lambda _: [_equal("late", _YES)],
    "filed": lambda it: [_since("filed", it.decided)],
    "changed": lambda it: [_since("changed", it.decided)],
    "due": lambda it: [_since("due", it.decided)],
}
"""What can be asked of cases, each by itself, and of one stage or act together."""


def _cases(terms: str, sort: str, it: Sample, scope: Scope) -> Gathered[Any]:
    charge = Charge(dealings=scope, history=scope, findings=scope, refusals=scope)
    asked = TERMS[terms](it)
    begun = beginnings(asked, charge)
    return case_scope.visible(scope, conditions(asked, charge), ORDERS[sort], begun)


def _facets(terms: str, it: Sample, scope: Scope) -> Gathered[Any]:
    """The facets of a list, as if they were its page."""
    charge = Charge(dealings=scope, history=scope, findings=scope, refusals=scope)
    asked = conditions(TERMS[terms](it), charge)

    def gather(connection: Connection[Any], _: Sequence[Any] | None, __: int) -> list[Any]:
        return facets.facets(connection, scope, asked)[0]

    return Gathered(place=(), gather=gather)


def _acts(*asked: Callable[[Sample], Asked]) -> Question:
    return lambda it, scope: act_questions.visible(scope, [each(it) for each in asked])


def _refusals(*asked: Callable[[Sample], Asked]) -> Question:
    return lambda it, scope: refusals.visible(scope, [each(it) for each in asked])


def _investigations(*asked: Callable[[Sample], Asked]) -> Question:
    return lambda it, scope: investigations.visible(scope, [each(it) for each in asked])


def _titles(*asked: Callable[[Sample], Asked], on: bool = False) -> Question:
    return lambda it, scope: titles.visible(
        scope, scope, [each(it) for each in asked], on=it.decided if on else None
    )


def _counted(question: Question) -> Question:
    """The facets of such a list: its first page, a long one."""

    def ask(it: Sample, scope: Scope) -> Gathered[Any]:
        listed = question(it, scope)
        assert isinstance(listed, Gathered)

        def gather(connection: Connection[Any], _: Sequence[Any] | None, __: int) -> list[Any]:
            return listed.page(connection, limit=facets.MOST_ROWS + 1)

        return Gathered(place=(), gather=gather)

    return ask


def _dealing(it: Sample) -> objections.Dealing:
    power = Power(
        bodies=(),
        affairs=AFFAIRS,
        area=it.area,
        levels=(),
        series=(),
        exercises=True,
        passes_on=False,
        in_name_of=None,
        starts_on=it.today,
        last_day=None,
    )
    return objections.Dealing(powers=(power,), unaddressed=True)


def _charge(it: Sample) -> accessions.Charge:
    return accessions.Charge(registry=(it.area,), level="county")


def _still(it: Sample, scope: Scope) -> Sifted[Any]:
    asked: dict[str, Any] = {"of_cases": True, "of_matters": True, "never_about": ()}
    return standing_still.standing_still(scope, it.today, **asked)


def _entries(it: Sample, scope: Scope, **narrowing: str) -> Gathered[Any]:
    narrowed = integrity.Narrowing(**narrowing)  # type: ignore[arg-type] # of its words alone
    dealt_with = (it.area,) if scope.organisations else None
    return integrity.visible(scope, narrowed, on=it.today, dealt_with=dealt_with)


def _ago(days: int, today: date) -> datetime:
    return beijing.begin(today - timedelta(days=days))


LISTS: Mapping[str, Mapping[str, Question]] = {
    "case-list.list_cases": {
        **{f"{terms or 'all'}": partial(_cases, terms, "opened") for terms in TERMS},
        **{
            f"{terms or 'all'} sort:{sort}": partial(_cases, terms, sort)
            for terms in ("", "status", "leader", "employer")
            for sort in ORDERS
            if sort != "opened"
        },
    },
    "case-facets.count_cases": {
        f"{terms or 'all'}": partial(_facets, terms) for terms in ("", "status", "leader", "area")
    },
    "case-acts.list_acts": {
        "all": _acts(),
        "actor": _acts(lambda it: _equal("actor", it.handler)),
        "account": _acts(lambda it: _equal("actor", it.account)),
        "act": _acts(lambda it: _equal("act", it.act)),
        "org": _acts(lambda it: _equal("org", it.office)),
        "case": _acts(lambda it: _equal("case", it.case)),
        "seat": _acts(lambda it: _equal("seat", it.seat)),
        "stage": _acts(lambda _: _equal("stage", "bureau_voting")),
        "day": _acts(lambda it: _equal("day", it.decided)),
    },
    **{
        f"{one}-facets.count_{one}s": {"all": _counted(question)}
        for one, question in (
            ("act", _acts()),
            ("refusal", _refusals()),
            ("investigation", _investigations()),
            ("title", _titles()),
        )
    },
    "refusals.list_refusals": {
        "all": _refusals(),
        "actor": _refusals(lambda it: _equal("actor", it.handler)),
        "account": _refusals(lambda it: _equal("actor", it.account)),
        "org": _refusals(lambda it: _equal("org", it.office)),
        "case": _refusals(lambda it: _equal("case", it.case)),
        "person": _refusals(lambda it: _equal("person", it.applicant)),
        "day": _refusals(lambda it: _equal("day", it.decided)),
        "code": _refusals(lambda _: _equal("code", "SAME_PERSON")),
        "kind": _refusals(lambda it: _equal("kind", it.kind)),
    },
    "accounts.list_accounts": {"all": lambda _, scope: accounts.visible(scope)},
    "organisations.list_organisations": {
        "all": lambda _, scope: organisation_list.visible(scope),
        "name": lambda _, scope: organisation_list.visible(scope, name="医院"),
    },
    "integrity-records.list_records": {
        "all": _entries,
        "state": partial(_entries, state="active"),
        "ground": partial(_entries, ground="弄虚作假"),
        "authority": lambda it, scope: _entries(it, scope, authority=it.office),
        "case": lambda it, scope: _entries(it, scope, case=it.case),
        "employer": lambda it, scope: _entries(it, scope, employer=it.employer),
        "known at": lambda it, scope: integrity.visible(scope, on=it.today, known_at=5000),
    },
    "separation-findings.list_findings": {
        "all": lambda _, scope: separation.found(scope),
        "one verdict": lambda _, scope: separation.found(scope, verdicts=("INCOMPLETE",)),
        "cross level": lambda _, scope: separation.cross_level(scope),
    },
    "consultations.list_consultations": {
        "all": lambda it, scope: consultations.consulted(scope, [it.leader]),
        "person": lambda it, scope: consultations.consulted(scope, [], person=it.handler),
        "subject": lambda it, scope: consultations.consulted(scope, [], subject=it.applicant),
    },
    "exports.list_exports": {
        "all": lambda _, scope: consultations.exported(scope),
        "person": lambda it, scope: consultations.exported(scope, person=it.handler),
    },
    "indicators.list_indicators": {
        "all": lambda _, scope: indicators.found(scope),
        "subject": lambda it, scope: indicators.found(scope, subject=it.case),
        "sign": lambda _, scope: indicators.found(scope, sign="device"),
    },
    "late-acts.list_late": {
        "all": lambda _, scope: late_acts.found(scope),
        "kind": lambda _, scope: late_acts.found(scope, kind="window"),
    },
    "stale-appointments.list_stale": {
        "all": lambda it, scope: exceptions.stale_appointments(
            scope, on=it.today, idle_since=_ago(30, it.today)
        )
    },
    "backdated-appointments.list_backdated": {
        "all": lambda _, scope: exceptions.backdated_appointments(scope)
    },
    "unfinished-findings.list_unfinished": {"all": lambda _, scope: exceptions.unfinished(scope)},
    "investigations.list_investigations": {
        "all": _investigations(),
        "phase": _investigations(lambda it: _equal("phase", it.kind)),
        "subject": _investigations(lambda it: _equal("subject", it.applicant)),
        "case": _investigations(lambda it: _equal("case", it.case)),
        "org": _investigations(lambda it: _equal("org", it.office)),
        "found": _investigations(lambda _: _equal("found", _YES)),
        "not found": _investigations(lambda _: _equal("found", not _YES)),
        "opened": _investigations(lambda it: _equal("opened", it.decided)),
        "answer_by": _investigations(lambda it: _equal("answer_by", it.decided)),
    },
    "titles.list_titles": {
        "all": _titles(),
        "person": _titles(lambda it: _equal("person", it.applicant)),
        "case": _titles(lambda it: _equal("case", it.case)),
        "org": _titles(lambda it: _equal("org", it.office)),
        "area": _titles(lambda it: _equal("area", it.area)),
        "series": _titles(lambda it: _equal("series", it.kind)),
        "specialty": _titles(lambda it: _equal("specialty", it.kind)),
        "level": _titles(lambda it: _equal("level", it.kind)),
        "label": _titles(lambda it: _equal("label", it.kind)),
        "revoked": _titles(lambda _: _equal("state", "revoked")),
        "held on": _titles(lambda _: _equal("state", "held"), on=True),
        "gained": _titles(lambda it: _equal("gained", it.decided)),
        "lost": _titles(lambda it: _equal("lost", it.decided)),
    },
    "objections.list_objections": {
        "all": lambda it, scope: objections.visible(scope, _dealing(it))
    },
    "matters.read": {
        "all": lambda it, _: matters.waiting(
            it.office, ("integrity_handler", "duty_officer"), (it.employer,), _dealing(it)
        )
    },
    "standing-still.read_still": {"all": _still},
    "ageing.read": {"all": lambda _, scope: work_queue.standing_at(scope)},
    "work-queue.read": {
        "all": lambda it, _: work_queue.waiting(
            [(it.office, "handler"), (it.office, "leader")], it.account
        )
    },
    "achievement-queue.read": {"all": lambda it, _: achievement_queue.waiting(it.employer)},
    "accession-queue.read_queue": {"all": lambda it, _: accessions.waiting(_charge(it))},
    "accessions.list_accessions": {
        "waiting": lambda it, scope: accessions.visible(scope, _charge(it)),
        "all": lambda it, scope: accessions.visible(scope, _charge(it), waiting=False),
    },
    "binding-corrections.list_corrections": {
        "waiting": lambda _, scope: binding_corrections.visible(scope),
        "all": lambda _, scope: binding_corrections.visible(scope, waiting=False),
    },
    "person-renamings.list_renamings": {
        "waiting": lambda _, scope: person_renamings.visible(scope),
        "all": lambda _, scope: person_renamings.visible(scope, waiting=False),
    },
    "person-links.list_proposals": {
        "waiting": lambda _, scope: person_links.visible(scope),
        "all": lambda _, scope: person_links.visible(scope, waiting=False),
    },
    "placed-holds.list_holds": {
        "standing": lambda _, scope: holds.visible(scope),
        "all": lambda _, scope: holds.visible(scope, standing=False),
    },
    "moves.list_moves": {
        "waiting": lambda _, scope: moves.visible(scope),
        "all": lambda _, scope: moves.visible(scope, waiting=False),
    },
    "erasures.list_erasures": {
        "all": lambda _, scope: erasures.visible(scope),
        "phase": lambda _, scope: erasures.visible(scope, phase="requested"),
    },
    "intakes.list_intakes": {"all": lambda _, scope: intakes.visible(scope)},
    "mandates.list_mandates": {
        "all": lambda _, scope: mandates.visible(scope),
        "good": lambda it, scope: mandates.visible(scope, good_on=it.today),
    },
    "publicities.list_publicities": {
        "all": lambda it, _: publicities.public_on(it.today),
        "announcement": lambda it, _: publicities.public_on(it.today, "announcement-1"),
    },
    "decisions.list_decisions": {
        "all": lambda it, _: decision_documents.of_organisation(it.office)
    },
    "editions.list_editions": {
        "all": lambda _, __: editions.known(),
        "waiting": lambda _, __: editions.known(waiting=True),
    },
}
"""By the operation that lists: each way in which it can be narrowed or ordered."""
