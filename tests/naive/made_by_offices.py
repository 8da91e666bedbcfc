"""Editions of law, longer windows, files taken out; duties that one person did, and indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.identifiers import untimed_stream
from bench.town.founding import CLERK
from domain.account.events import Role
from domain.actor import AccountActor
from domain.beijing import day
from domain.case.leader_decision import LeaderApproved
from domain.case.next_stage import CaseForwarded, OverdueFlagged
from domain.case.phase import UnderReview
from domain.indicator import SeparationIndicated, Sign
from domain.law.events import (
    Edition,
    EditionConfirmed,
    EditionDeclined,
    EditionKind,
    EditionProposed,
    EditionStepProposed,
    Step,
)
from domain.organisation.events import OrganisationDescribed
from domain.organisation.window_extension import ExtensionProposed
from domain.personal import Personal, Purpose
from domain.separation import LEADER
from domain.single_events import RecordExported
from tests.naive.hand import DIGEST, WORDS
from tests.naive.made_by_employers import EDUCATION

if TYPE_CHECKING:
    from domain.case.state import Case
    from tests.naive.hand import Hand

_DEPARTMENT, _EMPLOYER = "教育局", "医院"
OFFICES = ("县人社局", "市人社局", _DEPARTMENT, "戊县人社局")


def made_by_offices(hand: Hand) -> None:
    """All of it."""
    _describe(hand, hand.house(_DEPARTMENT))
    for house in map(hand.house, OFFICES):
        _editions(hand, house)
        _extension(hand, house)
    _exports(hand)
    for number, case in enumerate(list(hand.town.cases.values())[::5]):
        _indicator(hand, case, number)
    for case in list(hand.town.cases.values()):
        _breach(hand, case)
        _overdue(hand, case)


def _describe(hand: Hand, house: str) -> None:
    """The department is one of education from now on, and looks after such units."""
    department = hand.town.organisations[house]
    described = OrganisationDescribed(
        kind=department.kind,
        ownership=department.ownership,
        traits=(EDUCATION,),
        effective_on=day(hand.town.now),
        document="某编〔2012〕2号",
        late_entry=False,
    )
    hand.says(hand.staff(house, Role.ADMINISTRATOR)[0], house, described)


def _editions(hand: Hand, house: str) -> None:
    """One that waits, one that was declined, one confirmed, and one to be suspended after that."""
    by, today = hand.staff(house, Role.OFFICIAL)[0], day(hand.town.now)
    edition = Edition(
        kind=EditionKind.OVERLAY,
        law=f"overlay-{house}",
        number=1,
        title="补充规定（虚构）",
        jurisdiction=hand.town.organisations[house].area,
        procedure="recognition",
        extends="town",
        documents=(DIGEST,),
        digest=DIGEST,
    )
    proposed = EditionProposed(
        organisation=house, edition=edition, rules=(), starts_on=today, reason=None
    )
    confirmed = EditionConfirmed(organisation=house, digest=DIGEST, rules=())
    again = EditionStepProposed(organisation=house, step=Step.SUSPEND, reason=WORDS)
    declined = EditionDeclined(organisation=house, step=Step.PUT_IN_FORCE)
    hand.begins(by, "edition", proposed)
    hand.begins(by, "edition", proposed, declined)
    hand.begins(by, "edition", proposed, confirmed)
    hand.begins(by, "edition", proposed, confirmed, again)


def _extension(hand: Hand, house: str) -> None:
    by = hand.staff(house, Role.OFFICIAL)[0]
    proposed = ExtensionProposed(
        extension=untimed_stream("extension"),
        pack="town",
        digest=DIGEST,
        window="filing",
        until=day(hand.town.now),
        employer=None,
        person=None,
        reason=Personal(WORDS, hand.person(by), Purpose.OFFICIAL),
    )
    hand.says(by, house.replace("organisation", "windows"), proposed)


def _exports(hand: Hand) -> None:
    """By each who watches, and by somebody who did once."""
    watching = {Role.AUDITOR, Role.INSPECTOR}
    by = [name for name, each in hand.town.accounts.items() if watching & set(each.roles)]
    exported = RecordExported(
        query="cases",
        count=0,
        first_position=None,
        last_position=None,
        digest=DIGEST,
        media_type="text/csv",
    )
    for each in (*by, hand.staff(hand.house(_EMPLOYER), Role.OFFICIAL)[0]):
        hand.begins(each, "export", exported)


def _indicator(hand: Hand, case: Case, number: int) -> None:
    """Of two who work where it was opened."""
    first, second = hand.staff(case.employer, Role.OFFICIAL)[:2]
    indicated = SeparationIndicated(
        subject=case.case,
        organisation=case.employer,
        stage="employer",
        round=1,
        first=1,
        first_account=first,
        first_person=hand.person(first),
        second=2,
        signs=(Sign.SAME_DEVICE, Sign.WITHIN_A_MINUTE)[number % 2 :],
        seconds=5,
    )
    hand.begins(second, "indicator", indicated)


def _breach(hand: Hand, case: Case) -> None:
    """Who acted in it last approves it as leader, too, there or at the next office; it goes on."""
    acted = [
        each.actor
        for each in hand.town.histories[case.case]
        if each.event.topic in ("case:handler-opinion-given:1", "case:leader-approved:1")
    ]
    if not isinstance(case.phase, UnderReview) or case.is_held or not acted:
        return
    stage, actor = case.stage(case.phase.stage), acted[-1]
    following = case.after(stage.stage)
    if following is None or stage.publicity or not isinstance(actor, AccountActor):
        return
    approved = LeaderApproved(
        round=case.round,
        stage=stage.stage,
        organisation=stage.organisation,
        opinion=None,
        no_reason_to_recuse=True,
        departs=False,
        substitute=False,
    )
    forwarded = CaseForwarded(
        round=case.round,
        from_stage=stage.stage,
        to_stage=following.stage,
        organisation=following.organisation,
        forwarded_on=day(hand.town.now),
    )
    hand.says(actor.account, case.case, approved, forwarded, seat=LEADER)


def _overdue(hand: Hand, case: Case) -> None:
    """One of those who lead where it is, if any, does something there that is too late."""
    if not isinstance(case.phase, UnderReview):
        return
    today = day(hand.town.now)
    overdue = OverdueFlagged(what="completion", due_on=today, happened_on=today, rules=())
    here = hand.holders(case.stage(case.phase.stage).organisation, LEADER)
    hand.says(here[0] if here else CLERK, case.case, overdue, seat=LEADER if here else None)
