"""What happens to one case after the other in an invented province.

A course yields what one command records at a time; many courses run side by side.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench import acts
from bench.acts import LAW, STAGES
from bench.filing import Filing
from bench.misconduct import discredit, investigate
from bench.objecting import complain, object_to
from bench.province import moment, words
from domain.actor import SystemActor
from domain.case import (
    certificate,
    draft,
    lapse,
    next_stage,
    resubmission,
    substitute,
    withdrawal,
)
from domain.case.publicity import PublicityClosed, PublicityVoided
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.person.events import FilingBegun, FilingEnded
from domain.person.titles import TitleGained
from domain.single_events import FilingRefused

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from bench.province import Happening, Official, Province

_KEEPER = SystemActor(job="timekeeper")
_TURNS = (
    ("approved", 71),
    ("withdrawn", 3),
    ("returned", 6),
    ("one_person", 1),
    ("handler_left_out", 1),
    ("rejected", 3),
    ("substituted", 5),
    ("investigated", 4),
    ("judged", 3),
    ("slipped", 3),
)
"""How a stage goes, and how often in a hundred."""


def course(province: Province) -> Iterator[list[Happening]]:
    """Everything that happens to one case; who it is about is born when it begins."""
    yield from Course(province).run()


class Course(Filing):
    """One case from its draft to its end."""

    def run(self) -> Iterator[list[Happening]]:
        """Everything that happens, one command at a time."""
        yield self.registered
        yield from self._draft()
        if self.chance.randrange(20) == 0:
            yield [self._refusal()]
            return
        submitted = acts.submitted(self.chain)
        begun = FilingBegun(case=self.case, pack=LAW.pack)
        yield [(self.case, submitted, self.me), (self.person, begun, self.me)]
        number = 0
        while number < len(STAGES):
            outcome = yield from self._stage(number)
            if outcome == "ended":
                return
            number = 0 if outcome == "mended" else number + 1
        yield from self._granted()

    def _draft(self) -> Iterator[list[Happening]]:
        opened = acts.opened(self.case, self.person, self.account, self.chain[0])
        yield [(self.case, opened, self.me)]
        yield [(self.case, acts.stated(self.person), self.me)]
        for _ in range(self.chance.randint(1, 4)):
            attached = acts.attached(self.province.new("material"), self.person)
            yield [(self.case, attached, self.me)]
        assessed = draft.EligibilityAssessed(law=LAW, result=acts.result())
        yield [(self.case, assessed, self.me)]

    def _stage(self, number: int) -> Generator[list[Happening], None, str]:
        """One stage in one round; answers passed, mended or ended."""
        stage, organisation = STAGES[number], self.chain[number]
        handler, leader = self._holder(number, "handler"), self._holder(number, "leader")
        turns, weights = zip(*_TURNS, strict=True)
        turn = self.chance.choices(turns, weights)[0]
        if turn == "withdrawn":
            yield [(self.case, withdrawal.CaseWithdrawn(reason=None), self.me), self._over(turn)]
            return "ended"
        if turn == "investigated" and (yield from investigate(self, handler, leader, stage)):
            yield [self._over("disqualified")]
            return "ended"
        if turn == "returned":
            returned = acts.returned(self.round, stage, organisation, self.person)
            yield [(self.case, returned, handler.acting)]
            return (yield from self._mend())
        if turn != "handler_left_out":
            opinion = acts.opinion(self.round, stage, organisation, self.person)
            yield [(self.case, opinion, handler.acting)]
        if turn == "judged":
            judged = acts.judged(self.province.new("judgement"), organisation, self.person)
            yield [(self.case, judged, handler.acting)]
        if turn == "slipped":
            yield from self._slip(number, handler, leader)
        if turn == "rejected":
            rejected = acts.rejected(self.round, stage, organisation, self.person)
            yield [(self.case, rejected, leader.acting), self._over(turn)]
            return "ended"
        if turn == "one_person":
            leader = handler  # a breach that nothing stopped
        if turn == "substituted":
            leader = self._holder(1, "leader")
            yield [self._designation(number, leader)]
        approved = acts.approved(self.round, stage, organisation)
        if number == 1:
            yield [(self.case, approved, leader.acting)]
            yield from self._public(organisation, handler)
            yield self._onward(number, leader)
        else:
            yield [(self.case, approved, leader.acting), *self._onward(number, leader)]
        return "passed"

    def _public(self, organisation: str, handler: Official) -> Iterator[list[Happening]]:
        """The case is public, now and then a second time because the first was cut short."""
        posting = self.province.new("posting")
        if self.chance.randrange(5) == 0:
            posted = acts.posted(posting, self.round, organisation)
            yield [(self.case, posted, handler.acting)]
            voided = PublicityVoided(
                posting=posting, taken_down_on=date(2024, 11, 5), reason=words(self.person, "雨")
            )
            yield [(self.case, voided, handler.acting)]
        posted = acts.posted(posting, self.round, organisation)
        yield [(self.case, posted, handler.acting)]
        if self.chance.randrange(5) == 0:
            yield from object_to(self, handler, posting)
        yield from ([],) * 3  # publicity takes its time
        closed = PublicityClosed(posting=posting, ended_on=posted.ends_on)
        yield [(self.case, closed, _KEEPER)]
        yield []

    def _slip(self, number: int, handler: Official, leader: Official) -> Iterator[list[Happening]]:
        """A rejection by mistake, taken back by the two who made it."""
        stage, organisation = STAGES[number], self.chain[number]
        rejected = acts.rejected(self.round, stage, organisation, self.person)
        yield [(self.case, rejected, leader.acting)]
        proposed = RescissionProposed(
            act=self.province.versions[self.case],
            act_topic=rejected.topic,
            stage=stage,
            organisation=organisation,
            reason=words(self.person, "误点"),
        )
        yield [(self.case, proposed, handler.acting)]
        rescinded = ActRescinded(
            act=proposed.act,
            act_topic=proposed.act_topic,
            stage=stage,
            organisation=organisation,
        )
        yield [(self.case, rescinded, leader.acting)]

    def _mend(self) -> Generator[list[Happening], None, str]:
        yield from ([],) * 5  # applicants take their time
        if self.chance.randrange(5) == 0:
            lapsed = lapse.CaseLapsed(round=self.round, due_at=moment(0), rules=("HOUSE-3",))
            yield [(self.case, lapsed, _KEEPER), self._over("lapsed")]
            return "ended"
        self.round += 1
        resubmitted = resubmission.CaseResubmitted(
            round=self.round,
            resume_stage=STAGES[0],
            materials=(),
            answers=(),
            unmended=(),
            result=acts.result(),
        )
        yield [(self.case, resubmitted, self.me)]
        return "mended"

    def _onward(self, number: int, leader: Official) -> list[Happening]:
        if number + 1 < len(STAGES):
            forwarded = next_stage.CaseForwarded(
                round=self.round,
                from_stage=STAGES[number],
                to_stage=STAGES[number + 1],
                organisation=self.chain[number + 1],
            )
            return [(self.case, forwarded, leader.acting)]
        recognised = acts.recognised(self.round, self.chain[number])
        gained = TitleGained(
            case=self.case,
            series=recognised.series,
            specialty=recognised.specialty,
            level=recognised.level,
            label=recognised.label,
            gained_on=recognised.effective_on,
        )
        return [
            (self.case, recognised, leader.acting),
            (self.person, gained, leader.acting),
            self._over("recognised"),
        ]

    def _granted(self) -> Iterator[list[Happening]]:
        leader = self._holder(2, "leader")
        flagged = next_stage.OverdueFlagged(
            what="completion",
            due_on=date(2024, 12, 20),
            happened_on=date(2024, 12, 24),
            rules=("HOUSE-2",),
        )
        yield [(self.case, flagged, _KEEPER)]
        issued = certificate.CertificateIssued(
            issuer="某机关",
            certificate=f"证{self.case[-12:]}",
            organisation=leader.organisation,
            issued_on=date(2024, 12, 25),
            forms=("electronic",),
            check=self.case[-12:],
        )
        yield [(self.case, issued, leader.acting)]
        if self.chance.randrange(10) == 0:
            yield from complain(self, leader)
            yield from discredit(self, leader)

    def _over(self, outcome: str) -> Happening:
        return (self.person, FilingEnded(case=self.case, outcome=outcome), _KEEPER)

    def _holder(self, number: int, seat: str) -> Official:
        return self.chance.choice(self.province.officials[self.chain[number], seat])

    def _designation(self, number: int, standing_in: Official) -> Happening:
        designated = substitute.SubstituteDesignated(
            designation=self.province.new("designation"),
            stage=STAGES[number],
            organisation=self.chain[number],
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
            reasons=(acts.REASON,),
        )
        return (self.province.new("refusal"), refused, self.me)
