"""What a later decision needs to remember of a case.

``Case`` is the dossier; its ``phase`` says where the case stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case.application import Application
from domain.case.entries import Entry
from domain.case.phase import Draft, Ended, Phase, Recognised, Returned, Revoked, Suspended
from domain.case.values import AssessmentResult, ChainStage, LawReference
from domain.growing import Ledger, Several
from domain.policy.windows import Held
from domain.separation import LEADER, REVIEWING_SEATS, opposite


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
    value: str
    source: str
    stage: str


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
    """Papers that an organisation received."""

    leg: str | None
    items: tuple[str, ...]
    organisation: str


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


@dataclass(frozen=True)
class Case:
    """The dossier of one case.

    ``postings`` are its publicities by id; ``ran`` those that ran their length, as the pack's
    id of the publicity and its last day, in order. ``decision`` is the document that names it.
    ``worded`` are the claims of the application, each with the version that worded it so.
    ``passed`` are the stages that it has passed with the day, the deciding one among them.
    ``recusal_applications`` are those that wait, by the person whom they are against.
    ``suspected`` are the withheld materials that may be classified.
    ``recusals_refused`` are the applications that were refused: against whom, on which ground,
    and whether by the applicant.
    ``former`` are the stages that were taken over: from which organisation, in which round.
    """

    case: str
    number: str
    applicant: str
    account: str
    employer: str
    law: LawReference
    series: str
    specialty: str
    level: str
    channel: str
    phase: Phase = field(default_factory=Draft)
    application: Application | None = None
    worded: frozenset[tuple[str, int]] = frozenset()
    materials: Ledger[str, Material] = field(default_factory=Ledger)
    round: int = 0
    result: AssessmentResult | None = None
    filed_at: datetime | None = None
    chain: tuple[ChainStage, ...] = ()
    complete_by: date | None = None
    complete_by_rules: tuple[str, ...] = ()
    acts: Ledger[int, Act] = field(default_factory=Ledger)
    vouched: Several[Vouched] = field(default_factory=Several)
    judgements: Ledger[tuple[str, str], Judgement] = field(default_factory=Ledger)
    substitutes: Ledger[int, Substitute] = field(default_factory=Ledger)
    recusals: Ledger[int, Recusal] = field(default_factory=Ledger)
    recusal_applications: Ledger[str, RecusalApplication] = field(default_factory=Ledger)
    recusals_refused: Several[tuple[str, str, bool]] = field(default_factory=Several)
    version: int = 0
    last_act: LastAct | None = None
    rescission: Rescission | None = None
    postings: Ledger[int, str] = field(default_factory=Ledger)
    ran: Ledger[str, tuple[str, date]] = field(default_factory=Ledger)
    decision: str | None = None
    objections: Several[str] = field(default_factory=Several)
    votes: Ledger[int, Vote] = field(default_factory=Ledger)
    receipts: Ledger[int, PaperReceipt] = field(default_factory=Ledger)
    """The receipts of papers by the version of their entry, as are payments and votes."""
    forwarded: Several[str] = field(default_factory=Several)
    passed: Ledger[str, tuple[str, date]] = field(default_factory=Ledger)
    reminded: bool = False
    payments: Ledger[int, Payment] = field(default_factory=Ledger)
    amendments: Ledger[int, Amending] = field(default_factory=Ledger)
    """What is to be amended, by the version of its entry."""
    built_on: int = 0
    """The version of the last event that rests on what had been entered before."""
    extensions: Ledger[int, tuple[str, date]] = field(default_factory=Ledger)
    withheld: Several[str] = field(default_factory=Several)
    suspected: Several[str] = field(default_factory=Several)
    investigations: Ledger[int, str] = field(default_factory=Ledger)
    returns: Ledger[int, EarlierReturn] = field(default_factory=Ledger)
    purges: Ledger[tuple[str, str], PurgeProposal] = field(default_factory=Ledger)
    purged: Several[str] = field(default_factory=Several)
    ending: Ending | None = None
    """The last end that it came to by a decision or a lapse, which may have been set aside."""
    former: Several[tuple[str, str, int]] = field(default_factory=Several)
    consents: Ledger[str, ConsentEntered] = field(default_factory=Ledger)
    """The consents that offices above entered before the filing, by their steps."""
    consented: Several[str] = field(default_factory=Several)
    """Those of them that a second person confirmed."""
    assistance: Assistance | None = None
    """Who files for the applicant, or did."""
    waiting_since: date | None = None
    """The day in Beijing since which it waits for whose turn it is now."""
    urged: int = 0
    """How many were told that it waits: whose turn it is, and the office above."""
    held: Several[Held] = field(default_factory=Several)
    """When it was held still after its filing: returned, objected to, or suspended."""
    held_since: date | None = None
    """Since when it is held still."""

    @property
    def claims(self) -> dict[str, str]:
        """The kind of each claim of the application by its id."""
        return {} if self.application is None else self.application.claims()

    @property
    def specialties(self) -> tuple[str | None, str | None]:
        """The specialty that was studied, and the one that is worked in, as the case states it."""
        return (None, None) if self.application is None else self.application.specialties

    @property
    def asserted(self) -> frozenset[str]:
        """The claims that a stage vouches for whose review still counts in this round."""
        return frozenset(each.claim for each in self.vouched if isinstance(each, Assertion))

    @property
    def established(self) -> dict[str, Established]:
        """The facts that reviewers established, by name; what was said last stands."""
        return {each.fact: each for each in self.vouched if isinstance(each, Established)}

    @property
    def papers(self) -> frozenset[str]:
        """The papers that were handed in."""
        return frozenset(item for each in self.receipts for item in each.items)

    @property
    def paper_legs(self) -> frozenset[str]:
        """The hand-overs by which papers were handed in."""
        return frozenset(each.leg for each in self.receipts if each.leg and each.items)

    @property
    def pausing(self) -> tuple[str, ...]:
        """The materials still in the case that may be classified: it pauses while one is."""
        suspected = self.suspected - self.purged
        return tuple(each.material for each in self.materials if each.material in suspected)

    @property
    def in_outcome(self) -> bool:
        """Whether a title is recognised, with or without a certificate."""
        return isinstance(self.phase, Recognised)

    @property
    def reached(self) -> tuple[ChainStage, ...]:
        """The stages at which it is or was, in order; none before it was filed."""
        phase = self.phase.before if isinstance(self.phase, Suspended) else self.phase
        known = {getattr(phase, "stage", ""), "" if self.ending is None else self.ending.stage}
        known.update(act.stage for act in self.acts)
        known.update(stage for stage, _ in self.passed)
        been = (place for place, each in enumerate(self.chain, start=1) if each.stage in known)
        return self.chain[: max(been, default=0)]

    @property
    def is_open(self) -> bool:
        """Whether the case can still go anywhere but to a certificate."""
        return not isinstance(self.phase, (Recognised, Revoked, Ended))

    @property
    def is_held(self) -> bool:
        """Whether nobody at its stage can go on with it now (退回、异议、暂停)."""
        return self.is_open and (
            bool(self.objections) or isinstance(self.phase, (Returned, Suspended))
        )

    def stage(self, stage: str) -> ChainStage:
        """The stage of the chain with this id."""
        return next(each for each in self.chain if each.stage == stage)

    def after(self, stage: str) -> ChainStage | None:
        """The stage that follows, None after the last."""
        ids = [each.stage for each in self.chain]
        following = ids.index(stage) + 1
        return self.chain[following] if following < len(ids) else None

    def acted_at(self, stage: str, seat: str) -> tuple[str, ...]:
        """The persons who acted in a seat of an organisation that has or had a stage, in order."""
        return tuple(each.person for each in self.acts_at(stage, seat))

    def acts_at(self, stage: str, seat: str) -> tuple[By, ...]:
        """Who acted in a seat of an organisation that has or had a stage, in order."""
        houses = self.houses(stage)
        return tuple(act.by for act in self.acts if act.seat == seat and act.organisation in houses)

    def houses(self, stage: str) -> frozenset[str]:
        """The organisation of a stage, and those from which the stage was taken over."""
        before = (house for each, house, _ in self.former if each == stage)
        return frozenset((self.stage(stage).organisation, *before))

    def vote_of(self, stage: str) -> Vote | None:
        """The vote of this round at a stage; None where none was entered."""
        here = (self.round, stage)
        return next((each for each in self.votes if (each.round, each.stage) == here), None)

    def extended(self, bound: str) -> date | None:
        """Until when a window on an actor or stage was extended for this case."""
        return max((until for what, until in self.extensions if what == bound), default=None)

    @property
    def recused(self) -> frozenset[str]:
        """Whoever does nothing more in this case."""
        return frozenset(each.person for each in self.recusals)

    def recusal_application(self, application: str) -> RecusalApplication | None:
        """The application with this id, while it waits for its decision."""
        waiting = (e for e in self.recusal_applications if e.application == application)
        return next(waiting, None)

    def reviewers(self) -> frozenset[str]:
        """Everybody who reviewed anything in this case; settling an objection is no review."""
        return frozenset(act.person for act in self.acts if act.seat in REVIEWING_SEATS)

    @property
    def helpers(self) -> frozenset[str]:
        """Whoever files for the applicant, or did: nothing here is reviewed by them."""
        return frozenset(() if self.assistance is None else (self.assistance.by.person,))

    def involved(self) -> frozenset[str]:
        """Every officer with a part in this case: who reviewed it, and who filed it."""
        return self.reviewers() | self.helpers

    def open_questions(self) -> tuple[str, ...]:
        """What the law left to human judgement and nobody has answered yet."""
        answered = {each.question for each in self.judgements}
        return tuple(each for each in self.questions() if each not in answered)

    def questions(self) -> tuple[str, ...]:
        """What the law leaves to human judgement, answered or not."""
        if self.result is None or self.result.outcome in ("eligible", "ineligible"):
            return ()
        return tuple(each.code for each in self.result.reasons)

    def denied(self) -> tuple[str, ...]:
        """The questions whose last human answer was that the condition is not met."""
        last = {each.question: each.satisfied for each in self.judgements}
        return tuple(question for question, satisfied in last.items() if not satisfied)
