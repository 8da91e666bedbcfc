"""The certificate as it is printed (电子证书), and what its QR code leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno

from api.pages.case_notice import level_called, name_then, pages
from api.problems import Problem
from domain.case.certificate import CertificateIssued, CertificateVoided
from domain.case.ending import RevocationAnnulled, TitleRevoked
from domain.case.next_stage import TitleRecognised

if TYPE_CHECKING:
    from datetime import date

    from api.acts.case_reading import SeenCase
    from api.acts.certificate import Said
    from api.acts.desk import Desk
    from audit.record import Recorded
    from domain.event import Event
    from domain.policy.law import Law


def certificate_page(seen: SeenCase, desk: Desk, law: Law, public_url: str) -> str:
    """The page of the certificate that was issued last; void or revoked it says so.

    Raises the problem ``NOT_FOUND`` where none was issued.
    """
    issued = _last(seen, CertificateIssued)
    recognised = _last(seen, TitleRecognised)
    if issued is None or recognised is None:
        raise Problem("NOT_FOUND")
    event, title = issued.event, recognised.event
    assert isinstance(event, CertificateIssued)
    assert isinstance(title, TitleRecognised)
    address = f"{public_url}/v1/certificates/{event.certificate}/scans/{event.check}"
    documents = [each for each in law.whole.documents.values() if each.kind == "certificate"]
    return pages.get_template("certificate.html").render(
        number=event.certificate,
        name=name_then(desk, seen.case.applicant, issued, visible=seen.words),
        series=title.series,
        specialty=title.specialty,
        level=level_called(law, title.level),
        label=title.label,
        effective_on=_written(title.effective_on),
        issuer=event.issuer,
        issued_on=_written(event.issued_on),
        replaces=event.replaces,
        standing=_standing(seen, event.certificate),
        law=f"《{law.title}》（{law.issuer}）",
        rules=[each for document in documents for each in document.citations],
        own=law.id,
        code=segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True),
        verification=f"{public_url}/v1/certificates/{event.certificate}",
        position=issued.position,
        digest=issued.leaf_hash.hex(),
    )


def scan_page(number: str, issuer: str, said: Said | None) -> str:
    """What somebody reads who has scanned a QR code; ``said`` is None where it leads nowhere."""
    return pages.get_template("scan.html").render(
        number=number,
        issuer=issuer,
        said=said,
        standing=_stands(said.revoked_on, said.voided_on) if said else "",
        issued_on=_written(said.issued_on) if said else "",
    )


def _standing(seen: SeenCase, number: str) -> str:
    revoked, voided = None, None
    for event in seen.history.events:
        if isinstance(event, TitleRevoked):
            revoked = event.revoked_on
        elif isinstance(event, RevocationAnnulled):
            revoked = None
        elif isinstance(event, CertificateVoided) and event.certificate == number:
            voided = event.voided_on
    return _stands(revoked, voided)


def _stands(revoked_on: date | None, voided_on: date | None) -> str:
    """What stands across a certificate; nothing across one in force."""
    if revoked_on is not None:
        return f"职称已于{_written(revoked_on)}撤销"
    return "" if voided_on is None else f"证书已于{_written(voided_on)}作废"


def _last(seen: SeenCase, kind: type[Event]) -> Recorded | None:
    return next(
        (one for one in reversed(seen.history.recorded) if isinstance(one.event, kind)), None
    )


def _written(on: date) -> str:
    return f"{on:%Y年%m月%d日}"
