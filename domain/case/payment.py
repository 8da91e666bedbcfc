"""The fee of a case: reminded of, and paid through a channel, as it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, assert_never

from domain.case.paper import entering_objections, out_of_time
from domain.case.remembered import Payment
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.policy.fees import Fee


@dataclass(frozen=True, kw_only=True)
class PaymentReminded(Event, topic="case:payment-reminded:1", chinese="缴费提醒"):
    """The applicant was reminded to pay."""

    channel: str
    reminded_on: date


@dataclass(frozen=True, kw_only=True)
class FeePaid(Event, topic="case:fee-paid:1", chinese="缴费"):
    """The fee was paid; ``amount`` is in fen, ``flags`` what is unusual about it."""

    organisation: str
    amount: int
    channel: str
    paid_on: date
    receipt: str
    flags: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RemindOfPayment:
    """Enter that the applicant was reminded; ``obstacles`` are the law's."""

    channel: str
    reminded_on: date
    obstacles: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class PayFee:
    """Enter a payment; ``obstacles`` are the law's, about amount and channel."""

    amount: int
    channel: str
    paid_on: date
    receipt: str
    flags: tuple[str, ...]
    obstacles: tuple[Refusal, ...]
    rules: tuple[str, ...]


def remind(
    case: Case, command: RemindOfPayment, around: Circumstances
) -> tuple[PaymentReminded, ...]:
    """A reminder is entered by an organisation of the chain, of a fee that the notice sets."""
    objections = [*entering_objections(case, around), *command.obstacles]
    objections += out_of_time(case, command.reminded_on, around.today, "/reminded_on")
    if objections:
        raise Refused(*objections)
    return (PaymentReminded(channel=command.channel, reminded_on=command.reminded_on),)


def pay(case: Case, command: PayFee, around: Circumstances) -> tuple[FeePaid, ...]:
    """A payment is entered once, by an organisation of the chain."""
    objections = [*entering_objections(case, around), *command.obstacles]
    if any(each.receipt == command.receipt for each in case.payments):
        objections.append(already_paid())
    objections += out_of_time(case, command.paid_on, around.today, "/paid_on")
    if objections:
        raise Refused(*objections)
    return (
        FeePaid(
            organisation=around.organisation.organisation,
            amount=command.amount,
            channel=command.channel,
            paid_on=command.paid_on,
            receipt=command.receipt,
            flags=command.flags,
            rules=command.rules,
        ),
    )


def payment_obstacles(fee: Fee | None, way: str, paid: int) -> tuple[Refusal, ...]:
    """Why the law does not take a payment that came this way, with so much paid in all (B8)."""
    if fee is None:
        return (not_asked(),)
    return tuple(filter(None, (fee.way_refused(way), fee.exceeded(paid))))


def not_asked() -> Refusal:
    """Nobody is charged, or reminded, where the notice sets no fee for the case."""
    return Refusal(
        "FEE_NOT_ASKED",
        "通知没有规定本案收费，不登记缴费，也不催缴；已收的款项请退还本人。",
        "The notice sets no fee for this case: nothing is charged, and what was taken goes back.",
    )


def already_paid() -> Refusal:
    """A receipt is entered once."""
    return Refusal(
        "ALREADY_PAID",
        "这张缴费票据已经登记。",
        "This payment has been entered already.",
        pointer="/receipt",
    )


Events = PaymentReminded | FeePaid
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case with what was paid."""
    match event:
        case PaymentReminded():
            return replace(state, reminded=True)
        case FeePaid():
            paid = Payment(event.amount, event.channel, event.receipt, event.organisation)
            return replace(state, payments=state.payments.entered(state.version + 1, paid))
        case _:
            assert_never(event)
