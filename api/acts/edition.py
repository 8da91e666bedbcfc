"""Two officials put law in force: proposed with its text by one, confirmed by another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events
from api.acts.guard import Row
from api.acts.rehearsal import empty
from api.acts.seats import unseated
from api.acts.thing import Offer, Thing, own_house
from api.law.examination import Examined, examined
from api.problems import Problem
from domain.authority.power import Matter
from domain.law import edition as deciding
from domain.law.edition import Around
from domain.law.editions_in_force import in_place_of
from domain.law.events import (
    IN_FORCE,
    EditionConfirmed,
    EditionProposed,
    EditionStepProposed,
    NoticeAttached,
    Step,
)
from domain.law.texts import digest_of_text
from domain.policy.loader import Document
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from api.acts.competence import Concern
    from domain.law.edition import Proposal
    from domain.law.events import Edition
    from domain.organisation.state import Organisation


_GIVEN = "policy.toml"
"""How faults call a text that was given."""
_MARK = "\ufeff"
"""With what editors on Windows begin a text."""


def propose(
    desk: Desk,
    own: Organisation,
    *,
    text: str | None,
    offered: str | None,
    starts_on: date,
    reason: str | None,
) -> Events:
    """Propose that a text is law from a day on; it stands on record from now on.

    The text is given, or is one that the release offers, by its id.
    """
    _require_seat(desk, HANDLER, LEADER)
    given = (Document(_GIVEN, (text or "").removeprefix(_MARK)),)
    texts = desk.laws.library.offers(offered) if offered else given
    if not texts:
        raise Problem("POLICY_UNKNOWN")
    found = examined(desk.laws, texts, starts_on)
    competence.require_over(desk, Act.PROPOSE_LAW, _over(desk, found.edition))
    command = EditionProposed(
        organisation=own.organisation,
        edition=found.edition,
        rules=found.rules,
        starts_on=starts_on,
        reason=reason,
    )
    events = deciding.propose(command, _around(desk, found))
    for each in found.texts:
        desk.enter(digest_of_text(each.text), each)
    return events


def attach_notice(desk: Desk, proposal: Proposal, *, command: NoticeAttached) -> Events:
    """Attach the notice itself, which was uploaded before."""
    return deciding.attach(proposal, command, proposed_it=_proposed_it(desk, proposal))


def propose_step(desk: Desk, proposal: Proposal, *, step: Step, reason: str) -> Events:
    """Propose to withdraw an edition before it binds anybody, to suspend filings, or to resume."""
    _require_seat(desk, HANDLER, LEADER)
    own = desk.house.organisation
    command = EditionStepProposed(organisation=own, step=step, reason=reason)
    return deciding.propose_step(proposal, command, desk.acting.today)


def decide(
    desk: Desk,
    proposal: Proposal,
    *,
    confirm: bool,
    digest: str,
    rules: tuple[str, ...],
    notice: str | None,
) -> Events:
    """Confirm what was proposed, clause by clause, as another official; or decline it."""
    own, proposed_it = desk.house.organisation, _proposed_it(desk, proposal)
    _require_seat(desk, LEADER)
    if not confirm:
        return deciding.decline(proposal, own, proposed_it=proposed_it)
    command = EditionConfirmed(organisation=own, digest=digest, rules=rules, notice=notice)
    around = _around(desk, law_of(desk, proposal))
    confirmed, led_to = deciding.confirm(proposal, command, around, proposed_it=proposed_it)
    desk.write(proposal.proposal, confirmed)
    desk.write(IN_FORCE, led_to)
    return ()


def take_back(desk: Desk, proposal: Proposal) -> Events:
    """Take back what one proposed, until another official has decided on it."""
    own = desk.house.organisation
    return deciding.take_back(proposal, own, proposed_it=_proposed_it(desk, proposal))


def law_of(desk: Desk, proposal: Proposal) -> Examined:
    """An edition as it reads today over what holds on its first day."""
    proposed = proposal.proposed
    texts = [desk.laws.library.text(each) for each in proposed.edition.documents]
    return examined(desk.laws, texts, proposed.starts_on, proposed.edition)


def _proposed_it(desk: Desk, proposal: Proposal) -> bool:
    pending = proposal.pending
    return pending is not None and relation.same_human(desk, pending.proposer)


def _around(desk: Desk, found: Examined) -> Around:
    edition, laws = found.edition, desk.laws
    return Around(
        faults=found.faults,
        earlier=laws.earlier(edition.law, edition.kind),
        replaces=in_place_of(laws.force, edition),
        today=desk.acting.today,
    )


def _require_seat(desk: Desk, *seats: str) -> None:
    home = desk.acting.actor.organisation or ""
    if refusals := unseated(desk, home, *seats):
        raise Refused(*refusals)


def _over(desk: Desk, edition: Edition) -> Concern:
    return competence.over(desk, Matter(area=edition.jurisdiction))


def _stands(desk: Desk, proposal: Proposal) -> set[Relation]:
    return relation.to_office(desk, proposal.proposed.organisation)


def _invites(desk: Desk, proposal: Proposal) -> Iterator[Act | Offer]:
    if _waits(proposal):
        if _proposed_it(desk, proposal):
            yield Act.PROPOSE_LAW
        yield Act.CONFIRM_LAW
    elif deciding.possible_steps(proposal, desk.acting.today):
        home = desk.acting.actor.organisation or ""
        yield Offer(Act.PROPOSE_LAW, unseated(desk, home, HANDLER, LEADER))


def _waits(proposal: Proposal) -> bool:
    return proposal.pending is not None


def _waits_for_force(proposal: Proposal) -> bool:
    return proposal.pending is not None and proposal.pending.step is Step.PUT_IN_FORCE


def _concern(desk: Desk, proposal: Proposal) -> Concern:
    return _over(desk, proposal.proposed.edition)


_OWN = replace(own_house(None), concern=competence.as_asked)
EDITION = Thing(
    find=Desk.edition,
    stands=_stands,
    reading=Act.READ_POLICY,
    invites=_invites,
    concern=_concern,
)
PROPOSE = Row(
    _OWN, Act.PROPOSE_LAW, propose, (HANDLER, LEADER), begins=EditionProposed, changes=False
)
ATTACH = Row(EDITION, Act.PROPOSE_LAW, attach_notice, (HANDLER, LEADER), when=_waits_for_force)
TAKE_BACK = Row(EDITION, Act.PROPOSE_LAW, take_back, (HANDLER, LEADER), when=_waits, blank={})
PROPOSE_STEP = Row(
    EDITION,
    Act.PROPOSE_LAW,
    propose_step,
    (HANDLER, LEADER),
    when=lambda proposal: not _waits(proposal),
)
DECIDE = Row(
    EDITION,
    Act.CONFIRM_LAW,
    decide,
    (LEADER, HANDLER),
    fresh=True,
    when=_waits,
    blank=empty(decide),
)
