"""Who registers a unit and opens its applicants' accounts, where a notice says it (LH-48…55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.case.facts import facts_of_unit
from domain.organisation.events import Kind
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.organisation.state import Organisation
    from domain.policy.accounts import AccountCreator
    from domain.policy.law import Law

OFFICES = frozenset({Kind.GOVERNMENT, Kind.PARTY_OR_MASS_ORGANISATION})
"""Whom no notice speaks of: offices are registered by whoever empowers them."""
_SECTOR = "unit.sector="


def wrong_registrar(law: Law, unit: Organisation, registrar: Organisation) -> list[Refusal]:
    """Why an organisation may not register a unit; nothing where the notice is silent."""
    if unit.kind in OFFICES:
        return []
    creator = law.account_creator(facts_of_unit(unit))
    if creator is None or _is(creator, registrar, unit.organisation):
        return []
    return [_other(creator, "登记该单位", "register this organisation", "/kind")]


def wrong_opener(law: Law, unit: Organisation, opener: str) -> list[Refusal]:
    """Why an organisation may not open an applicant's account at a unit, or at itself."""
    creator = law.account_creator(facts_of_unit(unit), "applicant")
    if creator is None or not creator.own_house or opener == unit.organisation:
        return []
    return [_other(creator, "为申报人创建账号", "open accounts of its applicants", "/roles")]


def is_named(level: str | None, sector: str | None, office: Organisation) -> bool:
    """Whether an office is the one of a level and a sector that a notice names."""
    return level in {None, office.level} and sector in {None, *sectors_of(office.traits)}


def sectors_of(traits: Iterable[str]) -> frozenset[str]:
    """The sectors that are among the traits of an organisation."""
    return frozenset(each.removeprefix(_SECTOR) for each in traits if each.startswith(_SECTOR))


def _is(creator: AccountCreator, registrar: Organisation, unit: str) -> bool:
    if creator.own_house:
        return registrar.organisation == unit
    return is_named(creator.level, creator.sector, registrar)


def _other(creator: AccountCreator, chinese: str, english: str, pointer: str) -> Refusal:
    return Refusal(
        "NOT_ITS_CREATOR",
        f"按通知规定，应由{creator.chinese}{chinese}，请向其提出。",
        f"By the notice it is for {creator.english} to {english}; ask there.",
        creator.citations,
        pointer,
    )
