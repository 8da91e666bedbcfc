"""The events of an organisation. The law of compatibility stands in ``domain.event``."""

from __future__ import annotations

from dataclasses import dataclass
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
