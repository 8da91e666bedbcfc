"""The roads of cases through the chains of the five notices, each to its recognition, in memory.

Whoever holds the seat whose turn it is acts; where nobody does, the case stands still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from api.acts import case, case_entry, publicity, review, vacancy_form
from api.acts.case_duties import duties_of
from api.acts.review import Establishes
from api.acts.vacancy_form import StatedForm
from api.demo.reviewing import USUAL as FOUND
from bench.town import papers
from domain import beijing
from domain.account.events import Role
from domain.case.application import (
    Achievement,
    AnnualAssessment,
    Application,
    Education,
    HeldTitle,
    Insurance,
    Particular,
    Relation,
    WorkPeriod,
)
from domain.case.draft import AttachMaterial
from domain.case.phase import (
    AwaitingPublicity,
    Publicised,
    Recognised,
    UnderPublicity,
    UnderReview,
)
from domain.case.values import ClaimFinding, Recommendation
from domain.personal import Personal, Purpose
from domain.policy.sources import Source
from domain.separation import HANDLER, LEADER
from domain.vacancies.events import ListedPerson, VacancyColumn, VacancyTotals
from domain.vacancies.form_arithmetic import Figures
from tests.api.filings import USUAL
from tests.stories.least import County

if TYPE_CHECKING:
    from domain.case.state import Case

DIGEST = "0" * 64
_APPLICANTS = {Source.APPLICANT, Source.REGISTER}


@dataclass(frozen=True, kw_only=True)
class Road:
    """A title, what is claimed and attached, and the bodies whose stages it passes.

    ``before`` is what happens when the case has come to a stage, by the stage's id.
    """

    pack: str
    series: str
    specialty: str
    level: str
    bodies: tuple[str, ...]
    application: Application
    files: tuple[tuple[str, tuple[str, ...]], ...] = ()
    before: Mapping[str, Callable[[County, str], None]] = field(default_factory=dict)


def application(
    specialty: str,
    education: str = "bachelor",
    awarded_on: str = "2022-06-30",
    *,
    mode: str = "full_time",
    titles: tuple[HeldTitle, ...] = (),
    assessed: tuple[int, ...] = (2023,),
    achievements: tuple[Achievement, ...] = (),
    insured: str | None = "某单位",
) -> Application:
    """A degree, and work in the specialty for the present employer ever since."""
    awarded = date.fromisoformat(awarded_on)
    degree = Education(
        claim="degree",
        level=education,
        mode=mode,
        major=specialty,
        started_on=None,
        awarded_on=awarded,
        school=None,
    )
    work = WorkPeriod(
        claim="work",
        first_day=awarded + timedelta(days=15),
        last_day=None,
        relation=Relation.SAME,
        professional=True,
        at_employer=True,
        specialty=None,
        workplace=None,
    )
    return Application(
        specialty_studied=specialty,
        specialty_worked=specialty,
        educations=(degree,),
        work=(work,),
        titles=titles,
        assessments=tuple(
            AnnualAssessment(claim=f"assessment-{year}", year=year, grade="合格")
            for year in assessed
        ),
        achievements=achievements,
        licences=(),
        particulars=tuple(
            Particular(claim=f"stated-{name}", name=name, value=said)
            for name, said in USUAL.items()
        ),
        insurance=None
        if insured is None
        else Insurance(claim="insurance", insured_employer=insured, linked=True, proof_seals=()),
    )


def travelled(county: County, road: Road) -> Case:
    """A case that was filed and passed from stage to stage, recognised in the end.

    Raises ``StandsStillError`` where nobody holds the seat whose turn it is.
    """
    applicant = county.account(county.unit, (Role.APPLICANT,))
    if county.place.department:
        _seal(county, road, county.town.acting(applicant).actor.person)
    path = _file(county, road, applicant)
    arrived = set[str]()
    while not isinstance((it := county.town.cases[path]).phase, Recognised):
        stage = getattr(it.phase, "stage", "")
        if stage not in arrived:
            arrived.add(stage)
            if stage in road.before:
                road.before[stage](county, path)
                county.town.hear()
        _go_on(county, county.town.cases[path])
        county.town.hear()
    return it


def _file(county: County, road: Road, applicant: str) -> str:
    town, by = county.town, county.town.acting(applicant)
    answer = town.act(
        by,
        case.OPEN,
        "",
        employer=county.unit,
        pack=road.pack,
        series=road.series,
        specialty=road.specialty,
        level=road.level,
        channel="online",
    )
    path = answer.stream_of("case:opened:1")
    town.act(by, case.STATE, path, application=road.application)
    for kind, supports in road.files:
        attached = AttachMaterial(
            material=town.number("material"),
            kind=kind,
            column=None,
            supports=supports,
            title=Personal("某材料", by.actor.person, Purpose.APPLICANT),
            media_type="application/pdf",
            size=1,
            digest=DIGEST,
        )
        town.act(by, case.ATTACH, path, command=attached)
    said = {"declared_truthful": True, "declared_unclassified": True}
    town.act(by, case.SUBMIT, path, **said)
    town.hear()
    return path


def _go_on(county: County, it: Case) -> None:
    """The next step of a case, by whoever holds the seat whose turn it is."""
    town, phase = county.town, it.phase
    assert isinstance(phase, UnderReview | AwaitingPublicity | UnderPublicity | Publicised), phase
    stage = it.stage(phase.stage)
    here = stage.organisation
    match phase:
        case UnderReview(opinion=None) if it.open_questions():
            by, question = county.holder(here, HANDLER), it.open_questions()[0]
            town.act(
                by,
                review.RECORD_JUDGEMENT,
                it.case,
                question=question,
                satisfied=True,
                grounds="符合。",
            )
        case UnderReview() if stage.votes:
            held = case_entry.Vote(
                held_on=beijing.day(town.now),
                members=9,
                present=9,
                in_favour=9,
                against=0,
                abstained=0,
                minutes=None,
                no_reason_to_recuse=True,
            )
            town.act(county.holder(here, HANDLER), case_entry.RECORD_VOTES, it.case, command=held)
        case UnderReview(opinion=None):
            town.act(
                county.holder(here, HANDLER),
                review.GIVE_OPINION,
                it.case,
                recommendation=Recommendation.APPROVE,
                reasons=(),
                verifications=papers.found(it, ClaimFinding.CONFIRMED),
                establishes=_establishes(county, here, it),
                opinion="属实。",
                no_reason_to_recuse=True,
            )
        case UnderReview():
            town.act(
                county.holder(here, LEADER),
                review.DECIDE,
                it.case,
                decision=Recommendation.APPROVE,
                reasons=(),
                opinion=None,
                no_reason_to_recuse=True,
            )
        case AwaitingPublicity():
            town.act(
                county.holder(here, HANDLER),
                publicity.OPEN,
                it.case,
                posted_on=beijing.day(town.now),
                place=None,
                address=None,
                content=DIGEST,
                evidence=None,
            )
        case UnderPublicity():
            town.wall = beijing.end(phase.posting.ends_on) + timedelta(hours=9)
            publicity.close(town.office, it.case, town.number("command"), town.now)
        case Publicised():
            seat = LEADER if it.after(phase.stage) is None else HANDLER
            town.act(county.holder(here, seat), publicity.GO_ON, it.case)


def _establishes(county: County, here: str, it: Case) -> tuple[Establishes, ...]:
    """What is due at this stage and a reviewer's to say, in favour of the applicant."""
    owed = duties_of(county.town.office, county.holder(here, HANDLER), it.case)
    return tuple(
        Establishes(fact=each.name, value=FOUND[each.name], periods=())
        for each in owed.open
        if each.name in owed.due and _APPLICANTS.isdisjoint(each.said_by)
    )


def _seal(county: County, road: Road, person: str) -> None:
    """The unit states its form of posts, and everybody seals it whose seal it needs."""
    town = county.town
    columns = [
        VacancyColumn(
            column=name,
            share=None,
            approved=approved,
            employed=employed,
            vacant=approved - employed,
            offered=approved - employed,
        )
        for name, approved, employed in (
            ("senior", 1, 1),
            ("deputy_senior", 4, 4),
            ("intermediate", 8, 8),
            ("junior", 7, 5),
        )
    ]
    listed = ListedPerson(
        person=person,
        level=road.level,
        series=None,
        present_title=None,
        post=None,
        grade=None,
        appointed_on=None,
    )
    figures = Figures(
        establishment=30,
        posts=20,
        columns=tuple(columns),
        totals=VacancyTotals(approved=20, employed=18, vacant=2),
        appointed=0,
        recommended=1,
        listed=(listed,),
    )
    stated = StatedForm(pack=road.pack, batch=None, figures=figures, committed=True)
    handler = county.holder(county.unit, HANDLER)
    answer = town.act(handler, vacancy_form.STATE, county.unit, command=stated)
    form = vacancy_form.sheet_of(county.unit, answer.stream_of("vacancies:stated:1"))
    for house, seal in ((county.unit, "unit"), (county.upper, "department"), (county.office, "hr")):
        assert house is not None
        leader = county.holder(house, LEADER)
        town.act(leader, vacancy_form.SEAL, form, seal=seal, in_favour=True, reason=None)
    town.hear()
