"""The certificate of a title (证书): issued, void, signed for, and what it says to whom."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.review import about_applicant
from api.acts.stage import CASE, around_case
from api.identifiers import certificate_check, certificate_number
from domain.case import certificate
from domain.case.certificate import (
    IssueCertificate,
    SignForCertificate,
    VoidCertificate,
    VoidingGround,
)
from domain.case.phase import Recognised
from domain.case.refusals import wrong_phase
from domain.masking import masked_name
from domain.person.naming import alike, names
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from api.office import Office
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.policy.law import Law
    from projections.certificates import Certificate


def issue_certificate(desk: Desk, case: Case) -> Events:
    """Issue the certificate of a recognised title, in the forms that its notice names."""
    house = _authority(desk, case, Act.ISSUE_CERTIFICATE)
    command = IssueCertificate(
        certificate=certificate_number(desk.acting.at),
        issuer=competence.in_name_of(desk, house.organisation, desk.power) or house.name,
        forms=_forms(desk.law_of(case)),
        check=certificate_check(),
    )
    return certificate.issue_certificate(case, command, HANDLER, around_case(desk, case, house))


def void_certificate(
    desk: Desk, case: Case, /, *, ground: VoidingGround, explanation: str
) -> Events:
    """Declare the certificate void, as the leader of the authority, who did not issue it."""
    house = _authority(desk, case, Act.VOID_CERTIFICATE)
    words = about_applicant(case, explanation)
    assert words is not None
    command = VoidCertificate(ground=ground, explanation=words)
    return certificate.void_certificate(case, command, around_case(desk, case, house))


def sign_for_certificate(
    desk: Desk, case: Case, /, *, signed_on: date, proxy: str | None
) -> Events:
    """Enter that the paper was handed over: to the holder, or to who is named as ``proxy``."""
    house = _authority(desk, case, Act.ISSUE_CERTIFICATE)
    command = SignForCertificate(signed_on=signed_on, proxy=about_applicant(case, proxy))
    return certificate.sign_for_certificate(case, command, around_case(desk, case, house))


def _authority(desk: Desk, case: Case, act: Act) -> Organisation:
    """The organisation that recognised the title, at which the caller has to be."""
    if not isinstance(case.phase, Recognised):
        raise Refused(wrong_phase(case, "办理证书", "certified"))
    house = known(desk.organisation(case.stage(case.phase.stage).organisation))
    relation.require(desk, (act,), relation.to_organisation(desk, house))
    return house


def _forms(law: Law) -> tuple[str, ...]:
    documents = law.whole.documents.values()
    return tuple(sorted({each.medium for each in documents if each.kind == "certificate"}))


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a certificate says; ``name`` is its holder's, masked.

    ``level`` and ``label`` are in the notice's words; ``revoked_on`` and ``voided_on`` are days in
    Beijing.
    """

    name: str
    series: str
    specialty: str
    level: str
    label: str
    issued_on: date
    revoked_on: date | None
    voided_on: date | None


def said_to_who_knows(office: Office, found: Certificate, name: str) -> Said | None:
    """What it says, to somebody who knows the name of its holder; None to others.

    Any name that the holder has or had opens it, however it is spelt.
    """
    desk = office.desk()
    case = known(desk.case(found.case))
    texts = (each.text for each in names(desk.history(case.applicant).events))
    called = next((text for text in texts if text is not None and alike(text, name)), None)
    return None if called is None else _said(desk, case, found, called)


def said_to_who_holds(office: Office, found: Certificate, check: str) -> Said | None:
    """What it says, to somebody who has read its QR code; None to others."""
    if not hmac.compare_digest(found.check.encode(), check.encode()):
        return None
    desk = office.desk()
    case = known(desk.case(found.case))
    called = names(desk.history(case.applicant).as_of(found.position).events)[-1]
    return _said(desk, case, found, called.text or "")


def _said(desk: Desk, case: Case, found: Certificate, name: str) -> Said:
    law = desk.law_of(case)
    level = law.whole.levels.get(case.level)
    return Said(
        name=masked_name(name),
        series=case.series,
        specialty=case.specialty,
        level=level.chinese if level else case.level,
        label=law.outcome_label(case.result.route if case.result else None),
        issued_on=found.issued_on,
        revoked_on=found.revoked_on,
        voided_on=found.voided_on,
    )


def _issued(case: Case) -> bool:
    return isinstance(case.phase, Recognised) and case.phase.certificate is not None


ISSUE_CERTIFICATE = Row(
    CASE, Act.ISSUE_CERTIFICATE, issue_certificate, (HANDLER,), when=lambda case: not _issued(case)
)
VOID_CERTIFICATE = Row(CASE, Act.VOID_CERTIFICATE, void_certificate, (LEADER,), fresh=True)
SIGN_FOR_CERTIFICATE = Row(
    CASE, Act.ISSUE_CERTIFICATE, sign_for_certificate, (HANDLER,), when=_issued
)
