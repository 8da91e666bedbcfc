"""Extending a notice's window before anybody has filed, and asking the law as it was extended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.desk import known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION
from api.acts.seats import acting_officer, unseated
from api.acts.thing import Offer
from api.identifiers import new_stream
from domain.case.chain import chain_for
from domain.organisation.state import stream_of
from domain.organisation.window_extension import (
    ProposeExtension,
    decide_extension,
    propose_extension,
)
from domain.personal import Personal, Purpose
from domain.policy.admission import PUBLISHED
from domain.policy.windows import APPLICANT
from domain.separation import HANDLER, LEADER, same_reviewer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date, datetime

    from api.acts.desk import Desk, Events
    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.organisation.window_extension import Extension
    from domain.policy.facts import Facts
    from domain.policy.law import Law


def granted_for(
    desk: Desk, law: Law, deciding: str | None, employer: str, persons: Collection[str]
) -> tuple[Extension, ...]:
    """The extensions that hold for an applicant: of the authority that decides, or one above."""
    authority = desk.organisation(deciding) if deciding else None
    if authority is None:
        return ()
    offices = (authority, *relation.above(desk, authority))
    return tuple(
        each
        for office in offices
        for each in desk.windows(office.organisation).extensions
        if each.holds_for(law.id, employer, persons)
    )


def extended(law: Law, extensions: Collection[Extension]) -> Law:
    """The law with its windows open as long as these extensions say."""
    days: dict[str, date] = {}
    for each in extensions:
        days[each.window] = max(each.until, days.get(each.window, each.until))
    return law.open_until(days) if days else law


def before_filing(
    desk: Desk,
    law: Law,
    facts: Facts,
    employer: Organisation,
    persons: Collection[str],
    on: date,
) -> tuple[Extension, ...]:
    """The extensions for a case that has no chain yet: that of the facts tells who will decide.

    ``on`` is the day of the filing in Beijing.
    """
    chain, _ = chain_for(law, facts, relation.uppers(desk, employer, on))
    deciding = next((each.organisation for each in chain if each.decides), None)
    return granted_for(desk, law, deciding, employer.organisation, persons)


def of_case(desk: Desk, law: Law, case: Case) -> tuple[Extension, ...]:
    """The extensions for a filed case, whose chain is fixed."""
    deciding = next((each.organisation for each in case.chain if each.decides), None)
    persons = [each.person for each in desk.circle(case.applicant)]
    return granted_for(desk, law, deciding, case.employer, persons)


def needed(
    law: Law,
    extensions: Collection[Extension],
    facts: Facts,
    at: datetime,
    calendar: Calendar = PUBLISHED,
) -> tuple[str, ...]:
    """The extensions without which a filing at this instant would not be in time.

    ``law`` is the notice's own, ``facts`` tell the batch of the filing.
    """
    if law.admission(APPLICANT, at, facts, calendar=calendar).admitted:
        return ()
    windows = {each.id: each for each in extended(law, extensions).windows()}
    return tuple(
        each.extension
        for each in extensions
        if (window := windows.get(each.window)) is not None  # the notice may have lost it since
        and window.batch == facts.batch
        and window.holds_at(at)
    )


def propose(
    desk: Desk,
    authority: Organisation,
    *,
    pack: str,
    window: str,
    until: date,
    employer: str | None,
    person: str | None,
    reason: str,
) -> Events:
    """Propose to extend a window, as the handler of an authority that decides under the notice."""
    law = desk.laws.law(pack, authority.area)
    owner, purpose = desk.acting.actor.person, Purpose.OFFICIAL
    if person is not None:
        owner, purpose = person, Purpose.APPLICANT
    command = ProposeExtension(
        extension=new_stream("extension", desk.acting.at),
        window=window,
        until=until,
        employer=employer,
        person=person,
        reason=Personal(reason, owner, purpose),
        beneath=_beneath(desk, authority, employer, person),
    )
    persons = [] if person is None else [person]
    officer = acting_officer(desk, authority.organisation, persons)
    bodies = desk.bodies(authority.organisation, desk.acting.today)
    return propose_extension(bodies, command, officer, law)


def decide(
    desk: Desk, authority: Organisation, *, extension_id: str, grant: bool, document: str | None
) -> Events:
    """Grant or decline an extension that was proposed, as the authority's leader."""
    windows = desk.windows(authority.organisation)
    proposed = known(next((e for e in windows.extensions if e.extension == extension_id), None))
    law = desk.laws.law(proposed.pack, authority.area)
    persons = [proposed.proposed_by, *([proposed.person] if proposed.person else [])]
    officer = acting_officer(desk, authority.organisation, persons)
    return decide_extension(windows, extension_id, officer, law, grant=grant, document=document)


def _beneath(desk: Desk, authority: Organisation, employer: str | None, person: str | None) -> bool:
    """Whether the employer named, or some employer of the person named, is the authority's."""
    named = [] if employer is None else [employer]
    if person is not None:
        entry = desk.person(person)
        accounts = entry.accounts if entry is not None else ()
        held = [organisation for _, organisation, _ in accounts if organisation is not None]
        if not any(_is_beneath(desk, authority, each) for each in held):
            return False
    return all(_is_beneath(desk, authority, each) for each in named)


def _is_beneath(desk: Desk, authority: Organisation, organisation: str) -> bool:
    entry = desk.organisation(organisation)
    if entry is None:
        return False
    return authority.organisation in {e.organisation for e in relation.above(desk, entry)}


def _invites(desk: Desk, authority: Organisation) -> Iterator[Offer]:
    """Proposed by the handler; decided by the leader, who proposed none of those that wait."""
    own = authority.organisation
    yield Offer(Act.PROPOSE_EXTENSION, unseated(desk, own, HANDLER))
    waiting = [each for each in desk.windows(own).extensions if each.granted is None]
    if waiting:
        own_all = all(relation.same_human(desk, each.proposed_by) for each in waiting)
        second = (same_reviewer(desk.laws.for_area(authority.area)),) if own_all else ()
        yield Offer(Act.GRANT_EXTENSION, unseated(desk, own, LEADER) or second)


WINDOWS = replace(ORGANISATION, invites=_invites, stream=partial(stream_of, "windows"))
"""The windows of a notice, as an authority keeps them open."""
PROPOSE = Row(WINDOWS, Act.PROPOSE_EXTENSION, propose, (HANDLER,))
DECIDE = Row(WINDOWS, Act.GRANT_EXTENSION, decide, (LEADER,), fresh=True)
