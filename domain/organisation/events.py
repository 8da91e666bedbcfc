"""The events of an organisation. The law of compatibility stands in ``domain.event``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.event import Event


class Kind(StrEnum):
    """What an organisation is; the notices distinguish by it."""

    PUBLIC_INSTITUTION = "institution"
    ENTERPRISE = "enterprise"
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise"
    GOVERNMENT = "government"
    PARTY_OR_MASS_ORGANISATION = "party_or_mass_organisation"


class Ownership(StrEnum):
    """To whom it belongs."""

    STATE = "state"
    STATE_CONTROLLED = "state_controlled"
    NON_STATE = "non_state"
    MIXED = "mixed"


@dataclass(frozen=True, kw_only=True)
class OrganisationRegistered(Event, topic="organisation:registered:1", chinese="单位建档"):
    """An organisation that takes part in reviews was registered (单位建档).

    ``level`` is the level of government to which it belongs (county, city, province), ``area``
    the name of its area, ``traits`` further words that packs ask about (education_system, …).
    ``superior`` is its competent department, ``bureau`` the personnel office it belongs to.
    By registration it is an employer and nothing else; see ``domain.authority``.
    """

    name: str
    credit_code: str | None
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None


@dataclass(frozen=True, kw_only=True)
class OrganisationRenamed(Event, topic="organisation:renamed:1", chinese="单位更名"):
    """An organisation has another name from a day in Beijing on (单位更名).

    What was done under the earlier name keeps it. ``document`` is the 文号 of the renaming;
    ``late_entry`` says, here and below, that it was entered after the day from which it counts.
    """

    name: str
    effective_on: date
    document: str
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class OrganisationPlaced(Event, topic="organisation:placed:1", chinese="隶属关系调整"):
    """An organisation stands beneath others, or in another area, from a day on (隶属关系调整).

    ``level``, ``area``, ``superior`` and ``bureau`` are those of its registration, anew.
    """

    level: str
    area: str
    superior: str | None
    bureau: str | None
    effective_on: date
    document: str
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class OrganisationMergedInto(Event, topic="organisation:merged-into:1", chinese="单位并入"):
    """An organisation was merged into another, which carries on what was its own (单位并入)."""

    into: str
    effective_on: date
    document: str
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class OrganisationClosed(Event, topic="organisation:closed:1", chinese="单位撤销"):
    """An organisation was closed; nobody carries on what was its own (单位撤销)."""

    effective_on: date
    document: str
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class OrganisationDescribed(Event, topic="organisation:described:1", chinese="单位情况登记"):
    """What an organisation is, and what laws ask of it, was entered anew (登记事项变更)."""

    kind: Kind
    ownership: Ownership
    traits: tuple[str, ...]
    effective_on: date
    document: str
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class CreditCodeCorrected(
    Event, topic="organisation:credit-code-corrected:1", chinese="信用代码更正"
):
    """The credit code of an organisation was entered, or put right, from its certificate."""

    credit_code: str
    effective_on: date
    document: str
    late_entry: bool


@dataclass(frozen=True, kw_only=True)
class CreditCodeClaimed(Event, topic="creditcode:claimed:1", chinese="信用代码登记"):
    """A credit code is an organisation's own; the stream is the code's, so it is nobody else's."""

    organisation: str


@dataclass(frozen=True, kw_only=True)
class CreditCodeReleased(Event, topic="creditcode:released:1", chinese="信用代码释放"):
    """A credit code was an organisation's by mistake, and is free for whose it is."""

    organisation: str


@dataclass(frozen=True, kw_only=True)
class CreditCodeAppliedFor(Event, topic="creditcode:applied-for:1", chinese="信用代码申请注册"):
    """An employer of this credit code applied for its registration, which nobody else does then."""

    accession: str


OrganisationEvent = (
    OrganisationRegistered
    | OrganisationRenamed
    | OrganisationPlaced
    | OrganisationMergedInto
    | OrganisationClosed
    | OrganisationDescribed
    | CreditCodeCorrected
)
CreditCodeEvent = CreditCodeClaimed | CreditCodeReleased | CreditCodeAppliedFor
