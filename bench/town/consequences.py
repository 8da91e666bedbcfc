"""What may be tried against reviewers and units, and about what is known of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import criticism, erasure, hold
from api.acts.erasure import Concerned
from bench.town.chance import MOSTLY, one, one_that, somebody, somebody_as
from bench.town.founding import INSPECTOR
from bench.town.misconduct import how_long, how_told
from bench.town.papers import WORDS
from domain.criticism.events import Target
from domain.erasure.state import Phase
from domain.personal import Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.town.town import Choose, Town
    from domain.case.state import Case
    from domain.criticism.state import Criticism

_PURPOSES = (
    (Purpose.APPLICANT,),
    (Purpose.APPLICANT,),
    (Purpose.OFFICIAL,),
    (Purpose.APPLICANT, Purpose.DISCIPLINE, Purpose.OFFICIAL),
    (Purpose.MATERIAL,),
)


def a_criticism_is_proposed(town: Town, choose: Choose) -> None:
    """Of a reviewer or an organisation, for a case or for none."""
    if sum(each.ended is None for each in town.criticisms.values()) > 1:
        return
    person = choose((True, False))
    target = Target.PERSON if person else Target.ORGANISATION
    it = next(iter(one(choose, town.cases.values())), None) if choose(MOSTLY) else None
    part = () if it is None else _had_part(it, person=person)
    about = choose(part or (tuple(town.persons) if person else tuple(town.organisations)))
    by = town.acting(somebody(town, choose, _authority(town, choose), INTEGRITY_HANDLER))
    cases = () if it is None else (it.case,)
    town.act(by, criticism.PROPOSE, "", target=target, about=about, cases=cases, grounds=WORDS)


def _had_part(case: Case, *, person: bool) -> tuple[str, ...]:
    if person:
        return tuple(sorted(case.reviewers()))
    return tuple(each.organisation for each in case.chain)


def a_criticism_is_told(town: Town, choose: Choose) -> None:
    """For the term of the law, for longer, or for less than it gives; by hand, or not."""
    for it in one_that(choose, town.criticisms, _pending(town)):
        by = town.acting(somebody(town, choose, it.organisation, INTEGRITY_HANDLER))
        told, answer_by = how_told(town, choose), how_long(town, choose)
        town.act(by, criticism.NOTIFY, it.criticism, told=told, answer_by=answer_by)


def a_criticism_is_answered(town: Town, choose: Choose) -> None:
    """By the person whom it is about, or entered by the handler."""
    for it in one_that(choose, town.criticisms, _pending(town)):
        officer = somebody(town, choose, it.organisation, INTEGRITY_HANDLER)
        own = it.target is Target.PERSON and choose((True, False))
        by = somebody_as(town, choose, it.about) if own else officer
        town.act(town.acting(by), criticism.ANSWER, it.criticism, statement=WORDS)


def a_criticism_is_issued(town: Town, choose: Choose) -> None:
    """By the second officer, heard or unheard."""
    for it in one_that(choose, town.criticisms, _pending(town)):
        by = town.acting(somebody(town, choose, it.organisation, INTEGRITY_LEADER))
        number = town.number("document")
        town.act(by, criticism.ISSUE, it.criticism, decision=number, text=WORDS)


def a_criticism_is_dropped(town: Town, choose: Choose) -> None:
    """By the second officer."""
    for it in one_that(choose, town.criticisms, _pending(town)):
        by = town.acting(somebody(town, choose, it.organisation, INTEGRITY_LEADER))
        number = town.number("document")
        town.act(by, criticism.DROP, it.criticism, decision=number, reason=WORDS)


def a_hold_is_placed(town: Town, choose: Choose) -> None:
    """By an inspector: what is known of somebody must be kept."""
    by = INSPECTOR if choose(MOSTLY) else choose(tuple(town.accounts))
    person = choose(tuple(town.persons))
    town.act(town.acting(by), hold.PLACE, person, mandate="纪〔1〕号", reason=WORDS)


def a_hold_is_lifted(town: Town, choose: Choose) -> None:
    """By an inspector, where there is one."""
    held = (each for each in town.persons.values() if each.holds)
    for it in one_that(choose, town.persons, held):
        by = INSPECTOR if choose(MOSTLY) else choose(tuple(town.accounts))
        placed = next(iter(sorted(it.holds)), "hold-none")
        town.act(town.acting(by), hold.LIFT, it.person, hold=placed, reason=WORDS)


def an_erasure_is_asked_for(town: Town, choose: Choose) -> None:
    """By the person, of an authority."""
    authority = _authority(town, choose)
    applied = {each.applicant: None for each in town.cases.values() if each.chain}
    settled = (town.persons[name] for name in applied)
    likely = (each for each in settled if not each.filings and not each.titles)
    for person in one_that(choose, town.persons, likely):
        by = town.acting(somebody_as(town, choose, person.person))
        purposes = choose(_PURPOSES)
        town.act(
            by,
            erasure.ASK,
            person.person,
            purposes=purposes,
            organisation=authority,
            basis="个保法四十七条",
            reason=WORDS,
        )


def an_erasure_is_approved(town: Town, choose: Choose) -> None:
    """By the first officer, whatever stands against it."""
    asked = (each for each in town.erasures.values() if each.phase is Phase.REQUESTED)
    for it in one_that(choose, town.erasures, asked):
        by = town.acting(somebody(town, choose, it.organisation, INTEGRITY_HANDLER))
        concerned = _concerned(town, it.person)
        town.act(by, erasure.APPROVE, it.erasure, grounds=WORDS, concerned=concerned)


def an_erasure_is_ordered(town: Town, choose: Choose) -> None:
    """By the second officer."""
    approved = (each for each in town.erasures.values() if each.phase is Phase.APPROVED)
    for it in one_that(choose, town.erasures, approved):
        by = town.acting(somebody(town, choose, it.organisation, INTEGRITY_LEADER))
        document = town.number("document")
        concerned = _concerned(town, it.person)
        town.act(by, erasure.ORDER, it.erasure, decision=document, concerned=concerned)


def an_erasure_is_declined(town: Town, choose: Choose) -> None:
    """By the second officer."""
    for it in one(choose, town.erasures.values()):
        by = town.acting(somebody(town, choose, it.organisation, INTEGRITY_LEADER))
        number = town.number("document")
        town.act(by, erasure.DECLINE, it.erasure, decision=number, reason=WORDS)


def _concerned(town: Town, person: str) -> Concerned:
    """What the views would say: the cases of a human being, and matters about these cases."""
    circle = {each.person for each in town.office.desk().circle(person)}
    cases = {name for name, each in town.cases.items() if each.applicant in circle}
    matters = (
        *(name for name, each in town.objections.items() if each.case in cases),
        *(name for name, each in town.complaints.items() if each.case in cases),
        *(name for name, each in town.investigations.items() if each.case in cases),
        *(name for name, each in town.criticisms.items() if each.about in circle),
    )
    return Concerned(tuple(sorted(cases)), matters)


def _authority(town: Town, choose: Choose) -> str:
    return choose(town.bureaus)


def _pending(town: Town) -> Iterator[Criticism]:
    return (each for each in town.criticisms.values() if each.ended is None)
