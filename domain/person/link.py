"""Links: two persons of the record turn out to be one human being, by two officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.person.events import LinkConfirmed, LinkProposed, PersonsLinked
from domain.personal import Personal
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from domain.actor import AccountActor, Actor
    from domain.separation import Humans

LinkEvent = LinkProposed | LinkConfirmed


@dataclass(frozen=True)
class Link:
    """A proposed link, by whom it was proposed, and whether it stands."""

    link: str
    first: str
    second: str
    organisation: str
    proposer: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposeLink:
    """The first officer says, on evidence, that two persons are one human being."""

    first: str
    second: str
    organisation: str
    evidence: Personal


@dataclass(frozen=True, kw_only=True)
class ConfirmLink:
    """The second officer confirms it."""

    organisation: str


def evolve(state: Link | None, event: LinkEvent, stream: str, actor: Actor) -> Link:
    """The link after an event of its stream. Never refuses."""
    match event:
        case LinkProposed():
            proposer = getattr(actor, "person", "")
            return Link(stream, event.first, event.second, event.organisation, proposer)
        case LinkConfirmed():
            assert state is not None
            return Link(
                stream,
                state.first,
                state.second,
                state.organisation,
                state.proposer,
                confirmed=True,
            )
        case _:
            assert_never(event)


def propose(command: ProposeLink, actor: AccountActor, humans: Humans) -> tuple[LinkProposed, ...]:
    """A proposal, by an officer who is neither of the two."""
    refusals = []
    if humans.same(command.first, command.second):
        refusals.append(
            Refusal(
                "ALREADY_ONE",
                "这两个人员编号已是同一人。",
                "These two persons are one human being already.",
            )
        )
    refusals += _own(actor, humans, command.first, command.second)
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
        raise Refused(
            Refusal(
                "NO_SUCH_PROPOSAL",
                "没有这项待确认的合并提议。",
                "There is no such proposal to confirm.",
            )
        )
    refusals = _own(actor, humans, link.first, link.second)
    if humans.same(actor.person, link.proposer):
        refusals.append(
            Refusal(
                "TWO_OFFICERS",
                "合并须由两名不同的工作人员分别提出和确认。",
                "A link is proposed by one officer and confirmed by another.",
            )
        )
    if refusals:
        raise Refused(*refusals)
    return (
        (LinkConfirmed(organisation=command.organisation),),
        PersonsLinked(other=link.second, link=link.link),
        PersonsLinked(other=link.first, link=link.link),
    )


def _own(actor: AccountActor, humans: Humans, *persons: str) -> list[Refusal]:
    if not humans.among(actor.person, persons):
        return []
    return [
        Refusal(
            "OWN_AFFAIR",
            "不得办理涉及本人的人员合并。",
            "Nobody decides on a link of their own person.",
        )
    ]
