"""The terms of due process, reckoned for an act; a year without published working days refuses."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.acts import relation
from domain import service
from domain.calendar import CalendarNotPublishedError
from domain.personal import Personal, Purpose
from domain.policy.process import AUTHORITY_OR_ABOVE, REVIEW_DECISION, STATEMENT
from domain.policy.undated import postpones_term
from domain.refusal import Refused, rules_of
from domain.service import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.acts.desk import Desk
    from domain.organisation.state import Organisation
    from domain.policy.law import Law
    from domain.service import Hearing, Service, TimeToAnswer


@dataclass(frozen=True, kw_only=True)
class Told:
    """How an officer says that somebody was told; by what proof, where not through Mingjian."""

    channel: Channel
    on: date | None
    proof: str | None


def told(desk: Desk, law: Law, said: Told | None, owner: str, purpose: Purpose) -> Service:
    """How and when somebody was told: through Mingjian and today, where nothing else is said.

    ``owner`` and ``purpose`` are those of the words that name the proof; the owner is who was
    told, where it is a person. Raises ``Refused`` where they could have read nothing here.
    """
    entered = service.Entered()
    if said is not None:
        proof = None if said.proof is None else Personal(said.proof, owner, purpose)
        entered = service.Entered(channel=said.channel, on=said.on, proof=proof)
    if entered.channel is Channel.SYSTEM and not _reads_here(desk, owner):
        raise Refused(service.reads_nothing_here())
    with _known_working_days():
        return service.service(entered, law, desk.calendar, desk.acting.today)


def _reads_here(desk: Desk, whom: str) -> bool:
    """Whether a person has ever signed in by an account that they still have.

    Of what is no person, an organisation's seats read.
    """
    if desk.person(whom) is None:
        return True
    held = (account for person in desk.circle(whom) for account, _, _ in person.accounts)
    return any(one is not None and one.activated for one in map(desk.account, held))


def time_to_answer(
    desk: Desk, law: Law, said: Told | None, owner: str, asked: datetime | None
) -> TimeToAnswer:
    """How long somebody may answer who was told of a matter of discipline; see ``told``."""
    by = told(desk, law, said, owner, Purpose.DISCIPLINE)
    with _known_working_days():
        return service.time_to_answer(by, asked, law, desk.calendar)


def hearing(desk: Desk, law: Law, by: Service, on: date | None) -> Hearing | None:
    """The hearing to which somebody was called when they were told."""
    with _known_working_days():
        return service.hearing(on, by, law, desk.calendar)


def last_day(desk: Desk, law: Law, term: str, begins: date) -> date:
    """The last day of a term that begins on a day."""
    with _known_working_days():
        return law.process_term(term).last_day(begins, desk.calendar)


def forum(desk: Desk, law: Law, decided: Organisation) -> frozenset[str]:
    """The organisations that may re-examine what one decided: those above, or it as well."""
    upper = {each.organisation for each in relation.above(desk, decided)}
    own = law.process_term(REVIEW_DECISION).forum == AUTHORITY_OR_ABOVE
    return frozenset(upper | {decided.organisation} if own else upper)


def rules_of_hearing(law: Law) -> tuple[str, ...]:
    """The rules by which somebody is told, and heard, before anything is decided about them."""
    return rules_of((*law.behind("NOT_YET_HEARD"), *law.process_term(STATEMENT).citations))


@contextmanager
def _known_working_days() -> Iterator[None]:
    try:
        yield
    except CalendarNotPublishedError as unknown:
        raise Refused(postpones_term(unknown.year)) from unknown
