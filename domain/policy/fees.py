"""What an application costs, and how it is paid. Amounts are whole fen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.choice import choose
from domain.policy.when import When
from domain.refusal import Citation
from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader
    from domain.refusal import Refusal

FEN_IN_A_YUAN = 100
WITH_PAPER = "WITH_PAPER"

WITH_PAPER = "WITH_PAPER"
"""The way of payment of a fee that comes together with the papers."""


@dataclass(frozen=True, kw_only=True)
class Fee:
    """The fee of one application.

    ``channel`` is the one way of payment (``WITH_PAPER``: together with the papers).
    ``after_reminder`` says that payment follows a reminder; an earlier one is kept and marked.
    """

    id: str
    fen: int
    channel: str
    chinese: str
    english: str
    after_reminder: bool
    when: When
    citations: tuple[Citation, ...]

    @property
    def yuan(self) -> int:
        """The amount in whole yuan, as notices write it."""
        return self.fen // FEN_IN_A_YUAN

    def unpaid(self, paid_fen: int) -> Refusal | None:
        """Why a hand-in is incomplete, if less than the fee was paid."""
        if paid_fen >= self.fen:
            return None
        return refusal(
            "FEE_UNPAID",
            self.citations,
            due=str(self.yuan),
            paid=_in_yuan(paid_fen),
        )

    def way_refused(self, way: str) -> Refusal | None:
        """Why a payment that came this way is not taken, if it is not."""
        if way == self.channel:
            return None
        return refusal("FEE_CHANNEL", self.citations, condition=(self.chinese, self.english))

    def exceeded(self, paid_fen: int) -> Refusal | None:
        """Why so much in all is not taken: nobody is charged more than the notice says."""
        if paid_fen <= self.fen:
            return None
        return refusal("FEE_EXCEEDED", self.citations, due=str(self.yuan), paid=_in_yuan(paid_fen))

    def payment_flags(self, *, reminded: bool) -> tuple[str, ...]:
        """How a payment is marked that came before its reminder."""
        return ("FEE_CHANNEL",) if self.after_reminder and not reminded else ()


def _in_yuan(fen: int) -> str:
    return f"{fen // FEN_IN_A_YUAN}.{fen % FEN_IN_A_YUAN:02}"


def fee_for(fees: Iterable[Fee], facts: Facts) -> Fee | None:
    """The fee of this application, None where the notice sets none."""
    return choose(fees, facts).first


def read_fee(reader: Reader) -> Fee:
    """Read one ``[[fees]]`` table."""
    return Fee(
        id=reader.text("id"),
        fen=reader.number("fen"),
        channel=reader.text("channel"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        after_reminder=reader.flag("after_reminder", default=False),
        when=read_when(reader),
        citations=reader.citations(),
    )
