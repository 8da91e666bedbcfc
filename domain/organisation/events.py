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
    the name of its area, ``bodies`` what it can be in a chain (employer, competent_department,
    county_hr, …), ``traits`` further words that packs ask about (education_system, …).
    ``superior`` is its competent department, ``bureau`` the personnel office it belongs to.
    """

    name: str
    credit_code: str | None
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    bodies: tuple[str, ...]
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None


@dataclass(frozen=True, kw_only=True)
class AppointmentOpened(Event, topic="organisation:appointment-opened:1", chinese="审查人指派"):
    """A person was appointed to a seat of the organisation (审查人指派)."""

    appointment: str
    seat: str
    person: str
    account: str
    effective_on: date
    document: str | None


@dataclass(frozen=True, kw_only=True)
class AppointmentClosed(Event, topic="organisation:appointment-closed:1", chinese="审查人卸任"):
    """An appointment ends; what was decided under it stays decided (审查人卸任).

    ``effective_on`` is the first day in Beijing without it; ``late_entry`` says that this was
    entered after that day had begun to count.
    """

    appointment: str
    reason: str
    effective_on: date
    late_entry: bool = False
