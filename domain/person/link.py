"""Links: two persons of the record turn out to be one human being, or not, by two officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.person.events import PersonsLinked, PersonsUnlinked
from domain.person.refusals import already_one, no_such_proposal
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.two_persons import own_affair, two_officers
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.actor import AccountActor
    from domain.event import Told
    from domain.separation import Humans


@dataclass(frozen=True, kw_only=True)
class LinkProposed(Event, topic="link:proposed:1", chinese="提出同一人合并"):
    """An officer proposed, on evidence, that two persons are one human being (提出同一人合并)."""

    first: str
    second: str
    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class SeveranceProposed(Event, topic="link:severance-proposed:1", chinese="提出同一人拆分"):
    """An officer proposed, on evidence, that a link was wrong (提出同一人拆分)."""

    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class LinkSevered(Event, topic="link:severed:1", chinese="确认同一人拆分"):
    """A second officer confirmed that the two are not one human being (确认同一人拆分)."""

    organisation: str


@dataclass(frozen=True, kw_only=True)
class LinkConfirmed(Event, topic="link:confirmed:1", chinese="确认同一人合并"):
    """A second officer confirmed it (确认同一人合并)."""

    organisation: str


LinkEvent = LinkProposed | LinkConfirmed | SeveranceProposed | LinkSevered


@dataclass(frozen=True)
class Link:
    """A proposed link, by whom it was proposed, and whether it stands.

    ``severer`` is who proposed to sever it, None where nobody has.
    """

    link: str
    first: str
    second: str
    organisation: str
    proposer: str
    confirmed: bool = False
    severer: str | None = None
    severed: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposeLink:
    """The first officer says, on evidence, that two persons are one human being."""

    first: str
    second: str
    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class ProposeSeverance:
    """The first officer says, on evidence, that a link was wrong."""

    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class ConfirmLink:
    """The second officer confirms it."""

    organisation: str


def evolve(state: Link | None, event: LinkEvent, told: Told) -> Link:
    """The link after an event of its stream. Never refuses."""
    match event:
        case LinkProposed():
            proposer = getattr(told.actor, "person", "")
            return Link(told.stream, event.first, event.second, event.organisation, proposer)
        case LinkConfirmed():
            assert state is not None
            return replace(state, confirmed=True)
        case SeveranceProposed():
            assert state is not None
            return replace(state, severer=getattr(told.actor, "person", ""))
        case LinkSevered():
            assert state is not None
            return replace(state, severed=True)
        case _:
            assert_never(event)


def propose(command: ProposeLink, actor: AccountActor, humans: Humans) -> tuple[LinkProposed, ...]:
    """A proposal, by an officer who is neither of the two."""
    refusals = []
    if humans.same(command.first, command.second):
        refusals.append(already_one("/second"))
    refusals += own(actor, humans, command.first, command.second)
    if refusals:
        raise Refused(*refusals)
    return (
        LinkProposed(
            first=command.first,
            second=command.second,
            organisation=command.organisation,
            evidence=command.evidence,
        ),
    )


def confirm(
    link: Link | None, command: ConfirmLink, actor: AccountActor, humans: Humans
) -> tuple[tuple[LinkConfirmed, ...], PersonsLinked, PersonsLinked]:
    """The confirmation, and what the streams of the first and of the second then say."""
    if link is None or link.confirmed:
        raise Refused(no_such_proposal())
    refusals = own(actor, humans, link.first, link.second)
    if humans.same(actor.person, link.proposer):
        refusals.append(two_officers())
    if refusals:
        raise Refused(*refusals)
    return (
        (LinkConfirmed(organisation=command.organisation),),
        PersonsLinked(other=link.second, link=link.link),
        PersonsLinked(other=link.first, link=link.link),
    )


def propose_severance(
    link: Link | None, command: ProposeSeverance, actor: AccountActor, humans: Humans
) -> tuple[SeveranceProposed, ...]:
    """A proposal to sever a link that stands, by an officer who is neither of the two."""
    link = _standing(link)
    refusals = own(actor, humans, link.first, link.second)
    if link.severer is not None:
        refusals.append(
            Refusal(
                "SEVERANCE_UNDER_WAY",
                "已提出拆分，待另一名工作人员确认，无需重复提出。",
                "The severance has been proposed already; another officer confirms it.",
            )
        )
    if refusals:
        raise Refused(*refusals)
    return (SeveranceProposed(organisation=command.organisation, evidence=command.evidence),)


def sever(
    link: Link | None, organisation: str, actor: AccountActor, humans: Humans
) -> tuple[tuple[LinkSevered, ...], PersonsUnlinked, PersonsUnlinked]:
    """The second officer's word, and what the streams of the first and of the second then say."""
    link = _standing(link)
    if link.severer is None:
        raise Refused(no_such_proposal())
    refusals = own(actor, humans, link.first, link.second)
    if humans.same(actor.person, link.severer):
        refusals.append(two_officers())
    if refusals:
        raise Refused(*refusals)
    return (
        (LinkSevered(organisation=organisation),),
        PersonsUnlinked(other=link.second, link=link.link),
        PersonsUnlinked(other=link.first, link=link.link),
    )


def _standing(link: Link | None) -> Link:
    if link is None or not link.confirmed or link.severed:
        raise Refused(
            Refusal(
                "NO_SUCH_LINK",
                "没有这项有效的人员合并，可能尚未确认或已经拆分。",
                "There is no such link in force; it may be unconfirmed, or severed already.",
            )
        )
    return link


def own(actor: AccountActor, humans: Humans, *persons: str) -> list[Refusal]:
    """Why the actor is no officer of a link of these persons: they are one of them."""
    if not humans.among(actor.person, persons):
        return []
    return [own_affair("涉及本人的人员合并", "a link of their own person")]
