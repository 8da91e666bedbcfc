"""The certificate of a title (证书): issued, signed for, void, and issued anew.

Two persons stand behind whatever takes one away: who voids it never issued it. So a certificate
is corrected, exchanged or replaced by two acts, the leader's and then the handler's, and the
number that is void stays known as void.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.case import refusals
from domain.case.phase import Certificate, Recognised
from domain.case.publicity import open_objection
from domain.case.seats import kept_out
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.entries import occurred_later
from domain.refusals.seats import not_in_seat
from domain.replacing import replace
from domain.separation import HANDLER, LEADER, same_reviewer, self_review

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.remembered import By
    from domain.case.state import Case

PAPER = "paper"


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event, topic="case:certificate-issued:1", chinese="发证"):
    """A certificate was issued; anyone can verify its number (发证).

    ``issuer`` is in whose name: as the power says by which the organisation acts, else its own.
    ``check`` is what its QR code shows beside the number (校验码); ``replaces`` the number that
    is void instead.
    """

    certificate: str
    organisation: str
    issuer: str
    issued_on: date
    forms: tuple[str, ...]
    check: str
    replaces: str | None = None


class VoidingGround(StrEnum):
    """Why a certificate is void, though the title stands."""

    WRONG = "wrong"
    """Something on it is not right (更正)."""
    RENAMED = "renamed"
    """Its holder has another name now (更名换发)."""
    LOST = "lost"
    """The paper is lost (遗失补发)."""
    DAMAGED = "damaged"
    """The paper can't be used any more (损毁换发)."""


@dataclass(frozen=True, kw_only=True)
class CertificateVoided(Event, topic="case:certificate-voided:1", chinese="证书作废"):
    """A certificate is void from a day on; the title stands, and another may be issued."""

    certificate: str
    organisation: str
    ground: VoidingGround
    explanation: Personal
    voided_on: date


@dataclass(frozen=True, kw_only=True)
class CertificateSignedFor(Event, topic="case:certificate-signed-for:1", chinese="证书签收"):
    """The paper was handed over against a signature, as the authority's handler entered.

    ``proxy`` is who signed in the holder's place (代领人), None where the holder did.
    """

    certificate: str
    organisation: str
    signed_on: date
    proxy: Personal | None
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class IssueCertificate:
    """The authority that recognised the title issues its certificate."""

    certificate: str
    issuer: str
    forms: tuple[str, ...]
    check: str


@dataclass(frozen=True, kw_only=True)
class VoidCertificate:
    """The leader of that authority declares it void."""

    ground: VoidingGround
    explanation: Personal


@dataclass(frozen=True, kw_only=True)
class SignForCertificate:
    """The handler of that authority enters who signed for the paper, and when."""

    signed_on: date
    proxy: Personal | None


def issue_certificate(
    case: Case, command: IssueCertificate, seat: str, around: Circumstances
) -> tuple[CertificateIssued, ...]:
    """The authority that recognised the title issues the certificate: one at a time."""
    if not isinstance(case.phase, Recognised):
        raise Refused(refusals.wrong_phase(case, "发证", "certified"))
    if case.phase.certificate is not None:
        raise Refused(already_certified(case.phase.certificate.number))
    objections = _officer(case, case.phase, seat, around)
    if case.objections:
        objections.append(open_objection(around))
    if objections:
        raise Refused(*objections)
    return (
        CertificateIssued(
            certificate=command.certificate,
            organisation=around.organisation.organisation,
            issuer=command.issuer,
            issued_on=around.today,
            forms=command.forms,
            check=command.check,
            replaces=case.phase.void,
        ),
    )


def void_certificate(
    case: Case, command: VoidCertificate, around: Circumstances
) -> tuple[CertificateVoided, ...]:
    """The leader there declares it void; never who issued it."""
    recognised, certificate = _certified(case, "作废证书", "made void")
    objections = _officer(case, recognised, LEADER, around)
    if around.humans.same(around.actor.person, certificate.person):
        objections.append(same_reviewer(around.law))
    if command.ground in (VoidingGround.LOST, VoidingGround.DAMAGED):
        objections += _no_paper(certificate)
    if objections:
        raise Refused(*objections)
    return (
        CertificateVoided(
            certificate=certificate.number,
            organisation=around.organisation.organisation,
            ground=command.ground,
            explanation=command.explanation,
            voided_on=around.today,
        ),
    )


def sign_for_certificate(
    case: Case, command: SignForCertificate, around: Circumstances
) -> tuple[CertificateSignedFor, ...]:
    """The handler there enters the signature, once; not for a day before it was issued."""
    recognised, certificate = _certified(case, "登记签收", "signed for")
    objections = _officer(case, recognised, HANDLER, around) + _no_paper(certificate)
    if certificate.signed_on is not None:
        objections.append(_signed_before(certificate.signed_on))
    if command.signed_on > around.today:
        objections.append(occurred_later(command.signed_on, "/signed_on"))
    elif command.signed_on < certificate.issued_on:
        objections.append(_not_issued_yet(certificate.issued_on))
    if objections:
        raise Refused(*objections)
    return (
        CertificateSignedFor(
            certificate=certificate.number,
            organisation=around.organisation.organisation,
            signed_on=command.signed_on,
            proxy=command.proxy,
            late_entry=command.signed_on < around.today,
        ),
    )


def _certified(case: Case, chinese: str, english: str) -> tuple[Recognised, Certificate]:
    if not isinstance(case.phase, Recognised):
        raise Refused(refusals.wrong_phase(case, chinese, english))
    if case.phase.certificate is None:
        raise Refused(
            Refusal(
                "NOT_CERTIFIED",
                "本案没有有效的证书。请先发证。",
                "The case has no certificate in force; issue one first.",
            )
        )
    return case.phase, case.phase.certificate


def _officer(case: Case, recognised: Recognised, seat: str, around: Circumstances) -> list[Refusal]:
    """What keeps somebody from acting on a certificate in a seat of the authority.

    Where a committee is alone at its stage, its organisation's own seats do.
    """
    stage = case.stage(recognised.stage)
    found: list[Refusal] = []
    if (
        seat not in (stage.seats or (HANDLER, LEADER))
        or around.organisation.organisation != stage.organisation
        or not around.sits(seat)
    ):
        found.append(not_in_seat(seat))
    if around.humans.same(around.actor.person, case.applicant):
        found.append(self_review(around.law))
    return found + kept_out(case, around.actor.person, around)


def _no_paper(certificate: Certificate) -> list[Refusal]:
    if PAPER in certificate.forms:
        return []
    return [
        Refusal(
            "NO_PAPER_CERTIFICATE",
            "按本地通知只发电子证书，没有纸质证书可以签收、遗失或损毁。",
            "The notice has electronic certificates alone: there is no paper to sign for or lose.",
        )
    ]


def _signed_before(on: date) -> Refusal:
    return Refusal(
        "SIGNED_FOR_ALREADY",
        f"该证书已于{on:%Y年%m月%d日}签收。",
        f"The certificate was signed for on {on:%Y-%m-%d}.",
    )


def _not_issued_yet(on: date) -> Refusal:
    return Refusal(
        "SIGNED_BEFORE_ISSUED",
        f"签收日期早于发证日期（{on:%Y年%m月%d日}）。请核对后重新登记。",
        f"It was issued on {on:%Y-%m-%d}; nobody signed for it before. Check the day.",
        pointer="/signed_on",
    )


Events = CertificateIssued | CertificateVoided | CertificateSignedFor
"""What happens to a case here."""


def evolve(state: Case, event: Events, by: By) -> Case:
    """The case with its certificate."""
    phase = state.phase
    assert isinstance(phase, Recognised)
    match event:
        case CertificateIssued():
            issued = Certificate(event.certificate, event.issued_on, event.forms, by.person)
            return replace(state, phase=Recognised(phase.stage, issued))
        case CertificateVoided():
            return replace(state, phase=Recognised(phase.stage, None, event.certificate))
        case CertificateSignedFor():
            assert phase.certificate is not None
            signed = replace(phase.certificate, signed_on=event.signed_on)
            return replace(state, phase=Recognised(phase.stage, signed))
        case _:
            assert_never(event)


def already_certified(certificate: str) -> Refusal:
    """The case has its certificate."""
    return Refusal(
        "ALREADY_CERTIFIED",
        f"本案已发证，证书编号 {certificate}。",
        f"The certificate has been issued already: {certificate}.",
    )
