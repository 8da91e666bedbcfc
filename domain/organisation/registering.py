"""Registering an organisation (单位建档)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.organisation import credit_code
from domain.organisation.changes import refused_uppers
from domain.organisation.events import Kind, OrganisationRegistered, Ownership
from domain.refusal import Refused

if TYPE_CHECKING:
    from domain.organisation.state import Organisation
    from domain.refusal import Refusal


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


def register(
    command: RegisterOrganisation,
    uppers: tuple[Organisation, ...] = (),
    astray: tuple[Refusal, ...] = (),
) -> OrganisationRegistered:
    """The new register entry.

    ``uppers`` are those that the command names, ``astray`` says why it can't lie where it is to.
    Raises ``Refused`` with ``CREDIT_CODE`` for a mistyped code, ``ORGANISATION_ENDED`` for who is
    to stand beneath one that is no more.
    """
    if refused := (*astray, *refused_uppers(uppers, command.superior)):
        raise Refused(*refused)
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
