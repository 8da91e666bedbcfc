"""Status, queue, certificates and deadlines, against the domain's own fold of every case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bench.province import moment
from domain.actor import AccountActor
from domain.case.certificate import CertificateIssued
from domain.case.evolve import evolve
from domain.case.phase import (
    AwaitingPublicity,
    Draft,
    Ended,
    Publicised,
    Recognised,
    Returned,
    Revoked,
    Suspended,
    UnderPublicity,
    UnderReview,
)
from domain.investigation.events import InvestigationOpened
from domain.objection.events import ObjectionRaised
from projections import case_acts, case_status, certificates, deadlines, work_queue
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.case.phase import Phase
    from domain.case.state import Case
    from projections.queue_rows import Queued
    from tests.projections.conftest import Followed


@pytest.fixture(scope="module")
def cases(year: Followed) -> dict[str, Case]:
    """Every case as the domain folds it."""
    folded: dict[str, Case] = {}
    for stream, event, actor in year.happened:
        if stream.startswith("case-"):
            folded[stream] = evolve(folded.get(stream), event, told(stream, actor))  # type: ignore[arg-type]
    return folded


def word_of(phase: Phase) -> str:
    match phase:
        case Draft():
            return "draft"
        case UnderReview():
            return "under_review"
        case Returned():
            return "returned"
        case AwaitingPublicity():
            return "awaiting_publicity"
        case UnderPublicity():
            return "under_publicity"
        case Publicised():
            return "publicised"
        case Suspended():
            return "suspended"
        case Recognised():
            return "recognised"
        case Revoked():
            return "revoked"
        case Ended():
            return phase.outcome


def test_every_case_stands_where_the_domain_says(year: Followed, cases: dict[str, Case]) -> None:
    shown = {each.case: each for each in case_status.cases.select(year.connection, "")}
    assert shown.keys() == cases.keys()
    for stream, folded in cases.items():
        row = shown[stream]
        assert row.phase == word_of(folded.phase)
        assert set(row.objections) == folded.objections
        assert (row.round, row.number, row.applicant) == (
            folded.round,
            folded.number,
            folded.applicant,
        )
        assert tuple(each.stage for each in row.chain) == tuple(e.stage for e in folded.chain)
        if isinstance(folded.phase, UnderReview):
            assert row.stage == folded.phase.stage
            assert row.seat == ("leader" if folded.phase.opinion else "handler")
        if isinstance(folded.phase, Returned):
            assert (row.seat, row.due_at) == ("applicant", folded.phase.due_at)


def test_the_year_leads_to_every_ending(cases: dict[str, Case]) -> None:
    assert {word_of(each.phase) for each in cases.values()} >= {
        "draft",
        "under_review",
        "returned",
        "suspended",
        "under_publicity",
        "recognised",
        "rejected",
        "withdrawn",
        "lapsed",
        "disqualified",
    }


def test_a_case_that_nobody_opened_is_not_found(year: Followed) -> None:
    assert case_status.of(year.connection, "case-nowhere") is None


def test_the_version_shown_is_the_last_of_the_stream(year: Followed) -> None:
    last = {stream: version for _, stream, version, *_ in year.record.written}
    shown = case_status.cases.select(year.connection, "")
    assert all(each.version == last[each.case] for each in shown)


def next_seat(phase: UnderReview | AwaitingPublicity | Publicised) -> str:
    """In these cases only a stage that is not the last is made public, so its handler goes on."""
    return "leader" if isinstance(phase, UnderReview) and phase.opinion else "handler"


def everything_waiting(year: Followed) -> list[Queued]:
    seats = [
        (organisation, seat)
        for organisation in {each[0] for each in year.happened}
        for seat in ("handler", "leader")
    ]
    return work_queue.waiting(seats, "").page(year.connection, limit=10_000)


def test_what_is_under_review_waits_for_the_next_seat(
    year: Followed, cases: dict[str, Case]
) -> None:
    expected = {
        stream: (folded.stage(folded.phase.stage).organisation, next_seat(folded.phase))
        for stream, folded in cases.items()
        if isinstance(folded.phase, UnderReview | AwaitingPublicity | Publicised)
    }
    waiting = everything_waiting(year)
    assert {each.case: (each.organisation, each.seat) for each in waiting} == expected
    assert [each.since_position for each in waiting] == sorted(e.since_position for e in waiting)


@pytest.fixture(scope="module")
def officers(year: Followed, cases: dict[str, Case]) -> dict[str, set[str]]:
    """By case, whoever dealt with an objection to it or investigated it."""
    about: dict[str, str] = {}
    dealt: dict[str, set[str]] = {case: set() for case in cases}
    for stream, event, actor in year.happened:
        if isinstance(event, (ObjectionRaised, InvestigationOpened)):
            about[stream] = event.case
        if stream in about and isinstance(actor, AccountActor):
            dealt[about[stream]].add(actor.person)
    return {case: persons - {cases[case].applicant} for case, persons in dealt.items()}


def test_the_year_has_cases_that_wait_after_an_objection_or_an_investigation(
    year: Followed, officers: dict[str, set[str]]
) -> None:
    assert any(officers[each.case] for each in everything_waiting(year))


def test_the_applicant_the_opposite_seat_and_officers_of_objections_are_barred(
    year: Followed, cases: dict[str, Case], officers: dict[str, set[str]]
) -> None:
    for each in everything_waiting(year):
        folded = cases[each.case]
        assert each.organisation is not None
        across = "leader" if each.seat == "handler" else "handler"
        assert each.stage is not None
        acted = folded.acted_at(each.stage, across)
        assert set(each.barred) == {folded.applicant, *acted, *officers[each.case]}


def test_a_substitute_finds_the_case_that_waits_for_them(
    year: Followed, cases: dict[str, Case]
) -> None:
    for each in everything_waiting(year):
        named = [
            one.account
            for one in cases[each.case].substitutes
            if (one.stage, one.seat) == (each.stage, each.seat)
        ]
        assert each.substitute_account == (named[-1] if named else None)
        if each.substitute_account:
            mine = work_queue.waiting([], each.substitute_account).page(year.connection)
            assert each.case in {one.case for one in mine}


def test_a_queue_is_read_page_by_page(year: Followed) -> None:
    seats = [(each.organisation or "", each.seat or "") for each in everything_waiting(year)]
    seen: list[Queued] = []
    while page := work_queue.waiting(seats, "").page(
        year.connection, behind=(seen[-1].since_position,) if seen else None, limit=3
    ):
        seen += page
    assert [each.case for each in seen] == [each.case for each in everything_waiting(year)]


def test_a_certificate_is_valid_or_revoked_or_there_is_none(
    year: Followed, cases: dict[str, Case]
) -> None:
    issued = {s: e.certificate for s, e, _ in year.happened if isinstance(e, CertificateIssued)}
    verified = {
        stream: certificates.verify(year.connection, number) for stream, number in issued.items()
    }
    assert verified == {
        stream: "revoked" if isinstance(cases[stream].phase, Revoked) else "valid"
        for stream in issued
    }
    assert set(verified.values()) == {"valid", "revoked"}
    assert certificates.verify(year.connection, "证0") == "none"


def test_deadlines_run_for_open_cases_alone(year: Followed, cases: dict[str, Case]) -> None:
    far = moment(0) + timedelta(days=3650)
    running = deadlines.fallen_due(year.connection, far, limit=100_000)
    open_cases = {stream for stream, folded in cases.items() if folded.is_open and folded.chain}
    completion = {each.stream for each in running if each.kind == deadlines.COMPLETION}
    assert completion == open_cases
    returned = {stream for stream, folded in cases.items() if isinstance(folded.phase, Returned)}
    assert {each.stream for each in running if each.kind == deadlines.RETURN} == returned


def test_nothing_is_due_before_its_time_and_due_days_end_at_midnight_in_beijing(
    year: Followed, cases: dict[str, Case]
) -> None:
    all_due = deadlines.fallen_due(year.connection, moment(0) + timedelta(days=3650), limit=100_000)
    first = min(each.due_at for each in all_due)
    assert deadlines.fallen_due(year.connection, first - timedelta(microseconds=1)) == []
    assert deadlines.fallen_due(year.connection, first)[0].due_at == first
    posted = {each.stream for each in all_due if each.kind == deadlines.PUBLICITY}
    assert posted == {
        stream for stream, folded in cases.items() if isinstance(folded.phase, UnderPublicity)
    }
    days = [each.due_at for each in all_due if each.kind == deadlines.COMPLETION]
    assert {each.isoformat() for each in days} == {"2024-12-20T16:00:00+00:00"}


def test_the_timeline_has_a_line_for_every_act_of_a_case(
    year: Followed, cases: dict[str, Case]
) -> None:
    for stream in list(cases)[:50]:
        acts = case_acts.of_case(year.connection, stream)
        expected = [
            (position, version, topic)
            for position, at, version, topic, *_ in year.record.written
            if at == stream
        ]
        assert [(each.position, each.version, each.topic) for each in acts] == expected


def test_what_a_person_or_an_organisation_did_is_listed_newest_first(
    year: Followed, cases: dict[str, Case]
) -> None:
    act = next(iter(act for each in cases.values() for act in each.acts))
    by_person = case_acts.of_persons(year.connection, [act.person], limit=1000)
    expected = [
        position
        for position, (stream, _, actor) in enumerate(year.happened, 1)
        if stream.startswith("case-") and getattr(actor, "person", None) == act.person
    ]
    assert [each.position for each in by_person] == expected[::-1]
    at_home = case_acts.of_organisation(year.connection, act.organisation, limit=5)
    assert len(at_home) == 5
    older = case_acts.of_organisation(
        year.connection, act.organisation, before=at_home[-1].position, limit=5
    )
    assert older[0].position < at_home[-1].position
