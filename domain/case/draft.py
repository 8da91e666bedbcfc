"""The draft: opened, stated, given materials, and asked of the law before it is filed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from domain.case import particulars, refusals
from domain.case.application import Application
from domain.case.phase import Draft, Returned
from domain.case.remembered import Assertion, Material
from domain.case.state import Case
from domain.case.values import AssessmentResult, LawReference
from domain.event import Event
from domain.personal import Personal
from domain.policy.sources import Source
from domain.refusal import Refusal, Refused
from domain.replacing import replace
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.remembered import Vouched


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event, topic="case:opened:1", chinese="建立申报"):
    """A case began with an employer, under a policy pack, for its applicant (建立申报)."""

    number: str
    applicant: str
    account: str
    employer: str
    law: LawReference
    series: str
    specialty: str
    level: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class ApplicationStated(Event, topic="case:application-stated:1", chinese="填报申请"):
    """The applicant stated the claims on which the application rests (填报申请).

    ``unchanged`` are the ids of the claims that stand word for word as they stood before. It was
    found while the words were there: once they are erased, nobody can compare them.
    """

    application: Application
    unchanged: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MaterialAttached(Event, topic="case:material-attached:1", chinese="材料上传"):
    """A file was attached in support of named claims (材料上传).

    ``kind`` is a word of the pack, ``column`` the place in the form where it was filed,
    ``digest`` the SHA-256 of the sealed bytes in hex, ``size`` that of the file in bytes.
    """

    material: str
    kind: str
    column: str | None
    supports: tuple[str, ...]
    title: Personal
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class MaterialWithdrawn(Event, topic="case:material-withdrawn:1", chinese="材料撤下"):
    """The applicant took an attached file out of the case (材料撤下)."""

    material: str


@dataclass(frozen=True, kw_only=True)
class EligibilityAssessed(Event, topic="case:eligibility-assessed:1", chinese="资格预检"):
    """The law was asked about the application as it stood (资格预检)."""

    law: LawReference
    result: AssessmentResult


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """An applicant begins a case with an employer under a pack."""

    number: str
    applicant: str
    account: str
    employer: str
    law: LawReference
    series: str
    specialty: str
    level: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class StateApplication:
    """The applicant states all claims anew; what was stated before is replaced.

    ``obstacles`` are why some of it is not the applicant's to say.
    """

    application: Application
    obstacles: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttachMaterial:
    """The applicant attaches a file that has already been sealed and stored."""

    material: str
    kind: str
    column: str | None
    supports: tuple[str, ...]
    title: Personal
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class WithdrawMaterial:
    """The applicant takes a file out of the case."""

    material: str


@dataclass(frozen=True, kw_only=True)
class AssessEligibility:
    """The law's answer, asked for ahead of filing, is put on record."""

    result: AssessmentResult
    law: LawReference | None = None


def open_case(command: OpenCase) -> tuple[CaseOpened, ...]:
    """A case begins as a draft; whether it may be filed is decided when it is filed."""
    return (
        CaseOpened(
            number=command.number,
            applicant=command.applicant,
            account=command.account,
            employer=command.employer,
            law=command.law,
            series=command.series,
            specialty=command.specialty,
            level=command.level,
            channel=command.channel,
        ),
    )


def state_application(case: Case, command: StateApplication) -> tuple[ApplicationStated, ...]:
    """The claims are stated, all of them, while the applicant has the case in hand."""
    _in_hand(case, "修改申报内容", "amended")
    ids = [claim for claim, _ in command.application.stated()]
    repeated = sorted(claim for claim, count in Counter(ids).items() if count > 1)
    said = particulars.said_twice(command.application)
    twice = (
        *((refusals.duplicate_claims(repeated),) if repeated else ()),
        *((refusals.said_twice(said),) if said else ()),
    )
    if objections := (*twice, *command.obstacles):
        raise Refused(*objections)
    before, now = case.application, command.application
    unchanged = () if before is None else tuple(sorted(now.unchanged_since(before)))
    return (ApplicationStated(application=now, unchanged=unchanged),)


def attach_material(case: Case, command: AttachMaterial) -> tuple[MaterialAttached, ...]:
    """A file is attached in support of claims that the application makes."""
    _in_hand(case, "上传材料", "given materials")
    if any(each.material == command.material for each in case.materials):
        raise Refused(
            Refusal(
                "MATERIAL_ATTACHED",
                "该文件已作为本案材料，不得重复提交；另有用途的，请重新上传。",
                "This file is a material of the case already; upload it again for another use.",
                pointer="/upload",
            )
        )
    strange = sorted(set(command.supports) - case.claims.keys())
    if strange:
        raise Refused(refusals.unknown_claims(strange, "/supports"))
    return (attached(command),)


def attached(command: AttachMaterial) -> MaterialAttached:
    """The fact that a file is a material now."""
    return MaterialAttached(
        material=command.material,
        kind=command.kind,
        column=command.column,
        supports=command.supports,
        title=command.title,
        media_type=command.media_type,
        size=command.size,
        digest=command.digest,
    )


def withdrawable(case: Case) -> bool:
    """Whether a file is there that may be taken out: the signed form of assistance stays."""
    form = None if case.assistance is None else case.assistance.form
    return any(each.material != form for each in case.materials)


def withdraw_material(case: Case, command: WithdrawMaterial) -> tuple[MaterialWithdrawn, ...]:
    """A file is taken out; that it was there stays in the history."""
    _in_hand(case, "撤下材料", "relieved of materials")
    if all(each.material != command.material for each in case.materials):
        raise Refused(refusals.unknown_materials([command.material], "/material"))
    if case.assistance is not None and case.assistance.form == command.material:
        raise Refused(
            Refusal(
                "SIGNED_FORM_STAYS",
                "帮办所依据的申报人签字表是本案的凭据，不得撤下。",
                "The form that the applicant signed is what the assisted filing rests on, and"
                " stays.",
                pointer="/material",
            )
        )
    return (MaterialWithdrawn(material=command.material),)


def refuse_without_application(case: Case) -> None:
    """Raises ``Refused`` where nothing has been stated of which the law could be asked."""
    if case.application is None:
        raise Refused(refusals.application_missing())


def assess(case: Case, command: AssessEligibility) -> tuple[EligibilityAssessed, ...]:
    """The law's answer ahead of filing is kept, whatever it is."""
    _in_hand(case, "预检", "assessed")
    refuse_without_application(case)
    return (EligibilityAssessed(law=command.law or case.law, result=command.result),)


def _in_hand(case: Case, chinese: str, english: str) -> None:
    if not isinstance(case.phase, (Draft, Returned)):
        raise Refused(refusals.wrong_phase(case, chinese, english))


def opened(event: CaseOpened, case: str) -> Case:
    """The case at its beginning."""
    return Case(
        case=case,
        number=event.number,
        applicant=event.applicant,
        account=event.account,
        employer=event.employer,
        law=event.law,
        series=event.series,
        specialty=event.specialty,
        level=event.level,
        channel=event.channel,
        version=1,
    )


Events = ApplicationStated | MaterialAttached | MaterialWithdrawn | EligibilityAssessed
"""What happens to a case here."""


def evolve(state: Case, event: Events) -> Case:
    """The case as a draft of it was stated, supported or assessed."""
    match event:
        case ApplicationStated():
            return _restated(state, event)
        case MaterialAttached():
            file = Material(
                event.material, event.kind, event.column, event.supports, event.media_type
            )
            return replace(state, materials=state.materials.entered(event.material, file))
        case MaterialWithdrawn():
            return replace(state, materials=state.materials.struck(event.material))
        case EligibilityAssessed():
            return state
        case _:
            assert_never(event)


def _restated(state: Case, event: ApplicationStated) -> Case:
    """What was vouched for in other words is vouched for no more, nor judged."""
    stated, now = event.application, state.version + 1
    worded = {claim: since for claim, since in state.worded if claim in event.unchanged}
    worded = {claim: worded.get(claim, now) for claim in stated.claims()}
    restated = replace(state, application=stated, worded=frozenset(worded.items()))
    if restated.worded == state.worded and stated.specialties == state.specialties:
        return restated
    void = (each for each in state.vouched if _rests_on_words(each, event.unchanged))
    return replace(restated, vouched=state.vouched.left(*void), judgements=Ledger())


def _rests_on_words(vouched: Vouched, unchanged: Collection[str]) -> bool:
    """Whether what was vouched for turned on words that the applicant has changed.

    What an employer or an office said of its own does not.
    """
    if isinstance(vouched, Assertion):
        return vouched.claim not in unchanged
    return vouched.source == Source.REVIEWER
