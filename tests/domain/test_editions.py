"""Editions of law: proposed by one, confirmed by another; which of them holds where and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.law.edition import Around, Pending, Proposal, attach, confirm, propose, propose_step
from domain.law.editions_in_force import (
    Force,
    Holding,
    holding,
    in_place_of,
    overlays_over,
    packs_over,
    supplementing,
)
from domain.law.events import (
    Edition,
    EditionConfirmed,
    EditionKind,
    EditionProposed,
    EditionStepProposed,
    LawPutInForce,
    NoticeAttached,
    Step,
)
from domain.law.refusals import filings_suspended, other_law_holds
from domain.law.texts import LONGEST_PART, document_of, entered
from domain.policy.faults import Fault
from domain.policy.loader import Document
from domain.refusal import Refusal, Refused
from tests.domain.given import given
from tests.domain.invented import BAI, TODAY

if TYPE_CHECKING:
    from domain.event import Event

PROVINCE, CITY, COUNTY = "甲省", "甲省/乙市", "甲省/乙市/丙县"
PACK = Edition(
    kind=EditionKind.PACK,
    law="yi-2026",
    number=2,
    title="某通知",
    jurisdiction=CITY,
    procedure="recognition",
    extends=None,
    documents=("1" * 64,),
    digest="1" * 64,
)
PROPOSED = EditionProposed(
    organisation="organisation-1", edition=PACK, rules=("Y-1", "Y-2"), starts_on=TODAY, reason=None
)
FIRST = replace(PACK, number=1, digest="2" * 64)
ALONE = Around(faults=(), earlier=(), today=TODAY)
BEFORE = Holding(FIRST, TODAY - timedelta(days=300), "edition-1")
AFTER = replace(ALONE, earlier=(BEFORE,), replaces=BEFORE)
NOTICE = NoticeAttached(
    file="material-1",
    media_type="application/pdf",
    size=9,
    digest="4" * 64,
    number=None,
    source="某处",
)
WAITING = Proposal("edition-2", PROPOSED, Pending(Step.PUT_IN_FORCE, BAI, ""), notice=NOTICE)
CONFIRMED = EditionConfirmed(
    organisation="organisation-1", digest=PACK.digest, rules=("Y-1", "Y-2"), notice=NOTICE.digest
)
STANDING = replace(WAITING, pending=None, done=Step.PUT_IN_FORCE)


def held(edition: Edition, since: date = TODAY, proposal: str | None = "edition-9") -> Holding:
    return Holding(edition, since, proposal)


def in_force(*editions: Holding) -> Force:
    force = Force()
    for each in editions:
        force = Force(force.editions.entered(each.proposal or "", each))
    return force


def test_what_takes_the_place_of_another_has_a_higher_number_and_says_why() -> None:
    given(PROPOSED).when(propose, ALONE).then(PROPOSED)
    given(PROPOSED).when(propose, AFTER).refused_at("EDITION_WITHOUT_REASON", "/reason")
    why = replace(PROPOSED, reason="更正")
    given(why).when(propose, AFTER).then(why)
    again = replace(why, edition=replace(PACK, number=1))
    given(again).when(propose, AFTER).refused_at("EDITION_NUMBER", "/text")


def test_whatever_takes_the_place_of_law_says_why_under_a_new_id_too() -> None:
    other = replace(PROPOSED, edition=replace(PACK, law="yi-2027", number=1))
    around = replace(ALONE, replaces=BEFORE)
    given(other).when(propose, around).refused_at("EDITION_WITHOUT_REASON", "/reason")
    assert in_place_of(in_force(BEFORE), other.edition) == BEFORE
    elsewhere = replace(other.edition, procedure="review")
    assert in_place_of(in_force(BEFORE), elsewhere) is None
    later = replace(BEFORE, since=TODAY, proposal="edition-2")
    assert in_place_of(in_force(later, BEFORE), PACK) == later


def test_no_earlier_number_takes_the_place_of_a_later_one_again() -> None:
    coming = replace(BEFORE, since=TODAY + timedelta(days=1))
    around, why = replace(AFTER, earlier=(coming,)), replace(PROPOSED, reason="更正")
    given(why).when(propose, around).refused_at("EDITION_NUMBER", "/starts_on")
    then = replace(why, starts_on=coming.since)
    given(then).when(propose, around).then(then)
    offered = replace(around, earlier=(replace(coming, proposal=None),))
    given(why).when(propose, offered).then(why)


def test_the_confirmation_leads_to_the_law_that_was_read() -> None:
    _, led_to = confirm(WAITING, CONFIRMED, ALONE, proposed_it=False)
    assert led_to == LawPutInForce(proposal="edition-2", edition=PACK, starts_on=TODAY)
    tomorrow = replace(ALONE, today=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="TWO_OFFICERS, EDITION_BACKDATED"):
        confirm(WAITING, CONFIRMED, tomorrow, proposed_it=True)


def test_everything_that_stands_in_the_way_of_an_edition_is_told_at_once() -> None:
    fault = Fault(document="a.toml", key="pack", chinese="没有", english="is not there")
    elsewhere = replace(AFTER.earlier[0], edition=replace(FIRST, jurisdiction=COUNTY))
    around = replace(AFTER, faults=(fault, fault), earlier=(elsewhere,))
    past = replace(PROPOSED, starts_on=TODAY - timedelta(days=1), reason="更正")
    codes = ("EDITION_FAULTY", "EDITION_FAULTY", "EDITION_BACKDATED", "EDITION_ELSEWHERE")
    given(past).when(propose, around).refused(*codes)


def test_who_confirms_has_read_this_text_and_each_clause_and_nothing_was_decided() -> None:
    def confirmed(state: Proposal, command: EditionConfirmed) -> tuple[Event, ...]:
        return confirm(state, command, ALONE, proposed_it=False)

    other = replace(CONFIRMED, digest="3" * 64, rules=("Y-1", "Y-3"))
    given(WAITING).when(confirmed, other).refused("EDITION_DIGEST", "EDITION_CLAUSES")
    given(STANDING).when(confirmed, CONFIRMED).refused("EDITION_DECIDED")


def test_a_pack_is_read_beside_its_notice_and_a_calendar_needs_none() -> None:
    def confirmed(state: Proposal, command: EditionConfirmed) -> tuple[Event, ...]:
        return confirm(state, command, ALONE, proposed_it=False)

    alone, unread = replace(WAITING, notice=None), replace(CONFIRMED, notice=None)
    for command in (CONFIRMED, unread):
        given(alone).when(confirmed, command).refused("EDITION_WITHOUT_NOTICE")
    given(WAITING).when(confirmed, unread).refused_at("EDITION_NOTICE", "/notice")
    calendar = replace(PACK, kind=EditionKind.CALENDAR)
    year = replace(alone, proposed=replace(PROPOSED, edition=calendar))
    assert confirmed(year, unread)
    given(year).when(confirmed, CONFIRMED).refused_at("EDITION_NOTICE", "/notice")


@pytest.mark.parametrize(
    ("state", "proposed_it", "codes"),
    [
        (WAITING, True, ()),
        (WAITING, False, ("NOT_ITS_PROPOSER",)),
        (STANDING, True, ("EDITION_DECIDED",)),
        (replace(STANDING, pending=Pending(Step.SUSPEND, BAI, "")), True, ("EDITION_DECIDED",)),
    ],
)
def test_the_notice_is_attached_by_who_proposed_before_it_is_decided(
    state: Proposal, codes: tuple[str, ...], *, proposed_it: bool
) -> None:
    outcome: Any = given(state).when(
        lambda one, command: attach(one, command, proposed_it=proposed_it), NOTICE
    )
    outcome.refused(*codes) if codes else outcome.then(NOTICE)


@pytest.mark.parametrize(
    ("code", "refusal", "named"),
    [
        ("FILINGS_SUSPENDED", filings_suspended(PACK, "系统升级"), "系统升级"),
        ("OTHER_LAW_HOLDS", other_law_holds([PACK]), "yi-2026《某通知》"),
    ],
)
def test_who_files_is_told_why_not_under_which_law(code: str, refusal: Refusal, named: str) -> None:
    assert refusal.code == code
    assert named in refusal.chinese


@pytest.mark.parametrize(
    ("done", "step", "begins", "code"),
    [
        (Step.PUT_IN_FORCE, Step.WITHDRAW, 1, None),
        (Step.PUT_IN_FORCE, Step.WITHDRAW, 0, "EDITION_BINDS"),
        (Step.PUT_IN_FORCE, Step.SUSPEND, 0, None),
        (Step.PUT_IN_FORCE, Step.RESUME, 0, "EDITION_STEP"),
        (Step.SUSPEND, Step.SUSPEND, 0, "EDITION_STEP"),
        (Step.SUSPEND, Step.RESUME, 0, None),
        (Step.WITHDRAW, Step.SUSPEND, 0, "EDITION_STEP"),
        (None, Step.SUSPEND, 0, "EDITION_STEP"),
    ],
)
def test_a_step_is_taken_where_the_edition_stands_so(
    done: Step | None, step: Step, begins: int, code: str | None
) -> None:
    proposed = replace(PROPOSED, starts_on=TODAY + timedelta(days=begins))
    state = replace(STANDING, done=done, proposed=proposed)
    command = EditionStepProposed(organisation="organisation-1", step=step, reason="某因")
    when: Any = given(state).when(propose_step, command, TODAY)
    if code is None:
        when.then(command)
    else:
        when.refused_at(code, "/step")


def test_the_latest_edition_holds_from_its_day_on_and_what_is_offered_until_then() -> None:
    offered = held(FIRST, date.min, None)
    later = held(replace(PACK, law="yi-b"), TODAY + timedelta(days=5), "edition-3")
    force = in_force(held(PACK), later)
    assert holding(in_force(), [offered], TODAY) == (offered,)
    assert [e.edition.law for e in holding(force, [offered], TODAY)] == ["yi-2026"]
    assert holding(force, [offered], TODAY - timedelta(days=1)) == (offered,)
    assert holding(force, [offered], later.since) == (later,)


def test_supplements_bind_one_over_the_other_and_the_later_of_two_takes_the_place() -> None:
    def over(number: int, *documents: str) -> Edition:
        texts = (*PACK.documents, *documents)
        return replace(PACK, number=number, documents=texts, supplements=number - 1)

    first, second = held(over(2, "b")), held(over(3, "b", "c"), proposal="edition-3")
    other = held(over(4, "d"), TODAY + timedelta(days=1), "edition-4")
    follows = replace(PACK, number=5, documents=(*PACK.documents, "e"))
    force = in_force(first, second, other, held(follows, proposal="edition-5"))

    def binding(of: Force, day: date = TODAY) -> list[int]:
        return [e.edition.number for e in supplementing(of, PACK.documents, day)]

    assert binding(force) == [2, 3]
    assert supplementing(force, first.edition.documents, TODAY) == (second,)
    assert binding(force, other.since) == [4]
    assert binding(force, TODAY - timedelta(days=1)) == []
    suspended = replace(other, suspended="核查")
    assert binding(in_force(first, second, suspended), other.since) == []
    assert supplementing(force, ("x",), TODAY) == ()


def test_an_overlay_and_a_nearer_pack_hold_in_their_own_area() -> None:
    over = replace(
        PACK, kind=EditionKind.OVERLAY, law="fee", jurisdiction=COUNTY, extends="yi-2026"
    )
    province = replace(PACK, law="jia", jurisdiction=PROVINCE)
    found = (held(province), held(PACK), held(over))
    assert [e.edition.law for e in packs_over(found, COUNTY)] == ["yi-2026", "jia"]
    assert [e.edition.law for e in packs_over(found, "甲省/丁市")] == ["jia"]
    assert [e.edition.law for e in overlays_over(found, "yi-2026", COUNTY)] == ["fee"]
    assert overlays_over(found, "yi-2026", CITY) == []
    assert overlays_over(found, "jia", COUNTY) == []


@pytest.mark.parametrize("length", [0, 1, LONGEST_PART, LONGEST_PART + 1, 3 * LONGEST_PART])
def test_a_text_is_its_parts_joined_and_none_of_them_missing(length: int) -> None:
    document = Document("a.toml", "𠮷" * length)
    parts = entered(document.name, document.text)
    assert document_of(parts) == document
    assert document_of(parts[:-1]) is None or not parts[:-1]
