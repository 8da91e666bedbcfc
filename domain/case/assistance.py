"""Assisted filing (帮办): an officer files for an applicant, from a form that they signed.

The applicant has given their word on paper; the officer states and attaches what is theirs. That
human being, under whatever account, reviews nothing of the case, in no seat, at no stage, also
after the assistance ended. The applicant keeps every right, and ends it whenever they like.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.account.claim import unclaimed
from domain.account.decide import unusable
from domain.account.events import Role
from domain.case import draft
from domain.case.remembered import Assistance
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.two_persons import own_affair
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.account.state import Account
    from domain.case.remembered import By
    from domain.case.state import Case
    from domain.separation import CitingLaw, Humans

FORM = "signed_form"
"""The kind of the material that is the signed form; no pack asks for it."""


@dataclass(frozen=True, kw_only=True)
class AssistanceBegun(Event, topic="case:assistance-begun:1", chinese="帮办"):
    """An officer began to file for the applicant, from a form that they signed (帮办).

    ``form`` is the material that it became, ``signed_on`` the day in Beijing on which it was
    signed, ``organisation`` that for which the officer does so, who is this event's actor.
    Where that actor declares in a filing that everything is true and nothing classified, the
    applicant has declared it in the form: it rests on their signature, not on the officer's word.
    """

    organisation: str
    form: str
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class AssistanceEnded(Event, topic="case:assistance-ended:1", chinese="终止帮办"):
    """The applicant ended the assistance; the officer does nothing more in the case (终止帮办)."""


@dataclass(frozen=True, kw_only=True)
class BeginAssistance:
    """An officer opens a case for somebody, with the form that they signed already stored.

    ``by`` is the officer, ``organisation`` theirs, ``today`` the day in Beijing.
    """

    opening: draft.OpenCase
    form: draft.AttachMaterial
    by: str
    organisation: str
    signed_on: date
    today: date


def begin(
    command: BeginAssistance, account: Account, humans: Humans, law: CitingLaw
) -> tuple[draft.CaseOpened | draft.MaterialAttached | AssistanceBegun, ...]:
    """A case begins as a draft that an officer fills in, for the holder of ``account``.

    Raises ``Refused``.
    """
    objections = _account_objections(account, law)
    if humans.same(command.by, account.person):
        objections.append(own_affair("本人申报的帮办", "assisted filing for themselves"))
    if humans.among(command.by, (hand.person for hand in account.hands())):
        objections.append(_gave_secret(law))
    if command.signed_on > command.today:
        objections.append(occurred_later(command.signed_on, "/signed_on"))
    if objections:
        raise Refused(*objections)
    begun = AssistanceBegun(
        organisation=command.organisation,
        form=command.form.material,
        signed_on=command.signed_on,
    )
    return (*draft.open_case(command.opening), draft.attached(command.form), begun)


def end(case: Case) -> tuple[AssistanceEnded, ...]:
    """The applicant files for themselves from now on, or not at all. Raises ``Refused``."""
    if case.assistance is None or case.assistance.ended:
        raise Refused(
            Refusal(
                "NOT_ASSISTED",
                "本案没有正在进行的帮办。",
                "Nobody files for the applicant in this case.",
            )
        )
    return (AssistanceEnded(),)


def _account_objections(account: Account, law: CitingLaw) -> list[Refusal]:
    """What nobody could file through, nobody files for: that way round claiming is closed."""
    if account.disabled:
        return [unusable()]
    if Role.APPLICANT not in account.roles:
        return [
            Refusal(
                "NOT_AN_APPLICANT",
                "该账号没有「申报人」角色，不能为其申报。请先由单位管理员开立申报账号。",
                "The account is not an applicant's. Have one opened for applying first.",
                pointer="/account",
            )
        ]
    return [] if account.claimed else [unclaimed(law, "/account")]


def _gave_secret(law: CitingLaw) -> Refusal:
    """Nobody opens an account in somebody's name and then files through it alone."""
    return Refusal(
        "ASSISTS_OWN_ISSUE",
        "该账号的登录凭据由您交付，不得由您帮办。请由另一名工作人员帮办。",
        "You gave what opens this account, so you don't file for its holder. Let another officer"
        " do it.",
        law.behind("ASSISTS_OWN_ISSUE"),
        "/account",
    )


Events = AssistanceBegun | AssistanceEnded
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case with an officer who files for its applicant, or did."""
    match event:
        case AssistanceBegun():
            begun = Assistance(by, event.organisation, event.form, event.signed_on)
            return replace(state, assistance=begun)
        case AssistanceEnded():
            if state.assistance is None:
                return state
            return replace(state, assistance=replace(state.assistance, ended=True))
        case _:
            assert_never(event)
