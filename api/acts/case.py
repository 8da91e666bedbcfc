"""An applicant's case: open, state, attach, assess, submit, resubmit, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.case_law import ask_of
from api.acts.desk import known
from api.acts.guard import Row, act_as
from api.acts.stage import CASE, end_filing
from api.acts.thing import own_house
from api.acts.window_extension import needed
from api.identifiers import case_number
from api.log import name_case
from api.problems import Problem
from domain.account.claim import unclaimed
from domain.account.move import employer_left
from domain.actor import TIMEKEEPER
from domain.case import draft, filing, resubmission, withdrawal
from domain.case.chain import chain_for
from domain.case.draft import (
    AssessEligibility,
    AttachMaterial,
    CaseOpened,
    OpenCase,
    StateApplication,
    WithdrawMaterial,
)
from domain.case.establishing import not_theirs
from domain.case.filing import Submit
from domain.case.lapse import Lapse
from domain.case.lapse import lapse as decide_lapse
from domain.case.law_answer import personal_obstacles
from domain.case.reexamination import LapseSetAside
from domain.case.resubmission import Resubmit
from domain.case.returning import CaseReturned
from domain.case.values import ItemAnswer, reason_of
from domain.case.withdrawal import Withdraw
from domain.organisation.changes import nothing_new
from domain.person.events import FilingBegun
from domain.personal import Personal, Purpose
from domain.refusal import Refused, rules_of
from domain.single_events import FilingRefused

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting, Answer
    from api.acts.case_law import Asked
    from api.acts.desk import Desk, Events
    from api.office import Office
    from domain.case.application import Application
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.refusal import Refusal


def open_case(
    desk: Desk,
    own: Organisation,
    *,
    employer: str,
    pack: str | None,
    series: str,
    specialty: str,
    level: str,
    channel: str,
) -> Events:
    """Open a case as a draft, with the employer that holds the caller's account."""
    house = relation.employer_of(desk, employer)
    if house.organisation != own.organisation:
        raise Problem("FORBIDDEN")
    actor = desk.acting.actor
    if not relation.owns(desk, actor.person):
        raise Refused(unclaimed(desk.laws.for_area(house.area)))
    wanted = Wanted(pack, series, specialty, level, channel)
    return draft.open_case(opening(desk, house, actor.person, actor.account, wanted))


@dataclass(frozen=True)
class Wanted:
    """Which title is applied for, and how the case came in.

    ``pack`` need not be named: which law holds is found.
    """

    pack: str | None
    series: str
    specialty: str
    level: str
    channel: str


def opening(
    desk: Desk, house: Organisation, applicant: str, account: str, wanted: Wanted
) -> OpenCase:
    """How a case is opened with an employer, where it can be. Raises ``Refused``."""
    if no_more := nothing_new(house, "/employer"):
        raise Refused(*no_more)
    law = desk.laws.found(house.area, wanted.pack)
    if suspended := desk.laws.suspended(law, house.area):
        raise Refused(*suspended)
    return OpenCase(
        number=case_number(desk.acting.at),
        applicant=applicant,
        account=account,
        employer=house.organisation,
        law=desk.relying_on(law),
        series=wanted.series,
        specialty=wanted.specialty,
        level=wanted.level,
        channel=wanted.channel,
    )


def state_application(desk: Desk, case: Case, *, application: Application) -> Events:
    """State all claims of the application; what was stated before is replaced."""
    law = desk.law_for(case)
    theirs = not_theirs((each.name for each in application.particulars), law)
    theirs += not_theirs((each.name for each in application.periods), law, "periods")
    command = StateApplication(application=application, obstacles=tuple(theirs))
    return draft.state_application(case, command)


def attach(_desk: Desk, case: Case, *, command: AttachMaterial) -> Events:
    """Attach an uploaded file in support of named claims."""
    return draft.attach_material(case, command)


def detach(_desk: Desk, case: Case, *, material: str) -> Events:
    """Take a file out of the case; that it was there stays in the history."""
    return draft.withdraw_material(case, WithdrawMaterial(material=material))


def assess(desk: Desk, case: Case) -> Events:
    """Ask the law ahead of filing; the answer is put on record, whatever it is."""
    answered = _ask(desk, case, desk.acting.at).answer
    law = desk.relying_on(desk.law_for(case))
    command = AssessEligibility(result=answered.result, law=law)
    return draft.assess(case, command)


def obstacles_to(office: Office, acting: Acting, case_id: str) -> tuple[Refusal, ...]:
    """What would stand in the way of filing a case now, besides what is put on record."""
    desk = office.desk(acting)
    case = known(desk.case(case_id))
    asked = _ask(desk, case, acting.at)
    return (*_no_longer(desk, case, asked.about.employer), *asked.answer.obstacles)


def submit(
    desk: Desk, case: Case, *, declared_truthful: bool, declared_unclassified: bool
) -> Events:
    """File the case. A filing that is refused at the door is put on record."""
    at = desk.acting.at
    asked = _ask(desk, case, at)
    answered, law = asked.answer, asked.law
    employer = asked.about.employer
    chain, missing = chain_for(
        law, answered.facts, relation.uppers(desk, employer, desk.acting.today)
    )
    batch = answered.result.batch
    completion = None if batch is None else law.completion(batch)
    command = Submit(
        result=answered.result,
        obstacles=(
            *_no_longer(desk, case, employer),
            *answered.obstacles,
            *personal_obstacles(law, asked.about, case.case, at),
            *missing,
        ),
        chain=chain,
        declared_truthful=declared_truthful,
        declared_unclassified=declared_unclassified,
        complete_by=completion.finish_by if completion else None,
        complete_by_rules=rules_of(completion.citations if completion else ()),
        extensions=needed(desk.law_for(case), asked.extensions, answered.facts, at, desk.calendar),
        law=desk.relying_on(law),
    )
    desk.write(case.case, *filing.submit(case, command))
    desk.write(case.applicant, FilingBegun(case=case.case, pack=law.id))
    return ()


def _no_longer(desk: Desk, case: Case, employer: Organisation) -> tuple[Refusal, ...]:
    """Why nothing is filed: no employer, an applicant who left, or filings that are suspended."""
    stays = known(desk.account(case.account)).organisation == employer.organisation
    suspended = desk.laws.suspended(desk.law_for(case), employer.area)
    return (*nothing_new(employer), *(() if stays else (employer_left(),)), *suspended)


@dataclass(frozen=True, kw_only=True)
class Answering:
    """An answer to one item of a return, by its number."""

    item: str
    answer: str


def resubmit(
    desk: Desk,
    case: Case,
    *,
    declared_truthful: bool,
    declared_unclassified: bool,
    answers: tuple[Answering, ...],
) -> Events:
    """File a returned case again, each item answered, before its due date; a round begins."""
    at = desk.acting.at
    asked = _ask(desk, case, case.filed_at or at, in_window=False)
    command = Resubmit(
        answers=tuple(
            ItemAnswer(item=e.item, answer=Personal(e.answer, case.applicant, Purpose.APPLICANT))
            for e in answers
        ),
        result=asked.answer.result,
        obstacles=(
            *asked.answer.obstacles,
            *personal_obstacles(asked.law, asked.about, case.case, at),
        ),
        declared_truthful=declared_truthful,
        declared_unclassified=declared_unclassified,
    )
    return resubmission.resubmit(case, command, at)


def withdraw(desk: Desk, case: Case, *, reason: str | None) -> Events:
    """Give the case up."""
    words = None if reason is None else Personal(reason, case.applicant, Purpose.APPLICANT)
    desk.write(case.case, *withdrawal.withdraw(case, Withdraw(reason=words)))
    end_filing(desk, case, "withdrawn")
    return ()


def lapse(office: Office, case_id: str, round_: int, command: str, at: datetime) -> Answer:
    """The timekeeper's act: end a returned case whose due date has passed."""

    def decide(desk: Desk) -> None:
        case = desk.case(case_id)
        if case is None:
            return
        events = decide_lapse(case, Lapse(round=round_), at)
        desk.because(case_id, CaseReturned, LapseSetAside)
        desk.write(case_id, *events)
        if events:
            end_filing(desk, case, "lapsed")

    return act_as(office.desk, TIMEKEEPER, command, at, decide)


def words_of(office: Office, acting: Acting, case_id: str) -> str:
    """Whose words an application is, whoever types it: those of the applicant of the case."""
    desk = office.desk(acting)
    case = desk.case(case_id)
    helped = case is not None and relation.assists(desk, case)
    return case.applicant if case is not None and helped else acting.actor.person


def may(row: Row[Case, ...], office: Office, acting: Acting, case_id: str) -> Case:
    """The case, if the caller may do an act on it: asked before much is sent.

    Raises the problems ``NOT_FOUND`` and ``FORBIDDEN``.
    """
    desk = office.desk(acting)
    case = known(desk.case(case_id))
    name_case(case_id)
    relations = relation.to_case(desk, case)
    relation.require(desk, row.any_of, relations, reading=Act.READ_CASE)
    return case


def _ask(desk: Desk, case: Case, filed_at: datetime, *, in_window: bool = True) -> Asked:
    """Ask the law; a case without an application can't be asked about."""
    draft.refuse_without_application(case)
    law, employer = desk.law_for(case), relation.employer_of(desk, case.employer)
    return ask_of(desk, law, case, employer, filed_at, in_window=in_window)


def _refused_filing(
    act: str, desk: Desk, refused: Refused, stream: str, **_: object
) -> FilingRefused | None:
    """That a filing was refused at the door is on record (A-22)."""
    case = desk.case(stream)
    if case is None or case.application is None:
        return None
    return FilingRefused(
        act=act,
        case=stream,
        person=case.applicant,
        employer=case.employer,
        law=case.law,
        reasons=tuple(map(reason_of, refused.refusals)),
    )


OPEN = Row(own_house(None), Act.OPEN_CASE, open_case, begins=CaseOpened, changes=False)
STATE = Row(CASE, Act.STATE_APPLICATION, state_application)
ATTACH = Row(CASE, Act.ATTACH_MATERIAL, attach)
DETACH = Row(CASE, Act.WITHDRAW_MATERIAL, detach)
ASSESS = Row(CASE, Act.ASSESS, assess)
SUBMIT = Row(CASE, Act.SUBMIT, submit, noted=partial(_refused_filing, "submit"))
RESUBMIT = Row(CASE, Act.RESUBMIT, resubmit, noted=partial(_refused_filing, "resubmit"))
WITHDRAW = Row(CASE, Act.WITHDRAW, withdraw)
