"""Registering an organisation (单位建档)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.organisation import credit_code
from domain.organisation.events import Kind, OrganisationRegistered, Ownership


@dataclass(frozen=True, kw_only=True)
class RegisterOrganisation:
    """Register an organisation; its name and place are as in its founding document."""

    name: str
    credit_code: str | None
    kind: Kind
    ownership: Ownership
    level: str
    area: str
    traits: tuple[str, ...]
    superior: str | None
    bureau: str | None


def register(command: RegisterOrganisation) -> OrganisationRegistered:
    """The new register entry. Raises ``Refused`` with ``CREDIT_CODE`` for a mistyped code."""
    code = None if command.credit_code is None else credit_code.read(command.credit_code)
    return OrganisationRegistered(
        name=command.name,
        credit_code=code,
        kind=command.kind,
        ownership=command.ownership,
        level=command.level,
        area=command.area,
        traits=command.traits,
        superior=command.superior,
        bureau=command.bureau,
    )
