"""Moving (调动): somebody's account goes with them to another employer, as an applicant's alone.

Its holder asks, the employer that they join accepts, and the one that they leave releases it; an
office above that one does instead once the term is over, by a document that shows that the
contract ended. What they filed stays where it was filed. Who registered themself is with no
employer yet: the first one accepts them, and that is all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.account.claim import unclaimed
from domain.account.decide import unusable
from domain.account.events import AccountMoved, Role
from domain.event import Event
from domain.organisation.changes import nothing_new
from domain.person.events import PersonMoved
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import nothing_changes, occurred_later
from domain.refusals.two_persons import own_affair, two_officers
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.account.state import Account
    from domain.event import Told
    from domain.organisation.state import Organisation
    from domain.separation import CitingLaw, Humans


class ContractProof(StrEnum):
    """What kind of document shows that somebody works for an employer no more."""

    TERMINATION_CERTIFICATE = "termination_certificate"
    TRANSFER_ORDER = "transfer_order"
    AWARD_OR_JUDGEMENT = "award_or_judgement"


@dataclass(frozen=True, kw_only=True)
class MoveAsked(Event, topic="move:asked:1", chinese="申请调动"):
    """Somebody asked to go, with their account, from one employer to another (申请调动).

    They leave none where they registered themself and never had one here.
    """

    account: str
    person: str
    leaves: str | None
    joins: str


@dataclass(frozen=True, kw_only=True)
class MoveAccepted(Event, topic="move:accepted:1", chinese="同意接收"):
    """The employer that they join accepts them (同意接收).

    ``release_by`` is the last day in Beijing on which it is the old employer's to release them;
    None where there is none, and they are with the new one from here on.
    """

    organisation: str
    release_by: date | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MoveReleased(Event, topic="move:released:1", chinese="放行"):
    """The employer that they leave, or an office above it, let them go (放行).

    ``ended_on`` is the last day of their work there. ``proof`` and ``number`` are those of the
    document, without which no office above does it.
    """

    organisation: str
    ended_on: date
    proof: ContractProof | None
    number: Personal | None


@dataclass(frozen=True, kw_only=True)
class MoveWithdrawn(Event, topic="move:withdrawn:1", chinese="撤回调动申请"):
    """They stay after all (撤回调动申请)."""

    account: str


MoveEvent = MoveAsked | MoveAccepted | MoveReleased | MoveWithdrawn


@dataclass(frozen=True)
class Move:
    """What was asked, whether the new employer accepted and by whom, and whether it is over."""

    move: str
    asked: MoveAsked
    accepted: MoveAccepted | None = None
    accepted_by: str | None = None
    released: MoveReleased | None = None
    withdrawn: bool = False

    def stands(self, account: Account | None) -> bool:
        """Whether it waits for somebody, of an account that is still where it is to leave."""
        joined = self.accepted is not None and self.asked.leaves is None
        waits = self.released is None and not self.withdrawn and not joined
        here = account is not None and account.organisation == self.asked.leaves
        return waits and here and account is not None and not account.disabled


def evolve(state: Move | None, event: MoveEvent, told: Told) -> Move:
    """The move after an event of its stream. Never refuses."""
    if isinstance(event, MoveAsked):
        return Move(told.stream, event)
    assert state is not None
    match event:
        case MoveAccepted():
            by = getattr(told.actor, "person", None)
            return replace(state, accepted=event, accepted_by=by)
        case MoveReleased():
            return replace(state, released=event)
        case MoveWithdrawn():
            return replace(state, withdrawn=True)
        case _:
            assert_never(event)


@dataclass(frozen=True, kw_only=True)
class Accept:
    """Take somebody in; ``obstacles`` are why no account of an applicant would be opened there.

    ``release_by`` is the last day of the term, of the employer that they leave, if there is one.
    """

    by: str
    organisation: str
    obstacles: tuple[Refusal, ...]
    release_by: date | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Release:
    """Let somebody go; ``ended`` says that the old employer is no more, and needs no time."""

    by: str
    organisation: str
    ended_on: date
    proof: ContractProof | None
    number: Personal | None
    today: date
    ended: bool


def ask(account: Account | None, joins: Organisation, law: CitingLaw) -> tuple[MoveAsked, ...]:
    """The holder of an account asks to move. Raises ``Refused``."""
    if account is None or account.disabled:
        raise Refused(unusable())
    leaves, refusals = account.organisation, list(nothing_new(joins, "/organisation"))
    if not account.claimed:
        refusals.append(unclaimed(law))
    if Role.APPLICANT not in account.roles:
        refusals.append(_applies_for_nothing())
    if leaves == joins.organisation:
        refusals.append(nothing_changes("/organisation"))
    if refusals:
        raise Refused(*refusals)
    return (
        MoveAsked(
            account=account.account,
            person=account.person,
            leaves=leaves,
            joins=joins.organisation,
        ),
    )


def accept(
    state: Move, account: Account | None, command: Accept, humans: Humans
) -> tuple[MoveAccepted | AccountMoved | PersonMoved, ...]:
    """The new employer, by another person than who moves, accepts. Raises ``Refused``.

    Whoever leaves none is with it from here on.
    """
    refusals = [*_own(state, command.by, humans), *command.obstacles]
    if not state.stands(account) or state.accepted is not None:
        refusals.append(_settled())
    if refusals:
        raise Refused(*refusals)
    accepted = MoveAccepted(
        organisation=command.organisation, release_by=command.release_by, rules=command.rules
    )
    return (accepted,) if state.asked.leaves is not None else (accepted, *_gone(state))


def release(
    state: Move, account: Account | None, command: Release, humans: Humans
) -> tuple[MoveReleased, AccountMoved, PersonMoved]:
    """The old employer lets them go, or an office above does by a document after the term.

    Who accepted them does not do that as well. What the account was for besides applying stays
    behind. Raises ``Refused``.
    """
    refusals = _own(state, command.by, humans)
    if not state.stands(account):
        refusals.append(_settled())
    elif state.accepted is None or state.accepted_by is None:
        refusals.append(_not_accepted())
    elif humans.same(command.by, state.accepted_by):
        refusals.append(two_officers())
    elif command.organisation != state.asked.leaves:
        last = state.accepted.release_by
        if last is not None and command.today <= last and not command.ended:
            refusals.append(_not_yet_above(last))
        if command.proof is None:
            refusals.append(_unproven())
    if (command.proof is None) is not (command.number is None):
        refusals.append(_half_a_document())
    if command.ended_on > command.today:
        refusals.append(occurred_later(command.ended_on, "/ended_on"))
    if refusals:
        raise Refused(*refusals)
    released = MoveReleased(
        organisation=command.organisation,
        ended_on=command.ended_on,
        proof=command.proof,
        number=command.number,
    )
    return (released, *_gone(state))


def withdraw(state: Move, account: Account | None) -> tuple[MoveWithdrawn, ...]:
    """They stay, as long as they were not released. Raises ``Refused``."""
    if not state.stands(account):
        raise Refused(_settled())
    return (MoveWithdrawn(account=state.asked.account),)


def _gone(state: Move) -> tuple[AccountMoved, PersonMoved]:
    """The account is the new employer's, as an applicant's alone."""
    asked, roles = state.asked, (Role.APPLICANT,)
    return (
        AccountMoved(organisation=asked.joins, roles=roles, move=state.move),
        PersonMoved(account=asked.account, organisation=asked.joins, roles=roles),
    )


def employer_left() -> Refusal:
    """What was begun with an employer and never filed is not filed from another."""
    return Refusal(
        "EMPLOYER_LEFT",
        "您已调离建立本申报的单位，尚未提交的申报不能再经该单位提交。请在现单位重新建立申报。",
        "You have left the employer with which you began this. What was not filed before is begun"
        " anew with the employer for whom you work now.",
        pointer="/employer",
    )


def _own(state: Move, by: str, humans: Humans) -> list[Refusal]:
    if not humans.same(by, state.asked.person):
        return []
    return [own_affair("本人的调动", "their own move")]


def _settled() -> Refusal:
    return Refusal(
        "MOVE_SETTLED",
        "该调动申请已办理、已撤回，或者账号已不在原单位，不能再次办理。",
        "This was done or withdrawn, or the account has left there otherwise.",
    )


def _applies_for_nothing() -> Refusal:
    return Refusal(
        "MOVES_AS_APPLICANT",
        "只有用于本人申报的账号可以随人调动。其他岗位请由新单位另开账号。",
        "Only an account by which somebody applies goes with them; for another office the new"
        " employer opens one.",
    )


def _not_accepted() -> Refusal:
    return Refusal(
        "MOVE_NOT_ACCEPTED",
        "新单位尚未同意接收，请待其同意后再放行。",
        "The new employer has not accepted them yet; let them go once it has.",
    )


def _not_yet_above(last: date) -> Refusal:
    return Refusal(
        "RELEASE_TERM_RUNS",
        f"原单位的放行期限至 {last}（含当日），期满仍未放行的，上级方可凭证明放行。",
        f"Until {last}, that day included, it is for the employer that they leave to let them go;"
        " an office above does it afterwards.",
    )


def _unproven() -> Refusal:
    return Refusal(
        "RELEASE_UNPROVEN",
        "上级放行须凭证明劳动（聘用）关系已经结束的文书，请填写其种类和文号。",
        "An office above lets them go by a document that shows that the contract ended; name its"
        " kind and number.",
        pointer="/proof",
    )


def _half_a_document() -> Refusal:
    return Refusal(
        "RELEASE_DOCUMENT_INCOMPLETE",
        "证明文书须同时填写种类和文号。",
        "Of a document both the kind and the number are named.",
        pointer="/number",
    )
