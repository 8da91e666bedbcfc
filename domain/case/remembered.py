"""What a case remembers of single acts and things, as far as a later decision needs to know it.

``domain.case.state.Case`` is the dossier that holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.case.entries import Entry
from domain.case.phase import Phase
from domain.case.values import EstablishedPeriod, EstablishedTitle
from domain.separation import LEADER, opposite
from domain.shared_collections import Ledger, Several


@dataclass(frozen=True)
class Material:
    """An attached file as far as a decision needs to know it."""

    material: str
    kind: str
    column: str | None
    supports: tuple[str, ...]
    media_type: str


@dataclass(frozen=True)
class By:
    """Who did something, through which account, and at which position of the record."""

    person: str
    account: str
    position: int


@dataclass(frozen=True)
class Assistance:
    """Who files for the applicant, for which organisation, from a form signed on which day.

    ``form`` is the material that it is; ``ended`` says that the applicant ended the assistance.
    """

    by: By
    organisation: str
    form: str
    signed_on: date
    ended: bool = False


@dataclass(frozen=True)
class Act:
    """One reviewing act: in which round, at which stage, in which seat, by whom."""

    round: int
    stage: str
    organisation: str
    seat: str
    by: By

    @property
    def person(self) -> str:
        """Whoever did it."""
        return self.by.person


@dataclass(frozen=True)
class Substitute:
    """Who stands in for a seat of one stage in this case."""

    designation: str
    stage: str
    organisation: str
    seat: str
    person: str
    account: str


@dataclass(frozen=True)
class Recusal:
    """Who does nothing more in this case, on which ground, and whether by their own word.

    ``recusal`` is the id of the declaration, or of the application that was granted; ``seat`` is
    the one in which they would have acted.
    """

    recusal: str
    stage: str
    organisation: str
    seat: str
    person: str
    ground: str
    declared: bool


@dataclass(frozen=True)
class RecusalApplication:
    """An application for the recusal of a person that nobody has decided yet."""

    application: str
    stage: str
    organisation: str
    seat: str
    person: str
    ground: str
    by_applicant: bool

    @property
    def decided_by(self) -> str:
        """The seat whose holder decides it: the other one of the stage."""
        return opposite(self.seat) or LEADER


@dataclass(frozen=True)
class Assertion:
    """A claim that a handler confirmed, and the stage that vouches for it (XW-34)."""

    claim: str
    stage: str


@dataclass(frozen=True)
class Established:
    """A fact that a handler established at a stage, in whose place (``domain.policy.sources``)."""

    fact: str
    value: str | None
    source: str
    stage: str
    periods: tuple[EstablishedPeriod, ...]
    titles: tuple[EstablishedTitle, ...]


Vouched = Assertion | Established
"""What somebody who reviews answers for."""


@dataclass(frozen=True)
class Judgement:
    """A human answer to a question of the law, and the stage at which it was given."""

    question: str
    satisfied: bool
    stage: str


@dataclass(frozen=True)
class Vote:
    """Whether a committee's vote carried, at which stage, in which round.

    ``entry`` is the version of its event.
    """

    round: int
    stage: str
    carried: bool
    entry: int


@dataclass(frozen=True)
class LastAct:
    """The last reviewing act, with the version of its event.

    ``before`` is where the case stood before it, ``vouched`` what was vouched for then.
    """

    version: int
    topic: str
    stage: str
    organisation: str
    seat: str
    before: Phase
    vouched: Several[Vouched]


@dataclass(frozen=True)
class Rescission:
    """Who proposed to rescind which act."""

    act: int
    person: str


@dataclass(frozen=True)
class EarlierReturn:
    """What an organisation had before it when it returned the case, and what it named then.

    ``version`` is that of the return in the stream of the case; ``worded`` are the claims, each
    with the version that worded it so.
    """

    version: int
    organisation: str
    named: frozenset[str]
    worded: frozenset[tuple[str, int]]
    materials: Ledger[str, Material]


@dataclass(frozen=True)
class PaperReceipt:
    """Papers that an organisation received, with the originals and the seals that it saw."""

    leg: str | None
    items: tuple[str, ...]
    organisation: str
    originals: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payment:
    """A fee that was paid, in fen, as an organisation entered it."""

    amount: int
    channel: str
    receipt: str
    organisation: str


@dataclass(frozen=True)
class Amending:
    """A handler proposed that an entry says something else; nobody has confirmed it yet.

    ``organisation`` is the one whose leader does.
    """

    proposal: int
    organisation: str
    now: Entry


@dataclass(frozen=True)
class ConsentEntered:
    """A consent as it was entered last, which another person of that organisation confirms."""

    person: str
    organisation: str
    given_by: str
    document: str
    given_on: date


@dataclass(frozen=True)
class PurgeProposal:
    """A proposal that nobody has confirmed yet."""

    material: str
    cause: str
    organisation: str
    person: str


@dataclass(frozen=True)
class Ending:
    """How a case came to its end: on which day in Beijing, at which stage, and from where.

    ``decide_by`` is the day by which a re-examination that was asked for is to be decided;
    ``upheld`` says that one was, and changed nothing.
    """

    on: date
    stage: str
    before: Phase
    decide_by: date | None = None
    upheld: bool = False
