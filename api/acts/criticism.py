"""Circular criticism (通报批评): proposed, notified, answered, issued or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import circumstances, competence, relation, terms
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.seats import integrity_seats, take_seat
from api.acts.thing import Thing, own_house
from api.problems import Problem
from domain.authority.power import Matter
from domain.criticism.decide import Answer, Command, Drop, Issue, Notify, Propose, decide
from domain.criticism.events import CriticismProposed, Target
from domain.personal import Personal, Purpose
from domain.refusal import rules_of
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.acts.competence import Concern
    from api.acts.terms import Told
    from domain.case.state import Case
    from domain.criticism.state import Criticism
    from domain.organisation.state import Organisation
    from domain.policy.law import Law

_KIND = "circular_criticism"


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
    if target is Target.ORGANISATION and desk.organisation(about) is None:
        raise Problem("ORGANISATION_UNKNOWN")
    if target is Target.PERSON and desk.person(about) is None:
        raise Problem("PERSON_UNKNOWN")
    named = [known(desk.case(each)) for each in dict.fromkeys(cases)]
    competence.require_over(desk, Act.CRITICISE, _over(desk, target, about))
    over = competence.over(desk, *(competence.matter_of(desk, each) for each in named))
    competence.require_over(desk, Act.CRITICISE, over)
    words = Personal(grounds, _owner(target, about, desk.begun), Purpose.DISCIPLINE)
    command = Propose(
        target=target,
        about=about,
        cases=tuple(each.case for each in named),
        grounds=words,
        strange=tuple(each.case for each in named if not _had_part(desk, each, target, about)),
    )
    return decide(None, command, circumstances.around_house(desk, house, about))


def _had_part(desk: Desk, case: Case, target: Target, about: str) -> bool:
    """Whether a person reviewed anything in a case, or an organisation had a stage of it."""
    if target is Target.PERSON:
        reviewers = case.reviewers()
        return desk.humans([about, *sorted(reviewers)]).among(about, reviewers)
    stages = {each.organisation for each in case.chain}
    return about in stages | {case.employer} | {house for _, house, _ in case.former}


def notify(
    desk: Desk, criticism: Criticism, *, told: Told | None, answer_by: datetime | None
) -> Events:
    """Tell whom it is about, and until when to answer."""
    law = _law(desk)
    owner = _owner(criticism.target, criticism.about, criticism.criticism)
    by = terms.told(desk, law, told, owner, Purpose.DISCIPLINE)
    time = terms.time_to_answer(desk, law, by, answer_by)
    return _conduct(desk, criticism, Notify(time=time, rules=terms.rules_of_hearing(law)))


def answer_it(desk: Desk, criticism: Criticism, *, statement: str) -> Events:
    """Answer, as the person it is about or, for them, as the handler."""
    if not _is_about(desk, criticism):
        take_seat(desk, criticism.organisation, _HANDLER)
    return _conduct(desk, criticism, Answer(statement=_words(criticism, statement)))


def issue(desk: Desk, criticism: Criticism, *, decision: str, text: str) -> Events:
    """Issue it, as the second officer."""
    rules = rules_of(_law(desk).sanction(_KIND).citations)
    command = Issue(decision=decision, text=_words(criticism, text), rules=rules)
    return _conduct(desk, criticism, command)


def drop(desk: Desk, criticism: Criticism, *, decision: str, reason: str) -> Events:
    """Drop it, as the second officer."""
    command = Drop(decision=decision, reason=_words(criticism, reason))
    return _conduct(desk, criticism, command)


def _stands(desk: Desk, criticism: Criticism) -> set[Relation]:
    """Of the organisation only the integrity officers count; whom it is about, once told of it."""
    told = _notified(criticism) and _is_about(desk, criticism)
    own = told and relation.owns(desk, criticism.about)
    return relation.to_matter(desk, criticism.organisation, own=own)


def _invites(desk: Desk, criticism: Criticism) -> Iterator[Act]:
    """Tell, answer, issue or drop."""
    if criticism.ended is not None:
        return
    own = _is_about(desk, criticism)
    seats = integrity_seats(desk)
    proposed = relation.same_human(desk, criticism.proposer)
    if INTEGRITY_HANDLER in seats or (INTEGRITY_LEADER in seats and not own and not proposed):
        yield Act.CRITICISE
    if own and _notified(criticism):
        yield Act.ANSWER_CRITICISM


def _notified(criticism: Criticism) -> bool:
    return criticism.answer_by is not None


def _is_about(desk: Desk, criticism: Criticism) -> bool:
    concerned = criticism.target is Target.PERSON
    return concerned and relation.same_human(desk, criticism.about)


def _conduct(desk: Desk, criticism: Criticism, command: Command) -> Events:
    around = circumstances.around_house(desk, desk.house, criticism.about, criticism.proposer)
    return decide(criticism, command, around)


def _law(desk: Desk) -> Law:
    return desk.laws.for_area(desk.house.area)


def _words(criticism: Criticism, words: str) -> Personal:
    owner = _owner(criticism.target, criticism.about, criticism.criticism)
    return Personal(words, owner, Purpose.DISCIPLINE)


def _owner(target: Target, about: str, stream: str) -> str:
    """Words about a person are the person's; words about an organisation are the criticism's."""
    return about if target is Target.PERSON else stream


def _over(desk: Desk, target: Target, about: str) -> Concern:
    if target is Target.PERSON:
        return competence.over_persons(desk, about)
    return competence.over(desk, Matter(area=known(desk.organisation(about)).area))


CRITICISM = Thing(
    find=Desk.criticism,
    stands=_stands,
    reading=Act.READ_CRITICISM,
    invites=_invites,
    concern=lambda desk, criticism: _over(desk, criticism.target, criticism.about),
)
_HOUSE = own_house(Act.READ_CRITICISM)
_HANDLER, _LEADER = (INTEGRITY_HANDLER,), (INTEGRITY_LEADER,)
PROPOSE = Row(_HOUSE, Act.CRITICISE, propose, _HANDLER, begins=CriticismProposed, changes=False)
NOTIFY = Row(CRITICISM, Act.CRITICISE, notify, _HANDLER, blank={"told": None, "answer_by": None})
ANSWER = Row(
    CRITICISM,
    (Act.ANSWER_CRITICISM, Act.CRITICISE),
    answer_it,
    on_behalf=_HANDLER,
    when=_notified,
    blank={"statement": ""},
)
ISSUE = Row(
    CRITICISM,
    Act.CRITICISE,
    issue,
    _LEADER,
    fresh=True,
    when=_notified,
    blank={"decision": "", "text": ""},
)
DROP = Row(
    CRITICISM, Act.CRITICISE, drop, _LEADER, fresh=True, blank={"decision": "", "reason": ""}
)
