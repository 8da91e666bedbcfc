"""What a case consists of beside the application: the chain, the findings, the law's answer.

These classes stand inside events and are permanent in the same way: see the law of
compatibility in ``domain.event``.
All dates are calendar days in Beijing; all instants are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.personal import Personal
from domain.refusal import rules_of

if TYPE_CHECKING:
    from domain.refusal import Refusal


class Recommendation(StrEnum):
    """What a handler's opinion asks the leader to decide."""

    APPROVE = "approve"
    NOT_ACCEPT = "not_accept"
    REJECT = "reject"


class ClaimFinding(StrEnum):
    """What a handler found about one claim after looking at its evidence."""

    CONFIRMED = "confirmed"
    DOUBTFUL = "doubtful"
    REFUTED = "refuted"


@dataclass(frozen=True, kw_only=True)
class LawReference:
    """The policy pack under which something was decided, exactly.

    ``layers`` are the ids of what lay one over the other, the national default first; ``language``
    and ``engine`` are those of ``domain.policy.language``, ``calendar`` says which working days
    were known.
    """

    pack: str
    number: int
    digest: str
    layers: tuple[str, ...] = ()
    language: int = 1
    engine: int = 1
    calendar: str = ""


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """A supplement (补充通知) by which a case stands: the edition's id, its number and title."""

    edition: str
    number: int
    title: str


@dataclass(frozen=True, kw_only=True)
class ChainStage:
    """One stage of the review as it was fixed when the case was submitted.

    ``stage`` is the pack's id, ``body`` the kind of organisation that acts, ``seats`` who
    must act there in order, ``first_to_assert`` the kinds of claim that this body may be the
    first to assert, ``decides`` whether its approval recognises the title.
    ``publicity`` is the id of the publicity that has to run before the case goes on.
    """

    stage: str
    label: str
    body: str
    organisation: str
    seats: tuple[str, ...]
    first_to_assert: tuple[str, ...]
    decides: bool
    publicity: str | None
    rules: tuple[str, ...]
    votes: bool = False
    """Whether a committee votes before the leader decides."""


@dataclass(frozen=True, kw_only=True)
class NoticeWords:
    """A sentence as the pack of a notice writes it, with nothing of the case filled in."""

    chinese: str
    english: str


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something was refused, not accepted or rejected: a stable code and its rules.

    ``notice`` is the sentence of the notice's own that goes with the code, where the pack brings
    one: so no reader of the record needs the pack to know what the code means.
    """

    code: str
    rules: tuple[str, ...]
    notice: NoticeWords | None = None


def reason_of(refusal: Refusal) -> Reason:
    """A reason as an event keeps it: no word of the case, but whose rule it is and what it says."""
    return Reason(
        code=refusal.code,
        rules=rules_of(refusal.citations),
        notice=refusal.notice and NoticeWords(chinese=refusal.notice[0], english=refusal.notice[1]),
    )


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a handler found about one claim, and on which materials."""

    claim: str
    finding: ClaimFinding
    materials: tuple[str, ...]
    note: Personal | None


@dataclass(frozen=True, kw_only=True)
class EstablishedPeriod:
    """One entry of a list of periods, as a handler established it.

    ``last_day`` is the last day included, None while it goes on; ``details`` are what the pack
    asks of an entry, each as ``name=value`` in its words.
    """

    first_day: date
    last_day: date | None
    details: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EstablishedTitle:
    """A title held of which the applicant did not speak, as a handler found it.

    ``means`` is how it was gained (认定, 评审, …); what the handler does not know is None.
    """

    level: str
    series: str | None
    means: str | None
    gained_on: date | None
    appointed_on: date | None


@dataclass(frozen=True, kw_only=True)
class EstablishedFact:
    """A fact that the applicant did not or may not say, as a handler established it (查明).

    ``value`` is in the pack's words, ``source`` in whose place it was said (``employer``,
    ``authority``, ``receiver``, ``reviewer``). A list of periods is its entries and ``title`` the
    titles, and has no value; where there are none, the value is ``none``.
    """

    fact: str
    value: str | None
    source: str
    periods: tuple[EstablishedPeriod, ...]
    titles: tuple[EstablishedTitle, ...]


@dataclass(frozen=True, kw_only=True)
class OpenFact:
    """A fact on which the law's answer still turns: who may say it, and by when.

    ``by`` is ``filing``, ``recognition`` or the id of a stage.
    """

    fact: str
    said_by: tuple[str, ...]
    by: str


@dataclass(frozen=True, kw_only=True)
class ReturnItem:
    """One thing to be mended: a claim or a material, what is wrong, which rule asks for it."""

    item: str
    subject: str
    problem: Personal
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ItemAnswer:
    """What the applicant says to one item of a return, when filing again."""

    item: str
    answer: Personal


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """One piece of arithmetic of the law, with its dates, as it was shown."""

    kind: str
    begins_on: date | None
    ends_on: date | None
    years: int
    months: int
    days: int
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentResult:
    """The law's answer about an application, as it stood at ``assessed_at``.

    ``action`` is what the law lays down instead of a decision: ``refer_up``, where no authority of
    this record decides.
    """

    outcome: str
    level: str | None
    route: str | None
    authority: str | None
    action: str | None
    batch: str | None
    reference_date: date | None
    reasons: tuple[Reason, ...]
    flags: tuple[str, ...]
    reckonings: tuple[Reckoning, ...]
    rules: tuple[str, ...]
    open: tuple[OpenFact, ...]
    assessed_at: datetime
