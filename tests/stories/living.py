"""A worked example lived through: filed by somebody of whom it is true, reviewed by all it passes.

An example proves the engine; here the product does with it what it would do with the person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from api.acts import achievement, case, case_entry, review
from api.acts.acting import RefusedOnRecord
from api.acts.case_duties import duties_of
from api.acts.consent import RECORD_CONSENT
from api.acts.review import Establishes
from bench.town import papers
from domain import beijing
from domain.account.events import Role
from domain.case.application import (
    NOTHING_STATED,
)
from domain.case.draft import AttachMaterial
from domain.case.next_stage import TitleRecognised
from domain.case.phase import Ended, Recognised
from domain.case.values import ClaimFinding, Recommendation
from domain.person.achievements import AchievementKind, EnterAchievement
from domain.personal import Personal, Purpose
from domain.policy.checks.achievements import Recorded
from domain.policy.sources import Source
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER
from tests.stories import roads
from tests.stories.claims import PATENT, Told, listed
from tests.stories.least import County, Place, StandsStillError
from tests.stories.setting import AREAS, NotLivedError, filed_at, unit_of, wanted

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.case_duties import Duties
    from api.law.book import LawBook
    from domain.case.state import Case
    from domain.case.values import ChainStage
    from domain.policy.facts import Facts
    from domain.policy.law import Law
    from domain.policy.materials import Material

_APPLICANTS = {Source.APPLICANT, Source.REGISTER}
_STEPS = 60


GOOD_ENDS = frozenset({"recognised", "referred_up"})


@dataclass(frozen=True, kw_only=True)
class Life:
    """What became of it: how the case ended, with every code that stood in its way."""

    ended: str
    codes: Counter[str] = field(default_factory=Counter)
    way: tuple[str, ...] = ()
    """The stages that it was to pass, each at its body, with the publicity that it takes there."""
    label: str = ""
    """The notice's word for the title that was recognised."""
    rules: frozenset[str] = frozenset()
    """What the last refusal rests on."""

    def __str__(self) -> str:
        """In one line."""
        told = [f"{self.ended} {self.label}".strip()]
        told += [f"by {' > '.join(self.way)}"] if self.way else []
        told += [", ".join(sorted(self.codes))] if self.codes else []
        return "; ".join(told)


def lived(
    law: Law,
    facts: Facts,
    book: LawBook | None = None,
    *,
    silent: bool = False,
    leaving_out: str = "",
    too_late: str = "",
    paying: str = "",
    slow: tuple[str, date] | None = None,
) -> Life:
    """File what the example says, and let everybody whose turn it is act in good faith.

    What nobody can mend ends it: the codes of the last refusal say why. ``book`` holds the law
    otherwise than it comes with the house. Who is ``silent`` claims and says nothing at all;
    ``leaving_out`` is a material that is not handed in, ``too_late`` a hand-over of papers whose
    window is let pass, ``paying`` the way in which the fee is paid, where not that of the law,
    ``slow`` a stage that does nothing before a day. Raises ``NotLivedError``.
    """
    place = Place(area=AREAS[law.id][0], at=filed_at(law, facts), **unit_of(facts, law))
    told = Told(facts, law)
    try:
        county = County.of(place, book)
    except (Refused, StandsStillError) as refused:
        raise NotLivedError(str(refused)) from refused
    living = _Living(county, law, told, wanted(law, facts), silent=silent)
    living.leaving_out, living.too_late, living.paying = leaving_out, too_late, paying
    living.slow = slow
    return living.through()


def _passed(stage: ChainStage) -> str:
    """A stage with its body, who sits there, and the publicity that it takes."""
    taken = f"{stage.body}/{'+'.join(stage.seats)}"
    taken += "/votes" if stage.votes else ""
    return f"{taken}/{stage.publicity}" if stage.publicity else taken


class _Living:
    """One case, from its opening to where it ends."""

    def __init__(
        self, county: County, law: Law, told: Told, wanted: dict[str, str], *, silent: bool
    ) -> None:
        self.county, self.town, self.law, self.told = county, county.town, law, told
        self.wanted, self.codes = wanted, Counter[str]()
        self.way: tuple[str, ...] = ()
        self.leaving_out = self.too_late = self.paying = ""
        self.slow: tuple[str, date] | None = None
        self.applicant = county.account(county.unit, (Role.APPLICANT,))
        name = self.town.organisations[county.unit].name
        self.application = NOTHING_STATED if silent else told.application(wanted["specialty"], name)

    def through(self) -> Life:
        """Open, file, review; whatever refuses ends it."""
        try:
            path = self._file()
        except (Refused, RefusedOnRecord) as refused:
            return self._life("not filed", refused)
        arrived = set[str]()
        for _ in range(_STEPS):
            it = self.town.cases[path]
            self.way = tuple(map(_passed, it.chain))
            if isinstance(it.phase, Recognised):
                return Life(ended="recognised", codes=self.codes, way=self.way, label=self._label())
            if isinstance(it.phase, Ended):
                return Life(ended=it.phase.outcome, codes=self.codes, way=self.way)
            stage = getattr(it.phase, "stage", "")
            try:
                if stage not in arrived and self.slow and stage == self.slow[0]:
                    self.county.on(f"{self.slow[1]}T09:00:00")
                if stage not in arrived:
                    self._hand_on(it, stage)
                if stage not in arrived and it.after(stage) is None:
                    self._bring(it)
                arrived.add(stage)
                self._act(it)
            except (Refused, RefusedOnRecord) as refused:
                return self._life(f"held at {stage}", refused)
            self.town.hear()
        return Life(ended="goes round", codes=self.codes, way=self.way)

    def _life(self, ended: str, refused: Refused | RefusedOnRecord) -> Life:
        self.codes.update(each.code for each in refused.refusals)
        cited = (rule.rule for each in refused.refusals for rule in each.citations)
        return Life(ended=ended, codes=self.codes, way=self.way, rules=frozenset(cited))

    def _label(self) -> str:
        events = (each.event for each in reversed(self.town.log))
        return next(each.label for each in events if isinstance(each, TitleRecognised))

    def _file(self) -> str:
        by = self.town.acting(self.applicant)
        answer = self.town.act(
            by,
            case.OPEN,
            "",
            employer=self.county.unit,
            pack=self.law.id,
            channel="online",
            **self.wanted,
        )
        path = answer.stream_of("case:opened:1")
        self._keep_record(by)
        self.town.act(by, case.STATE, path, application=self.application)
        self.town.hear()
        for step in self.told.consents:
            said: dict[str, Any] = {
                "step": step,
                "given_by": "某局",
                "document": "某人社〔2024〕1号",
            }
            for seat in (HANDLER, LEADER):
                official = self.county.holder(self.county.office, seat)
                self.town.act(official, RECORD_CONSENT, path, given_on=official.today, **said)
                self.town.hear()
        for material in duties_of(self.town.office, by, path).materials:
            if material.channel not in {"paper", "linked"} and not self._left_out(material):
                self._attach(path, material.id)
        declared = {"declared_truthful": True, "declared_unclassified": True}
        self.town.act(by, case.SUBMIT, path, **declared)
        self.town.hear()
        return path

    def _keep_record(self, by: Acting) -> None:
        """What is claimed is drawn from one's own record, where the notice asks for that."""
        checks = (each.check for each in self.law.whole.conditions.values())
        asked = any(isinstance(check, Recorded) for check in checks)
        if not asked or self.application.achievements is None:
            return
        of_whom, drawn = by.actor.person, []
        known = listed(self.told.facts.achievements, PATENT)
        for claimed, each in zip(self.application.achievements, known, strict=False):
            if each.recorded is False:
                drawn.append(claimed)
                continue
            proven = EnterAchievement(
                kind=AchievementKind.OTHER,
                gained_on=date(claimed.year or 2020, 6, 1),
                title=Personal("某业绩", of_whom, Purpose.APPLICANT),
                corrects=None,
                file=self.town.number("material"),
                media_type="application/pdf",
                size=1,
                digest=roads.DIGEST,
            )
            self.town.act(by, achievement.ENTER, of_whom, command=proven)
            self.town.hear()
            entry = self.town.persons[of_whom].achievements.kept[-1].entry
            found = each.confirmed is not False
            why = None if found else "不属实。"
            officer = self.county.holder(self.county.unit, HANDLER)
            self.town.act(
                officer, achievement.REVIEW, of_whom, entry=entry, in_favour=found, reason=why
            )
            self.town.hear()
            drawn.append(replace(claimed, entry=entry))
        self.application = replace(self.application, achievements=tuple(drawn))

    def _left_out(self, material: Material) -> bool:
        return material.id == self.leaving_out

    def _attach(self, path: str, kind: str) -> None:
        by = self.town.acting(self.applicant)
        everything = self.application.claims()
        unproven = {each.claim for each in self.application.work or () if not each.at_employer}
        supports = everything.keys() - (unproven - set(self.told.supported))
        attached = AttachMaterial(
            material=self.town.number("material"),
            kind=kind,
            column=None,
            supports=tuple(sorted(supports)),
            title=Personal("某材料", by.actor.person, Purpose.APPLICANT),
            media_type="application/pdf",
            size=1,
            digest=roads.DIGEST,
        )
        self.town.act(by, case.ATTACH, path, command=attached)
        self.town.hear()

    def _hand_on(self, it: Case, stage: str) -> None:
        """Papers that go from office to office come to each in its days, or a day too late.

        Those that come only once their office has to have let the case go are entered at the end.
        """
        here = it.stage(stage)
        owed = duties_of(self.town.office, self.county.holder(here.organisation, HANDLER), it.case)
        until = owed.turn.due_on if owed.turn else None
        for leg in owed.legs:
            waits = until and leg.opens and leg.opens > until
            last = it.after(stage) is None or (leg.receiver == stage and not waits)
            if last and leg.id not in it.paper_legs:
                late = leg.closes and leg.closes + timedelta(days=1)
                on = late if leg.id == self.too_late else leg.opens
                if on is not None:
                    self.county.on(f"{on}T09:00:00")
                self._receive(it, it.stage(leg.receiver).organisation, owed, leg.id)

    def _bring(self, it: Case) -> None:
        """Papers that go from hand to hand, and the fee, before the last stage decides."""
        here = it.chain[-1].organisation
        by = self.county.holder(here, HANDLER)
        owed = duties_of(self.town.office, by, it.case)
        if not owed.legs:
            self._receive(it, here, owed, None)
        if owed.fee is not None:
            way, today = self.paying or owed.fee.channel, beijing.day(self.town.now)
            paid: dict[str, Any] = {"amount": owed.fee.fen, "paid_on": today, "receipt": "1"}
            self.town.act(by, case_entry.PAY, it.case, channel=way, **paid)
            self.town.hear()

    def _receive(self, it: Case, at: str, owed: Duties, leg: str | None) -> None:
        items = tuple(
            each.id
            for each in owed.materials
            if each.channel == "paper" and not self._left_out(each)
        )
        if items:
            by, today = self.county.holder(at, HANDLER), beijing.day(self.town.now)
            originals = tuple(each.id for each in owed.materials if each.original)
            seen = tuple(each for each in originals if each in items)
            sealed = tuple(
                each.id for each in owed.materials if each.id in items or each.part_of in items
            )
            handed: dict[str, Any] = {"received_on": today, "items": items, "originals": seen}
            handed["sealed"] = sealed
            self.town.act(by, case_entry.RECEIVE, it.case, leg=leg, **handed)
            self.town.hear()

    def _act(self, it: Case) -> None:
        phase = it.phase
        if it.open_questions() and self.told.found["judgement"] == "different":
            self._judge(it)
            return
        reviewed = getattr(phase, "opinion", "") is None and not it.open_questions()
        if reviewed and it.stage(phase.stage).seats and not it.stage(phase.stage).votes:  # type: ignore[union-attr]
            self._opinion(it)
        else:
            roads._go_on(self.county, it)

    def _judge(self, it: Case) -> None:
        """The specialties are different, says whoever has to judge."""
        by = self.county.holder(it.stage(it.phase.stage).organisation, HANDLER)  # type: ignore[union-attr]
        answer: dict[str, Any] = {"question": it.open_questions()[0], "satisfied": False}
        self.town.act(by, review.RECORD_JUDGEMENT, it.case, grounds="专业不同。", **answer)

    def _opinion(self, it: Case) -> None:
        by = self.county.holder(it.stage(it.phase.stage).organisation, HANDLER)  # type: ignore[union-attr]
        owed = duties_of(self.town.office, by, it.case)
        said = tuple(
            Establishes(fact=each.name, value=self.told.found.get(each.name, "true"), periods=())
            for each in owed.open
            if each.name in owed.due and _APPLICANTS.isdisjoint(each.said_by)
        )
        self.town.act(
            by,
            review.GIVE_OPINION,
            it.case,
            recommendation=Recommendation.APPROVE,
            reasons=(),
            verifications=papers.found(it, ClaimFinding.CONFIRMED),
            establishes=said,
            opinion="属实。",
            no_reason_to_recuse=True,
        )
