"""What a later decision needs to remember of a case.

``Case`` is the dossier; its ``phase`` says where the case stands, and what it remembers of single
acts is in ``domain.case.remembered``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case.application import Application
from domain.case.phase import Draft, Ended, Phase, Recognised, Returned, Revoked, Suspended
from domain.case.remembered import (
    Act,
    Amending,
    Assertion,
    Assistance,
    By,
    ConsentEntered,
    EarlierReturn,
    Ending,
    Established,
    Judgement,
    LastAct,
    Material,
    PaperReceipt,
    Payment,
    PurgeProposal,
    Recusal,
    RecusalApplication,
    Rescission,
    Substitute,
    Vote,
    Vouched,
)
from domain.case.values import AssessmentResult, ChainStage, LawReference, Supplement
from domain.policy.windows import Held
from domain.separation import REVIEWING_SEATS
from domain.shared_collections import Ledger, Several


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
    filed_under: LawReference | None = None
    """The law of its filing; None before that."""
    supplements: tuple[Supplement, ...] = ()
    """What of its supplements the last act went by."""

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
    def originals(self) -> frozenset[str]:
        """The papers whose originals were seen and handed back."""
        return frozenset(item for each in self.receipts for item in each.originals)

    @property
    def sealed(self) -> frozenset[str]:
        """The papers on which whoever received them saw the seals that the notice asks for."""
        return frozenset(item for each in self.receipts for item in each.sealed)

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
        known.update(self.acts.reckoned("stages", lambda: {act.stage for act in self.acts}))
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
        for each in self.chain:
            if each.stage == stage:
                return each
        raise KeyError(stage)

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
        houses, acts = self.houses(stage), self.acts
        return acts.reckoned(
            (houses, seat),
            lambda: tuple(a.by for a in acts if a.seat == seat and a.organisation in houses),
        )

    def last_acts_at(self, stage: str) -> dict[str, int]:
        """By account, the position at which it acted last in a reviewing seat of such a stage."""
        houses, acts = self.houses(stage), self.acts
        return acts.reckoned(
            ("last", houses),
            lambda: {
                a.by.account: a.by.position
                for a in acts
                if a.seat in REVIEWING_SEATS and a.organisation in houses
            },
        )

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
        acts = self.acts
        return acts.reckoned(
            "reviewers", lambda: frozenset(a.person for a in acts if a.seat in REVIEWING_SEATS)
        )

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
