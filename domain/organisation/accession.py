"""Accession (单位注册申请): an employer asks by itself to be registered, by its papers (LH-48).

Whoever applies has no account and is known by a receipt alone. The body that registers such a unit
approves, sends back for what is missing, or declines; ``domain.organisation.accession_decisions``
decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from domain.document import DocumentKind
from domain.event import Event
from domain.objection.kept import (
    WordsErased,
    WordsErasureAsked,
    WordsErasureCompleted,
    WordsErasureProposed,
)
from domain.organisation.events import Kind, Ownership
from domain.organisation.state import Organisation
from domain.personal import Personal
from domain.replacing import replace
from domain.shared_collections import Several

if TYPE_CHECKING:
    from domain.event import Told


class Paper(StrEnum):
    """What a document that is handed in is."""

    BUSINESS_LICENCE = "business_licence"
    INSTITUTION_CERTIFICATE = "institution_certificate"
    NON_ENTERPRISE_CERTIFICATE = "non_enterprise_certificate"
    LETTER_OF_AUTHORISATION = "letter_of_authorisation"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Employer:
    """A unit as its certificate has it; the members are those of ``OrganisationRegistered``."""

    name: str
    credit_code: str
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    traits: tuple[str, ...]

    def unit(self, organisation: str) -> Organisation:
        """The unit that it will be, beneath nobody yet, as the law reads it."""
        return Organisation(
            organisation=organisation,
            name=self.name,
            kind=self.kind,
            ownership=self.ownership,
            level=self.level,
            area=self.area,
            traits=self.traits,
            superior=None,
            bureau=None,
            credit_code=self.credit_code,
        )


@dataclass(frozen=True, kw_only=True)
class FirstAdministrator:
    """Who is to administer the unit's accounts, by name and document."""

    name: Personal
    document: DocumentKind
    number: Personal


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A document that was handed in; ``digest`` is the SHA-256, in hex, of the sealed bytes."""

    file: str
    paper: Paper
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Competent:
    """Whom the notice names to register such a unit: an office of this level and this sector.

    None of them is not asked.
    """

    level: str | None
    sector: str | None


@dataclass(frozen=True, kw_only=True)
class AccessionApplied(Event, topic="accession:applied:1", chinese="单位注册申请"):
    """An employer applied for its own registration (单位注册申请).

    ``competent`` is None where the notice names nobody: then it is for whoever has the registry.
    """

    employer: Employer
    administrator: FirstAdministrator
    contact: Personal
    documents: tuple[Scan, ...]
    competent: Competent | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccessionReturned(Event, topic="accession:returned:1", chinese="退回补正"):
    """The competent body sent it back, and told all that is missing (一次性告知)."""

    organisation: str
    missing: Personal


@dataclass(frozen=True, kw_only=True)
class AccessionCompleted(Event, topic="accession:completed:1", chinese="补正"):
    """The employer handed in again what it applies with; documents join those before (补正)."""

    employer: Employer
    administrator: FirstAdministrator
    contact: Personal
    documents: tuple[Scan, ...]
    competent: Competent | None
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccessionApproved(Event, topic="accession:approved:1", chinese="核准单位注册"):
    """The competent body approved it: the unit is registered, its first account opened (核准)."""

    organisation: str
    registered: str
    account: str


@dataclass(frozen=True, kw_only=True)
class AccessionDeclined(Event, topic="accession:declined:1", chinese="不予核准"):
    """The competent body declined it, for a stated reason (不予核准)."""

    organisation: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class AccessionWithdrawn(Event, topic="accession:withdrawn:1", chinese="撤回单位注册申请"):
    """Whoever holds the receipt took it back (撤回)."""

    reason: Personal | None


AccessionEvent = (
    AccessionApplied
    | AccessionReturned
    | AccessionCompleted
    | AccessionApproved
    | AccessionDeclined
    | AccessionWithdrawn
    | WordsErasureAsked
    | WordsErasureProposed
    | WordsErased
    | WordsErasureCompleted
)


class Standing(StrEnum):
    """Where an application stands: before the body, with the applicant again, or over."""

    APPLIED = "applied"
    RETURNED = "returned"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Accession:
    """An application as it stands; ``told`` is what its applicant was told last.

    ``handed_in_at`` (UTC) is when it came before the body, again after it was sent back.
    """

    accession: str
    employer: Employer
    administrator: FirstAdministrator
    contact: Personal
    competent: Competent | None
    handed_in_at: datetime
    documents: Several[Scan] = field(default_factory=Several)
    standing: Standing = Standing.APPLIED
    told: Personal | None = None
    approved: AccessionApproved | None = None

    @property
    def open(self) -> bool:
        """Whether something can still become of it."""
        return self.standing in {Standing.APPLIED, Standing.RETURNED}


def evolve(state: Accession | None, event: AccessionEvent, told: Told) -> Accession:
    """The application after an event of its stream. Never refuses."""
    if isinstance(event, AccessionApplied | AccessionCompleted):
        before = Several[Scan]() if state is None else state.documents
        return Accession(
            accession=told.stream,
            employer=event.employer,
            administrator=event.administrator,
            contact=event.contact,
            competent=event.competent,
            handed_in_at=told.recorded_at,
            documents=before.joined(*event.documents),
        )
    assert state is not None
    match event:
        case AccessionReturned():
            return replace(state, standing=Standing.RETURNED, told=event.missing)
        case AccessionApproved():
            return replace(state, standing=Standing.APPROVED, approved=event)
        case AccessionDeclined():
            return replace(state, standing=Standing.DECLINED, told=event.reason)
        case AccessionWithdrawn():
            return replace(state, standing=Standing.WITHDRAWN)
        case WordsErasureAsked() | WordsErasureProposed() | WordsErased() | WordsErasureCompleted():
            return state
        case _:
            assert_never(event)
