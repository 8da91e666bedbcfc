"""Extensions of a window (延期) before filing: for all, for one employer, for one person.

Only the authority that decides may extend, or one above it: the handler proposes with a reason,
the leader decides, and they are different persons. What was closed is open again until the new
day; nothing else of the notice changes. After filing, a single case is extended by
``domain.case.extension``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.event import Event
from domain.organisation.state import organisation_of
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_above, not_in_seat
from domain.refusals.two_persons import own_affair, proposal_first
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, same_reviewer
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.event import Told
    from domain.organisation.seats import Officer
    from domain.policy.law import Law


@dataclass(frozen=True, kw_only=True)
class ExtensionProposed(Event, topic="windows:extension-proposed:1", chinese="提出延期"):
    """The authority's handler proposed to keep a window of a notice open longer.

    ``window`` is the pack's id, ``until`` the new last day in Beijing. It is for everybody
    beneath the authority, or for those of one ``employer``, or for one ``person``.
    """

    extension: str
    pack: str
    digest: str
    window: str
    until: date
    employer: str | None
    person: str | None
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(Event, topic="windows:extension-granted:1", chinese="批准延期"):
    """The authority's leader granted it; ``document`` is its 文号, where there is one."""

    extension: str
    granted_on: date
    document: str | None


@dataclass(frozen=True, kw_only=True)
class ExtensionDeclined(Event, topic="windows:extension-declined:1", chinese="不予延期"):
    """The authority's leader did not grant it."""

    extension: str
    declined_on: date


WindowsEvent = ExtensionProposed | ExtensionGranted | ExtensionDeclined


@dataclass(frozen=True)
class Extension:
    """One extension as the authority remembers it; ``granted`` is None while it is proposed."""

    extension: str
    pack: str
    window: str
    until: date
    employer: str | None
    person: str | None
    reason: Personal
    proposed_by: str
    granted: bool | None = None

    def holds_for(self, pack: str, employer: str, persons: Collection[str]) -> bool:
        """Whether it was granted to an applicant of an employer, under a notice.

        ``persons`` are all persons of the record that are that human being.
        """
        return (
            self.granted is True
            and self.pack == pack
            and self.employer in {None, employer}
            and (self.person is None or self.person in persons)
        )


@dataclass(frozen=True)
class Windows:
    """The extensions that an authority has proposed or decided."""

    organisation: str
    extensions: Ledger[str, Extension] = field(default_factory=Ledger)

    def proposed(self, extension: str) -> Extension | None:
        """An extension that nobody has decided yet."""
        known = self.extensions.under(extension)
        return None if known is None or known.granted is not None else known


def evolve(state: Windows | None, event: WindowsEvent, told: Told) -> Windows:
    """The extensions after an event of their stream. Never refuses."""
    known = state or Windows(organisation_of(told.stream))
    match event:
        case ExtensionProposed():
            proposed = Extension(
                event.extension,
                event.pack,
                event.window,
                event.until,
                event.employer,
                event.person,
                event.reason,
                getattr(told.actor, "person", ""),
            )
            return replace(known, extensions=known.extensions.entered(event.extension, proposed))
        case ExtensionGranted():
            return _decided(known, event.extension, granted=True)
        case ExtensionDeclined():
            return _decided(known, event.extension, granted=False)
        case _:
            assert_never(event)


def _decided(known: Windows, extension: str, *, granted: bool) -> Windows:
    proposed = known.extensions.under(extension)
    if proposed is None:
        return known
    decided = replace(proposed, granted=granted)
    return replace(known, extensions=known.extensions.entered(extension, decided))


@dataclass(frozen=True, kw_only=True)
class ProposeExtension:
    """Propose to extend; ``beneath`` says that whom it is for belongs to this authority."""

    extension: str
    window: str
    until: date
    employer: str | None
    person: str | None
    reason: Personal
    beneath: bool


def propose_extension(
    bodies: Collection[str], command: ProposeExtension, officer: Officer, law: Law
) -> tuple[ExtensionProposed, ...]:
    """The handler of an authority that decides under the notice proposes it, with a reason.

    ``bodies`` are those that the authority is today.

    Raises ``Refused`` with all reasons.
    """
    refused = []
    if law.deciding_bodies().isdisjoint(bodies):
        refused.append(not_above())
    if not officer.sits(HANDLER):
        refused.append(not_in_seat(HANDLER))
    if not command.beneath:
        refused.append(_not_beneath("/person" if command.person else "/employer"))
    if command.person is not None and officer.humans.same(officer.person, command.person):
        refused.append(_own_affair(law))
    window = law.whole.windows.get(command.window)
    if window is None:
        refused.append(_unknown_window(law))
    elif command.until <= window.last_day or command.until < officer.today:
        refused.append(_not_later(window.last_day))
    if refused:
        raise Refused(*refused)
    return (
        ExtensionProposed(
            extension=command.extension,
            pack=law.id,
            digest=law.digest,
            window=command.window,
            until=command.until,
            employer=command.employer,
            person=command.person,
            reason=command.reason,
        ),
    )


def decide_extension(
    state: Windows,
    extension: str,
    officer: Officer,
    law: Law,
    *,
    grant: bool,
    document: str | None,
) -> tuple[ExtensionGranted | ExtensionDeclined, ...]:
    """The leader grants or declines what another person proposed.

    Raises ``Refused`` with all reasons.
    """
    proposed = state.proposed(extension)
    if proposed is None:
        raise Refused(proposal_first("延期", "extension"))
    refused = []
    if not officer.sits(LEADER):
        refused.append(not_in_seat(LEADER))
    if officer.humans.same(officer.person, proposed.proposed_by):
        refused.append(same_reviewer(law))
    if proposed.person is not None and officer.humans.same(officer.person, proposed.person):
        refused.append(_own_affair(law))
    if grant and proposed.until < officer.today:
        refused.append(_not_later(proposed.until))
    if refused:
        raise Refused(*refused)
    if not grant:
        return (ExtensionDeclined(extension=extension, declined_on=officer.today),)
    return (ExtensionGranted(extension=extension, granted_on=officer.today, document=document),)


def _not_beneath(pointer: str) -> Refusal:
    return Refusal(
        "NOT_BENEATH",
        "所指单位或人员不属于本机关管辖，请报其主管机关办理。",
        "Whom this is for does not belong to this authority; ask the one that they belong to.",
        pointer=pointer,
    )


def _own_affair(law: Law) -> Refusal:
    return own_affair("涉及本人的延期", "an extension for themselves", law.behind("SELF_REVIEW"))


def _unknown_window(law: Law) -> Refusal:
    windows = [each.id for each in law.windows()]
    return Refusal(
        "UNKNOWN_WINDOW",
        f"本通知没有这一申报时间，可延长的有：{'、'.join(windows) or '无'}。",
        f"The notice has no such window; there are: {', '.join(windows) or 'none'}.",
        pointer="/window",
    )


def _not_later(closes: date) -> Refusal:
    return Refusal(
        "EXTENSION_NOT_LATER",
        f"延期须晚于原截止日期 {closes}，且不早于今天。",
        f"An extension ends after {closes}, and not before today.",
        pointer="/until",
    )
