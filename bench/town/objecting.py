"""What the public may try against a case, and what officers make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import complaint, objection
from api.acts import handed_in as public_objection
from api.acts.handed_in import HandedIn
from bench.town.chance import MOSTLY, ONCE_IN_FOUR, a_case, one, one_that, somebody
from bench.town.founding import INSPECTOR, INTEGRITY, REVIEWING
from bench.town.papers import WORDS
from domain.case.phase import UnderPublicity
from domain.objection.events import ComplaintOutcome, Disposition
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.objection.state import Objection

_SAID = "申报人所列论文系他人所写，附有该刊物的说明。"
OPEN_OBJECTIONS = 3


def somebody_objects(town: Town, choose: Choose) -> None:
    """To a case that is public, or too late, or without any evidence."""
    if sum(each.ending is None for each in town.objections.values()) >= OPEN_OBJECTIONS:
        return
    for it in a_case(town, choose, UnderPublicity):
        if it.postings:
            named = choose(ONCE_IN_FOUR)
            said = _SAID if choose(MOSTLY) else "不行"
            handed_in = HandedIn(statement=said, name="某人" if named else None, contact=None)
            posting = it.postings[-1] if choose(MOSTLY) else choose(it.postings)
            public_objection.raise_objection(town.office, it.case, posting, handed_in, town.now)


def an_objection_is_screened(town: Town, choose: Choose) -> None:
    """Admitted, mostly."""
    new = (e for e in town.objections.values() if e.admitted is None and e.ending is None)
    for it in one_that(choose, town.objections, new):
        by = town.acting(_officer(town, choose, it, DUTY_OFFICER, INTEGRITY_HANDLER))
        reason = None if choose((True, True, False)) else WORDS
        town.act(by, objection.SCREEN, it.objection, admitted=reason is None, reason=reason)


def an_objector_is_identified(town: Town, choose: Choose) -> None:
    """An officer has seen who it is: somebody of the record, or nobody of it."""
    unnamed = (e for e in town.objections.values() if e.objector is None and e.ending is None)
    for it in one_that(choose, town.objections, unnamed):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        person = choose((None, *town.persons)) if choose(MOSTLY) else "person-nobody"
        town.act(by, objection.IDENTIFY, it.objection, shown="身份证", person=person)


def an_objection_is_investigated(town: Town, choose: Choose) -> None:
    """By the integrity handler, who reports what was found."""
    admitted = (
        e
        for e in town.objections.values()
        if e.admitted and e.investigated_by is None and e.ending is None
    )
    for it in one_that(choose, town.objections, admitted):
        by = town.acting(_officer(town, choose, it, INTEGRITY_HANDLER))
        town.act(by, objection.INVESTIGATE, it.objection, findings=WORDS, evidence=())


def an_objection_is_settled(town: Town, choose: Choose) -> None:
    """Upheld with one of its endings, or dismissed."""
    ready = (e for e in town.objections.values() if e.investigated_by and e.ending is None)
    for it in one_that(choose, town.objections, ready):
        by = town.acting(_officer(town, choose, it, INTEGRITY_LEADER))
        disposition = choose((None, *Disposition))
        town.act(
            by,
            objection.SETTLE,
            it.objection,
            disposition=disposition,
            decision=town.number("document"),
            answer=WORDS,
            summary=WORDS,
        )


def an_objection_is_withdrawn(town: Town, choose: Choose) -> None:
    """By whoever holds its receipt."""
    if choose(ONCE_IN_FOUR):
        still_open = (e for e in town.objections.values() if e.ending is None)
        for it in one_that(choose, town.objections, still_open):
            public_objection.withdraw(town.office, it.objection, town.now, reason=None)


def somebody_complains(town: Town, choose: Choose) -> None:
    """About a case, an organisation, or nobody in particular."""
    case = next(iter(one(choose, town.cases)), None)
    organisation = choose((None, *town.organisations))
    handed_in = HandedIn(statement=_SAID, name=None, contact=None)
    if choose(MOSTLY):
        complaint.complain(town.office, handed_in, organisation, case, town.now)
        return
    by = INSPECTOR if choose(MOSTLY) else choose(tuple(town.accounts))
    town.act(
        town.acting(by),
        complaint.TRANSFER_CLUE,
        "",
        statement=_SAID,
        name=None,
        contact=None,
        case=case,
        organisation=organisation,
    )


def a_complaint_is_closed(town: Town, choose: Choose) -> None:
    """It leads to nothing."""
    waiting = (each for each in town.complaints.values() if each.ending is None)
    for it in one_that(choose, town.complaints, waiting):
        where = it.authority or choose(tuple(town.organisations))
        by = town.acting(somebody(town, choose, where, INTEGRITY_HANDLER))
        town.act(
            by, complaint.CLOSE, it.complaint, outcome=choose(tuple(ComplaintOutcome)), reason=WORDS
        )


def _officer(town: Town, choose: Choose, it: Objection, *seats: str) -> str:
    """Somebody at the authority that deals with it, mostly in one of those seats."""
    fitting = seats if choose(MOSTLY) else (*INTEGRITY, *REVIEWING)
    return somebody(town, choose, it.authority or choose(tuple(town.organisations)), *fitting)
