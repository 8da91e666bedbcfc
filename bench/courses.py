"""What happens to one case after the other in an invented province.

A course yields what one command records at a time; many courses run side by side.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.province import moment, words
from domain.actor import AccountActor, SystemActor
from domain.case import events as case
from domain.case.values import (
    Application,
    AssessmentResult,
    ChainStage,
    ClaimFinding,
    Education,
    LawReference,
    Reason,
    Recommendation,
    ReturnItem,
    Verification,
)
from domain.notes import FilingRefused, RecordConsulted, SeparationConflictRefused
from domain.person.events import (
    Effect,
    FilingBegun,
    FilingEnded,
    IntegrityRecordAnnulled,
    IntegrityRecordCorrected,
    IntegrityRecordEntered,
    PersonsLinked,
    PersonsUnlinked,
    TermSource,
    TitleGained,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.province import Happening, Official, Province

LAW = LawReference(pack="invented-2024", number=1, digest="0" * 64)
_STAGES = ("employer", "competent_department", "county_hr")
_REASON = Reason(code="MATERIAL_MISSING", rules=("HOUSE-1",))
_KEEPER = SystemActor(job="timekeeper")


class Course:
    """One case from its draft to its end."""

    def __init__(self, province: Province) -> None:
        self.province = province
        self.chance = province.random
        self.chain = province.chance_chain()
        self.case = province.new("case")
        self.round = 1
        self.person, self.account, self.registered = province.person()
        self.me = AccountActor(self.account, self.person, None, None, None, "session", "password")

    def run(self) -> Iterator[list[Happening]]:
        """Everything that happens, one command at a time."""
        yield self.registered
        yield from self._draft()
        if self.chance.random() < 0.05:
            yield [self._refusal()]
            return
        yield self._submit()
        stage = 0
        while stage < len(_STAGES):
            outcome = yield from self._review(stage)
            if outcome == "ended":
                return
            stage = 0 if outcome == "returned" else stage + 1
        yield from self._granted()

    def _draft(self) -> Iterator[list[Happening]]:
        opened = case.CaseOpened(
            number=f"丙县-2024-{self.case[-6:]}",
            applicant=self.person,
            account=self.account,
            employer=self.chain[0],
            law=LAW,
            series="engineering",
            specialty="machinery",
            level="assistant",
            channel="employer",
        )
        yield [(self.case, opened, self.me)]
        yield [(self.case, case.ApplicationStated(application=self._application()), self.me)]
        for number in range(self.chance.randint(1, 4)):
            yield [self._material(number)]
        assessed = case.EligibilityAssessed(law=LAW, result=self._result())
        yield [(self.case, assessed, self.me)]

    def _submit(self) -> list[Happening]:
        submitted = case.CaseSubmitted(
            law=LAW,
            round=1,
            result=self._result(),
            chain=tuple(self._stage(number) for number in range(3)),
            materials=(),
            declared_truthful=True,
            declared_unclassified=True,
            complete_by=date(2024, 12, 20),
            complete_by_rules=("HOUSE-2",),
        )
        return [
            (self.case, submitted, self.me),
            (self.person, FilingBegun(case=self.case, pack=LAW.pack), self.me),
        ]

    def _review(self, number: int) -> Iterator[list[Happening]]:
        """One stage in one round; returns how it went: passed, returned or ended."""
        stage, organisation = _STAGES[number], self.chain[number]
        handler = self._holder(organisation, "handler")
        leader = self._holder(organisation, "leader")
        luck = self.chance.random()
        if luck < 0.04:
            yield [(self.case, case.CaseWithdrawn(reason=None), self.me), self._over("withdrawn")]
            return "ended"
        if luck < 0.10:
            yield [self._return(stage, handler, "handler")]
            return (yield from self._mend())
        if luck < 0.12:
            leader = handler  # a breach that nothing stopped
        elif luck < 0.13:
            yield [self._approval(stage, leader), *self._onward(number, leader)]
            return "passed"  # the handler was left out
        yield [self._opinion(stage, handler)]
        if luck > 0.95:
            yield [self._negative(stage, leader), self._over("rejected")]
            return "ended"
        if luck > 0.93:
            designated = self._substitute(stage, organisation)
            yield [designated]
        yield [self._approval(stage, leader), *self._onward(number, leader)]
        return "passed"

    def _mend(self) -> Iterator[list[Happening]]:
        if self.chance.random() < 0.2:
            lapsed = case.CaseLapsed(round=self.round, due_at=moment(0), rules=("HOUSE-3",))
            yield [(self.case, lapsed, _KEEPER), self._over("lapsed")]
            return "ended"
        self.round += 1
        resubmitted = case.CaseResubmitted(
            round=self.round, resume_stage=_STAGES[0], materials=(), result=self._result()
        )
        yield [(self.case, resubmitted, self.me)]
        return "returned"

    def _granted(self) -> Iterator[list[Happening]]:
        issued = case.CertificateIssued(
            certificate=f"证{self.case[-12:]}",
            organisation=self.chain[2],
            issued_on=date(2024, 12, 25),
            forms=("electronic",),
        )
        leader = self._holder(self.chain[2], "leader")
        yield [(self.case, issued, leader.acting)]
        if self.chance.random() < 0.1:
            yield from self._discredited(leader)

    def _discredited(self, officer: Official) -> Iterator[list[Happening]]:
        entry = self.province.new("entry")
        entered = IntegrityRecordEntered(
            entry=entry,
            case=self.case,
            investigation=None,
            ground="弄虚作假",
            decision=f"决〔2024〕{entry[-4:]}号",
            authority=self.chain[2],
            scope="province",
            area="甲省",
            starts_on=date(2024, 12, 26),
            ends_on=date(2027, 12, 26),
            months=36,
            term_source=TermSource.DEFAULT,
            effect=Effect.BLOCK,
            rules=("HOUSE-4",),
            particulars=words(self.person, "虚假"),
        )
        yield [(self.person, entered, officer.acting)]
        reason = words(self.person, "复核")
        if self.chance.random() < 0.5:
            corrected = IntegrityRecordCorrected(
                entry=entry, ends_on=date(2025, 12, 26), decision="决2", reason=reason
            )
            yield [(self.person, corrected, officer.acting)]
        if self.chance.random() < 0.5:
            annulled = IntegrityRecordAnnulled(entry=entry, decision="决3", reason=reason)
            yield [(self.person, annulled, officer.acting)]

    def _onward(self, number: int, leader: Official) -> list[Happening]:
        if number < 2:  # noqa: PLR2004 -- the last of three stages
            forwarded = case.CaseForwarded(
                round=self.round,
                from_stage=_STAGES[number],
                to_stage=_STAGES[number + 1],
                organisation=self.chain[number + 1],
            )
            return [(self.case, forwarded, leader.acting)]
        recognised = case.TitleRecognised(
            round=self.round,
            stage=_STAGES[number],
            organisation=self.chain[number],
            label="认定",
            series="engineering",
            specialty="machinery",
            level="assistant",
            effective_on=date(2024, 12, 24),
            law=LAW,
        )
        gained = TitleGained(
            case=self.case,
            series="engineering",
            specialty="machinery",
            level="assistant",
            label="认定",
            gained_on=date(2024, 12, 24),
        )
        return [
            (self.case, recognised, leader.acting),
            (self.person, gained, leader.acting),
            self._over("recognised"),
        ]

    def _over(self, outcome: str) -> Happening:
        return (self.person, FilingEnded(case=self.case, outcome=outcome), _KEEPER)

    def _holder(self, organisation: str, seat: str) -> Official:
        return self.chance.choice(self.province.officials[organisation, seat])

    def _stage(self, number: int) -> ChainStage:
        return ChainStage(
            stage=_STAGES[number],
            label=f"第{number + 1}级审核",
            body=_STAGES[number],
            organisation=self.chain[number],
            seats=("handler", "leader"),
            first_to_assert=(),
            decides=number == 2,  # noqa: PLR2004 -- the last of three stages
            publicity=None,
            rules=("HOUSE-5",),
        )

    def _application(self) -> Application:
        education = Education(
            claim="education-1",
            level="bachelor",
            mode="full_time",
            major="machinery",
            started_on=date(2018, 9, 1),
            awarded_on=date(2022, 6, 30),
            school=words(self.person, "大学"),
        )
        return Application(
            specialty_studied="machinery",
            specialty_worked="machinery",
            educations=(education,),
            work=(),
            titles=(),
            assessments=(),
            achievements=(),
            licences=(),
            particulars=(),
            insurance=None,
        )

    def _material(self, number: int) -> Happening:
        attached = case.MaterialAttached(
            material=self.province.new("material"),
            kind="diploma",
            column=None,
            supports=("education-1",),
            title=words(self.person, f"附件{number}"),
            media_type="application/pdf",
            size=1000,
            digest="1" * 64,
        )
        return (self.case, attached, self.me)

    def _result(self) -> AssessmentResult:
        return AssessmentResult(
            outcome="eligible",
            level="assistant",
            route="bachelor",
            authority="county_hr",
            batch="2024H2",
            reference_date=date(2024, 12, 31),
            reasons=(),
            flags=("NATIONAL_DEFAULT",),
            reckonings=(),
            rules=("HOUSE-6",),
            assessed_at=moment(0),
        )

    def _opinion(self, stage: str, handler: Official) -> Happening:
        found = Verification(
            claim="education-1", finding=ClaimFinding.CONFIRMED, materials=(), note=None
        )
        given = case.HandlerOpinionGiven(
            round=self.round,
            stage=stage,
            organisation=handler.organisation,
            recommendation=Recommendation.APPROVE,
            reasons=(),
            verifications=(found,),
            opinion=words(self.person, "同意"),
            substitute=False,
        )
        return (self.case, given, handler.acting)

    def _approval(self, stage: str, leader: Official) -> Happening:
        approved = case.LeaderApproved(
            round=self.round,
            stage=stage,
            organisation=leader.organisation,
            opinion=None,
            departs=False,
            substitute=False,
        )
        return (self.case, approved, leader.acting)

    def _negative(self, stage: str, leader: Official) -> Happening:
        rejected = case.CaseRejected(
            round=self.round,
            stage=stage,
            organisation=leader.organisation,
            notice="字1号",
            reasons=(_REASON,),
            explanation=words(self.person, "不符"),
            departs=True,
            substitute=False,
        )
        return (self.case, rejected, leader.acting)

    def _return(self, stage: str, officer: Official, seat: str) -> Happening:
        item = ReturnItem(
            item="1", subject="education-1", problem=words(self.person, "模糊"), rules=()
        )
        returned = case.CaseReturned(
            round=self.round,
            stage=stage,
            organisation=officer.organisation,
            seat=seat,
            items=(item,),
            return_to="applicant",
            resume_stage=_STAGES[0],
            due_at=moment(1_000_000),
            due_rules=("HOUSE-7",),
            substitute=False,
        )
        return (self.case, returned, officer.acting)

    def _substitute(self, stage: str, organisation: str) -> Happening:
        standing_in = self._holder(self.chain[1], "leader")
        designated = case.SubstituteDesignated(
            designation=self.province.new("designation"),
            stage=stage,
            organisation=organisation,
            seat="leader",
            person=standing_in.person,
            account=standing_in.account,
            home=standing_in.organisation,
            reason=words(self.person, "回避"),
        )
        return (self.case, designated, standing_in.acting)

    def _refusal(self) -> Happening:
        refused = FilingRefused(
            act="submit",
            case=self.case,
            person=self.person,
            employer=self.chain[0],
            law=LAW,
            reasons=(_REASON,),
        )
        return (self.province.new("refusal"), refused, self.me)


def asides(province: Province) -> Iterator[Happening]:
    """What happens beside the cases: links between persons, look-ups, stopped acts."""
    chance = province.random
    first, second = chance.sample(province.persons, 2)
    handler = chance.choice(province.officials[province.chance_chain()[2], "handler"])
    link = province.new("link")
    match chance.randrange(5):
        case 0 | 1:
            yield (first, PersonsLinked(other=second, link=link), handler.acting)
            yield (second, PersonsLinked(other=first, link=link), handler.acting)
            province.linked.append((first, second))
        case 2 if province.linked:
            first, second = province.linked.pop(0)
            yield (first, PersonsUnlinked(other=second, link=link), handler.acting)
            yield (second, PersonsUnlinked(other=first, link=link), handler.acting)
        case 3:
            looked = RecordConsulted(
                subject=first, extent="integrity", mandate=None, reason=words(first, "核查")
            )
            yield (province.new("consultation"), looked, handler.acting)
        case _:
            stopped = SeparationConflictRefused(
                act="appoint",
                case=None,
                stage=None,
                organisation=handler.organisation,
                seat="leader",
                person=handler.person,
                reasons=(_REASON,),
                explanation=words(handler.person, "误选"),
            )
            yield (province.new("refusal"), stopped, handler.acting)
