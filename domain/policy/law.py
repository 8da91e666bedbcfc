"""The law of one locality, ready to be asked: a pack, with overlays, over the default.

Every answer carries the citations it rests on. Instants carry their time zone; the law
reads them in Beijing time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.policy import accounts, chain, fees, materials, outcome, places, sources, time_limits
from domain.policy.admission import PUBLISHED
from domain.policy.assess import assess
from domain.policy.authority import Authority, undetermined
from domain.policy.chain import Stage, stages_for
from domain.policy.checks.consents import Consented
from domain.policy.choice import choose
from domain.policy.layer import Layer, lists_of
from domain.policy.names import NAMES
from domain.policy.occasion import context_of
from domain.policy.process import STANDING_IN
from domain.policy.publicity import Publicity, completed
from domain.policy.regulated import regulated
from domain.policy.sanctions import Sanction, completed_sanction
from domain.policy.silent import DATES, Silent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from domain.calendar import Calendar
    from domain.policy.accounts import AccountCreator, AccountRules, Separation
    from domain.policy.admission import Admission
    from domain.policy.duties import (
        AnnualRoll,
        Completion,
        ObjectionRule,
        PaperForm,
        Retention,
        ReturnRule,
    )
    from domain.policy.facts import Facts
    from domain.policy.fees import Fee
    from domain.policy.header import Quoted
    from domain.policy.materials import Material
    from domain.policy.outcome import Document, Label
    from domain.policy.places import Contact, PaperDuty, PaperLeg, PlaceAnswer
    from domain.policy.process import ProcessTerm
    from domain.policy.recusing import RecusalGround
    from domain.policy.reference import Reference
    from domain.policy.sources import Source
    from domain.policy.vacancy_form import VacancyFormRule
    from domain.policy.verdict import Verdict
    from domain.policy.votes import VoteRule
    from domain.policy.windows import Batch, Held, Window
    from domain.refusal import Citation, Refusal

NATIONAL_DEFAULT = "national-default"


@dataclass(frozen=True, kw_only=True)
class Law:
    """A pack over the national default.

    ``digest`` is the SHA-256, in hex, of the canonical bytes of all layers, the default's
    first; ``layers`` names each layer with its own digest, in the same order.
    ``texts`` are the layers' names and texts as they were read.
    ``whole`` is what all layers say together, ``default`` what the lowest says alone.
    """

    digest: str
    layers: tuple[tuple[str, str], ...]
    whole: Layer
    default: Layer
    texts: tuple[tuple[str, str], ...] = ()

    # what it is

    @property
    def id(self) -> str:
        """The id of the pack, such as that of a city and a year."""
        return self.whole.header.id

    @property
    def version(self) -> int:
        """The number of the pack's edition."""
        return self.whole.header.version

    @property
    def earlier(self) -> tuple[str, ...]:
        """The packs that this edition follows, the first of them first."""
        return tuple(name for name, _ in self.layers[1 : self._own_layer])

    @property
    def own(self) -> tuple[str, ...]:
        """The digests of the pack's own documents, those that this edition follows the first."""
        return tuple(digest for _, digest in self.layers[1 : self._own_layer + 1])

    @property
    def overlays(self) -> tuple[str, ...]:
        """The overlays on top."""
        return tuple(name for name, _ in self.layers[self._own_layer + 1 :])

    @property
    def _own_layer(self) -> int:
        return max(number for number, (name, _) in enumerate(self.layers) if name == self.id)

    @property
    def title(self) -> str:
        """The notice's title."""
        return self.whole.header.title

    @property
    def issuer(self) -> str:
        """Who issued the notice."""
        return self.whole.header.issuer

    @property
    def issued_on(self) -> date | None:
        """When it was issued, where the notice says so."""
        return self.whole.header.issued_on

    @property
    def legal_basis(self) -> tuple[str, ...]:
        """The texts that the notice rests on."""
        return self.whole.header.legal_basis

    @property
    def province(self) -> str:
        """The province, which is the scope of a provincial record."""
        return self.whole.header.province

    @property
    def jurisdiction(self) -> str:
        """The area for which the notice is law."""
        return self.whole.header.jurisdiction

    @property
    def rules(self) -> Mapping[str, Quoted]:
        """Every rule that is quoted, in all layers."""
        return self.whole.rules

    def cite(self, *rule_ids: str) -> tuple[Citation, ...]:
        """The citations of rules. Raises ``KeyError`` for a rule that is not quoted."""
        return tuple(self.whole.rules[rule].citation for rule in rule_ids)

    def behind(self, code: str) -> tuple[Citation, ...]:
        """The words behind a refusal of the deciders; none where nothing is written."""
        return self.whole.refusals.get(code, ())

    def facts(self) -> frozenset[str]:
        """The named facts that a pack may ask for, the engine's own and this pack's."""
        return frozenset((*NAMES, *self.whole.facts))

    def lists(self) -> frozenset[str]:
        """The lists of periods among them, which this pack names."""
        return frozenset(lists_of(self.whole.facts))

    def means(self, fact: str) -> tuple[str, str]:
        """What a fact is called, in Chinese and English."""
        return sources.means(fact, self.whole.facts)

    def said_by(self, fact: str) -> tuple[Source, ...]:
        """Who may say a fact, in order."""
        return sources.said_by(fact, self.whole.facts)

    def established_by(self, fact: str) -> tuple[Source, ...]:
        """Who may say a fact in an opinion, in order."""
        return sources.established_by(fact, self.whole.facts)

    def consents(self) -> tuple[str, ...]:
        """The consents of offices above that some filing needs, in the order of the notice."""
        asked = (rule.check for rule in self.whole.conditions.values())
        steps = (step for check in asked if isinstance(check, Consented) for step in check.steps)
        return tuple(dict.fromkeys(steps))

    # who may be recognised, and by whom

    def assess(self, facts: Facts) -> Verdict:
        """Eligibility, as a tree of conditions with every failure at once."""
        return assess(self.whole, facts)

    def authority(self, facts: Facts) -> Authority:
        """The body that decides; ``UNDETERMINED`` where the law names none for these facts."""
        every = self.whole.authorities.values()
        choice = choose(every, facts)
        return undetermined(every) if choice.open_on else choice.first or undetermined(every)

    # when

    def batch_of(self, facts: Facts) -> str | None:
        """The batch in which a filing with these facts falls, if it falls in one."""
        return context_of(self.whole, facts).batch

    def batches(self) -> tuple[Batch, ...]:
        """The batches, in the notice's order."""
        return tuple(self.whole.batches.values())

    def windows(self) -> tuple[Window, ...]:
        """Every window, in the notice's order."""
        return tuple(self.whole.windows.values())

    def reference_date(self, batch: str) -> date | None:
        """The date on which a batch counts years; None where that is the day of filing."""
        return self.whole.batches[batch].reference

    def admission(
        self,
        who: str,
        at: datetime,
        facts: Facts,
        *,
        held: Collection[Held] = (),
        calendar: Calendar = PUBLISHED,
    ) -> Admission:
        """Whether the applicant's filing (``applicant``) or a stage's forwarding is in time.

        A window on the arrival at the next stage binds the stage before it; once it has closed
        on a stage further ahead, nothing that is done before that stage can be in time.
        A stage is bound by the windows of the batch that the facts name, and by no other's; the
        time for which the case was ``held`` still is not counted against it.
        Windows bind the first timely arrival only (A-15): don't ask again in a later round for
        what ``Admission.bound`` has already reached in time.
        """
        stages = [stage.id for stage in self.chain(facts)]
        return time_limits.along(
            self.whole.windows,
            self.whole.silent_about(DATES),
            who,
            stages,
            at,
            facts,
            held=held,
            calendar=calendar,
        )

    def open_until(self, days: Mapping[str, date]) -> Law:
        """The same law with windows, by their ids, open to the end of later days (延期).

        A window is never shortened by it.
        """
        return replace(
            self, whole=replace(self.whole, windows=time_limits.opened(self.windows(), days))
        )

    def completion(self, batch: str) -> Completion | None:
        """By when a batch is to be decided, if the notice says."""
        found = (each for each in self.whole.completion.values() if batch in each.batches)
        return next(found, None)

    # the way of a case

    def chain(self, facts: Facts) -> tuple[Stage, ...]:
        """The stages of this case, in order; the last decides."""
        return stages_for(self.whole.stages.values(), self.whole.publicity, facts)

    def deciding_bodies(self) -> frozenset[str]:
        """The kinds of body that decide some case under this law, or stand in where they do."""
        return chain.deciding_bodies(self.whole.stages.values())

    def ageing_days(self, stage: str) -> int | None:
        """After how many days at a stage the ageing report names a case; None if it has no such."""
        known = self.whole.stages.get(stage)
        return None if known is None else known.ageing_days

    def stands_in(self) -> dict[str, str]:
        """Which body takes the place of another where there is none, over all stages."""
        return chain.stands_in(self.whole.stages.values())

    def publicity(self, publicity_id: str) -> Publicity | None:
        """A publicity by its id, completed from the default; None if the law knows none."""
        words = self.whole.publicity.get(publicity_id)
        if words is None or self.whole.publicity_default is None:
            return None
        source = words.citations[0].source
        return completed(words, self.whole.publicity_default, source)

    def publicities(self) -> tuple[Publicity, ...]:
        """Every publicity that the law prescribes."""
        found = (self.publicity(name) for name in self.whole.publicity)
        return tuple(each for each in found if each)

    def returns(self) -> ReturnRule:
        """How returns for revision work."""
        return regulated(self.whole.returns)

    def separation(self) -> Separation:
        """The separation of duties, and whose rule it is."""
        return regulated(self.whole.separation)

    def recusal_grounds(self) -> Mapping[str, RecusalGround]:
        """The grounds on which a reviewer is recused, by id."""
        return self.whole.recusal_grounds

    def account_rules(self) -> AccountRules:
        """What holds for every account."""
        return regulated(self.whole.accounts)

    def account_creator(self, facts: Facts, creates: str = "unit") -> AccountCreator | None:
        """Who creates the account of such a unit (or ``applicant``)."""
        return accounts.creator_for(self.whole.account_creators.values(), facts, creates)

    def votes(self, facts: Facts | None = None) -> VoteRule:
        """When a committee's vote carries, in general or in this case."""
        rule = regulated(self.whole.votes)
        return rule if facts is None else rule.in_case(facts)

    # what is handed in and paid

    def materials(self, facts: Facts) -> tuple[Material, ...]:
        """The materials asked for in this case."""
        return materials.materials_for(self.whole.materials.values(), facts)

    def missing_materials(
        self,
        facts: Facts,
        present: Collection[str],
        channels: Collection[str] = ("online", "online_or_linked", "either"),
        unsaid: Collection[str] = (),
    ) -> tuple[Refusal, ...]:
        """A refusal for each required material of these channels that is not present.

        Nothing is told of one that turns on a fact of ``unsaid``, which is asked for itself.
        """
        return materials.missing(self.whole.materials.values(), facts, present, channels, unsaid)

    def unseen_originals(
        self, facts: Facts, papers: Collection[str], originals: Collection[str]
    ) -> tuple[Refusal, ...]:
        """A refusal for each paper of which the copy is there and the original was not shown."""
        return materials.unseen(self.whole.materials, facts, papers, originals)

    def unsealed(
        self, facts: Facts, papers: Collection[str], sealed: Collection[str]
    ) -> tuple[Refusal, ...]:
        """A refusal for each paper that is there without the seals that it is asked for."""
        return materials.unsealed(self.whole.materials, facts, papers, sealed)

    def fee(self, facts: Facts) -> Fee | None:
        """The fee, None where the notice sets none."""
        return fees.fee_for(self.whole.fees.values(), facts)

    def intake_place(self, facts: Facts) -> PlaceAnswer:
        """Where paper is handed in; a refusal where places are listed and none fits."""
        listed = list(self.whole.places.values())
        silence = listed[-1].citations if listed else ()
        return places.place_for(listed, facts, silence)

    def paper_legs(self, facts: Facts) -> tuple[PaperLeg, ...]:
        """The hand-overs of paper in this case, in order."""
        return places.legs_for(self.whole.paper_legs.values(), facts)

    def paper_admission(self, leg: int, at: datetime, facts: Facts) -> Admission:
        """Whether a hand-over of paper at this instant is in time.

        ``UNBOUND`` where the case has no such hand-over, ``UNDETERMINED`` where the notice
        sets no window for it.
        """
        return time_limits.paper(self.paper_legs(facts), leg, at, facts)

    def paper_duty(self, facts: Facts) -> PaperDuty | None:
        """Whether paper is required besides; None where the notice says nothing."""
        return places.paper_duty(self.whole.paper_duties.values(), facts)

    def paper_forms(self, facts: Facts) -> tuple[PaperForm, ...]:
        """Forms to be handed in on paper after a publicity."""
        every = self.whole.paper_forms.values()
        return tuple(form for form in every if form.when.fits(facts) is not False)

    # how it ends

    def label(self, procedure: str) -> Label | None:
        """The notice's word for the outcome of a kind of procedure."""
        return self.whole.labels.get(procedure)

    def outcome_label(self, route: str | None) -> str:
        """The notice's word for recognising a title: 认定, 初定, 初聘, 评审通过."""
        label = self.whole.labels.get(route or "") or next(iter(self.whole.labels.values()), None)
        return label.chinese if label else "认定"

    def documents(self, facts: Facts) -> tuple[Document, ...]:
        """Decision documents and certificates of this case."""
        return outcome.documents_for(self.whole.documents.values(), facts)

    def sanction(self, kind: str) -> Sanction:
        """What a kind of misconduct brings; raises ``KeyError`` for an unknown kind."""
        return completed_sanction(self.whole.sanctions[kind], self.default.sanctions[kind])

    def process_term(self, term: str) -> ProcessTerm:
        """How long somebody has to answer, or an authority to act (``domain.policy.process``)."""
        return regulated(self.whole.process_terms.get(term))

    def vacancy_form(self) -> VacancyFormRule | None:
        """The employer's statement of its posts, if the notice asks for one."""
        return self.whole.vacancy_form

    def annual_roll(self) -> AnnualRoll | None:
        """The yearly roll, if the notice asks for one."""
        return self.whole.annual_roll

    def retention(self) -> Retention:
        """How long records are kept."""
        return regulated(self.whole.retention)

    def objections(self) -> ObjectionRule:
        """How objections are dealt with."""
        return regulated(self.whole.objections)

    def longest_standing_in(self) -> int:
        """For how many days somebody stands in for who holds a seat, at the longest."""
        return self.process_term(STANDING_IN).days or 0

    def contacts(self) -> tuple[Contact, ...]:
        """Offices that answer questions."""
        return tuple(self.whole.contacts.values())

    def silent(self) -> tuple[Silent, ...]:
        """Where the notice refers to a document that was not supplied."""
        return tuple(self.whole.silent.values())

    def references(self, kind: str | None = None) -> tuple[Reference, ...]:
        """Reference data, of one kind or all; what is not public is left out."""
        every = self.whole.references.values()
        return tuple(each for each in every if each.public and kind in {None, each.kind})
