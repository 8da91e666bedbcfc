"""Circular criticism (通报批评): proposed, notified, answered, issued or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import circumstances, competence, relation, terms
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.seats import integrity_seats, take_seat
from api.acts.thing import Thing, own_house
from domain.authority.power import Matter
from domain.criticism.decide import Answer, Command, Drop, Issue, Notify, Propose, decide
from domain.criticism.events import CriticismProposed, Target
from domain.criticism.state import Criticism, words_about
from domain.refusal import rules_of
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.acts.terms import Told
    from domain.organisation.state import Organisation


def propose(
    desk: Desk,
    house: Organisation,
    *,
    target: Target,
    about: str,
    cases: tuple[str, ...],
    grounds: str,
) -> Events:
    """Propose, as the first officer, to criticise an organisation or a reviewer."""
    concern = _over(desk, target, about)
    named = tuple(known(desk.case(each)) for each in dict.fromkeys(cases))
    competence.require_over(desk, _ACT, concern, competence.over_cases(desk, *named))
    words = words_about(target, about, grounds, desk.begun)
    reviewers = {who for case in named for who in case.reviewers() if target is Target.PERSON}
    around = circumstances.around_house(desk, house, about, *sorted(reviewers))
    return decide(None, Propose(target=target, about=about, cases=named, grounds=words), around)


def notify(
    desk: Desk, criticism: Criticism, *, told: Told | None, answer_by: datetime | None
) -> Events:
    """Tell whom it is about, and until when to answer."""
    law = desk.own_law
    time = terms.time_to_answer(desk, law, told, criticism.owner, answer_by)
    return _conduct(desk, criticism, Notify(time=time, rules=terms.rules_of_hearing(law)))


def answer_it(desk: Desk, criticism: Criticism, *, statement: str) -> Events:
    """Answer, as the person it is about or, for them, as the handler."""
    if not _is_about(desk, criticism):
        take_seat(desk, criticism.organisation, _HANDLER)
    return _conduct(desk, criticism, Answer(statement=criticism.words(statement)))


def issue(desk: Desk, criticism: Criticism, *, decision: str, text: str) -> Events:
    """Issue it, as the second officer."""
    rules = rules_of(desk.own_law.sanction("circular_criticism").citations)
    command = Issue(decision=decision, text=criticism.words(text), rules=rules)
    return _conduct(desk, criticism, command)


def drop(desk: Desk, criticism: Criticism, *, decision: str, reason: str) -> Events:
    """Drop it, as the second officer."""
    return _conduct(desk, criticism, Drop(decision=decision, reason=criticism.words(reason)))


def _conduct(desk: Desk, criticism: Criticism, command: Command) -> Events:
    around = circumstances.around_house(desk, desk.house, criticism.about, criticism.proposer)
    return decide(criticism, command, around)


def _is_about(desk: Desk, criticism: Criticism) -> bool:
    return criticism.target is Target.PERSON and relation.same_human(desk, criticism.about)


def _stands(desk: Desk, criticism: Criticism) -> set[Relation]:
    """Of the organisation only the integrity officers count; whom it is about, once told of it."""
    own = criticism.is_told() and relation.owns(desk, criticism.about)
    return relation.to_matter(desk, criticism.organisation, own=own)


def _over(desk: Desk, target: Target, about: str) -> competence.Concern:
    if target is Target.PERSON:
        return competence.over_persons(desk, known(desk.person(about), "PERSON_UNKNOWN").person)
    area = known(desk.organisation(about), "ORGANISATION_UNKNOWN").area
    return competence.over(desk, Matter(area=area))


def _invites(desk: Desk, criticism: Criticism) -> Iterator[Act]:
    """Tell, answer, issue or drop."""
    if criticism.ended is not None:
        return
    own, seats = _is_about(desk, criticism), integrity_seats(desk)
    proposed = relation.same_human(desk, criticism.proposer)
    if INTEGRITY_HANDLER in seats or (INTEGRITY_LEADER in seats and not own and not proposed):
        yield Act.CRITICISE
    if own and criticism.is_told():
        yield Act.ANSWER_CRITICISM


CRITICISM = Thing(
    find=Desk.criticism,
    stands=_stands,
    reading=Act.READ_CRITICISM,
    invites=_invites,
    concern=lambda desk, criticism: _over(desk, criticism.target, criticism.about),
)
_HOUSE = own_house(Act.READ_CRITICISM)
_HANDLER, _LEADER, _TOLD = (INTEGRITY_HANDLER,), (INTEGRITY_LEADER,), Criticism.is_told
_ACT, _ANSWERS = Act.CRITICISE, (Act.ANSWER_CRITICISM, Act.CRITICISE)
PROPOSE = Row(_HOUSE, _ACT, propose, _HANDLER, begins=CriticismProposed, changes=False)
NOTIFY = Row(CRITICISM, _ACT, notify, _HANDLER, blank=empty(notify))
ANSWER = Row(CRITICISM, _ANSWERS, answer_it, on_behalf=_HANDLER, when=_TOLD, blank=empty(answer_it))
ISSUE = Row(CRITICISM, _ACT, issue, _LEADER, fresh=True, when=_TOLD, blank=empty(issue))
DROP = Row(CRITICISM, _ACT, drop, _LEADER, fresh=True, blank=empty(drop))
