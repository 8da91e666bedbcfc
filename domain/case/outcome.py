"""What a case brought the applicant, and what became of it: events from recognition onward.

Signed contracts: the law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.case.values import LawReference
from domain.event import Event


@dataclass(frozen=True, kw_only=True)
class TitleRecognised(Event, topic="case:recognised:1", chinese="认定"):
    """The title was recognised (认定).

    ``label`` is the pack's word for the outcome (认定, 初定, 初聘, 评审通过).
    """

    round: int
    stage: str
    organisation: str
    label: str
    series: str
    specialty: str
    level: str
    effective_on: date
    law: LawReference


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event, topic="case:certificate-issued:1", chinese="发证"):
    """A certificate was issued; anyone can verify its number (发证)."""

    certificate: str
    organisation: str
    issued_on: date
    forms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TitleRevoked(Event, topic="case:title-revoked:1", chinese="撤销职称"):
    """A title that had been granted was revoked; its certificate says so from then on (YY-50).

    ``dependents`` are later cases of the person whose titles rest on this one.
    """

    investigation: str
    ground: str
    decision: str
    authority: str
    revoked_on: date
    dependents: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RevocationAnnulled(Event, topic="case:revocation-annulled:1", chinese="撤销决定被撤销"):
    """A review annulled the revocation: the title stands again."""

    investigation: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ApplicantDisqualified(Event, topic="case:disqualified:1", chinese="取消申报资格"):
    """The applicant was disqualified from this case for misconduct (取消申报资格)."""

    investigation: str
    ground: str
    decision: str
    authority: str
    rules: tuple[str, ...]
