"""Public verification of certificates (证书查验): valid, revoked, void or none, by whom issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.case.certificate import CertificateIssued, CertificateVoided
from domain.case.ending import RevocationAnnulled, TitleRevoked
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Certificate:
    """One certificate by its number; ``check`` is what its QR code shows beside that.

    ``revoked_on`` and ``voided_on`` are None while it is valid.
    """

    case: str
    certificate: str
    organisation: str
    issuer: str
    issued_on: date
    forms: tuple[str, ...]
    check: str
    revoked_on: date | None
    voided_on: date | None
    position: int


certificates = Table(
    "certificate", Certificate, key=("case", "certificate"), indexes=("(certificate)",)
)
view = View("certificates", 4, (certificates,))


@view.on(CertificateIssued)
def _issued(fact: Fact, page: Page) -> None:
    page.rows(certificates).put(
        Certificate(
            case=fact.stream,
            certificate=fact["certificate"],
            organisation=fact["organisation"],
            issuer=fact["issuer"],
            issued_on=date.fromisoformat(fact["issued_on"]),
            forms=fact.words("forms"),
            check=fact["check"],
            revoked_on=None,
            voided_on=None,
            position=fact.position,
        )
    )


@view.on(CertificateVoided)
def _voided(fact: Fact, page: Page) -> None:
    row = page.rows(certificates).get(fact.stream, fact["certificate"])
    assert row is not None
    row.voided_on = fact.day("voided_on")
    page.rows(certificates).put(row)


@view.on(TitleRevoked)
def _revoked(fact: Fact, page: Page) -> None:
    for each in page.rows(certificates).of(fact.stream):
        each.revoked_on = fact.day("revoked_on")
        page.rows(certificates).put(each)


@view.on(RevocationAnnulled)
def _restored(fact: Fact, page: Page) -> None:
    for each in page.rows(certificates).of(fact.stream):
        each.revoked_on = None
        page.rows(certificates).put(each)


def verify(connection: Connection[Any], certificate: str) -> str:
    """``valid``, ``revoked``, ``void`` or ``none``: what anybody may know by a number."""
    return standing(with_number(connection, certificate))


def standing(found: Certificate | None) -> str:
    """Whether its title is revoked, it is void, or both stand; none where there is none."""
    if found is None:
        return "none"
    if found.revoked_on is not None:
        return "revoked"
    return "valid" if found.voided_on is None else "void"


def with_number(connection: Connection[Any], certificate: str) -> Certificate | None:
    """The certificate with this number; anybody may know in whose name it was issued."""
    found = certificates.select(connection, "WHERE certificate = %s", (certificate,))
    return found[0] if found else None
