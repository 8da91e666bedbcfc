"""What a certificate says to whoever knows its number and its holder's name (证书查验)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.person.naming import alike, names

if TYPE_CHECKING:
    from api.office import Office
    from projections.certificates import Certificate


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the certificate says; ``name`` is its holder's, masked.

    ``level`` and ``label`` are in the notice's words, ``revoked_on`` is a day in Beijing.
    """

    name: str
    series: str
    specialty: str
    level: str
    label: str
    issued_on: date
    revoked_on: date | None


def said_by(office: Office, certificate: Certificate, name: str) -> Said | None:
    """What a certificate says, to somebody who knows the name of its holder; None to others.

    Any name that the holder has or had opens it, however it is spelt.
    """
    desk = office.desk()
    case = desk.case(certificate.case)
    if case is None:
        return None
    texts = (each.text for each in names(desk.history(case.applicant).events))
    known = next((text for text in texts if text is not None and alike(text, name)), None)
    if known is None:
        return None
    law = desk.law_of(case)
    level = law.whole.levels.get(case.level)
    return Said(
        name=masked(known),
        series=case.series,
        specialty=case.specialty,
        level=level.chinese if level else case.level,
        label=law.outcome_label(case.result.route if case.result else None),
        issued_on=certificate.issued_on,
        revoked_on=certificate.revoked_on,
    )


def masked(name: str) -> str:
    """A name of which only the first character is told."""
    return name[:1] + "*" * max(len(name) - 1, 1)
