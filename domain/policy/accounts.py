"""Accounts and sign-in as notices prescribe them, and the separation of the two reviewers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.area import LEVELS
from domain.policy.asking import read_when
from domain.policy.choice import choose
from domain.policy.when import When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.facts import Facts
    from domain.policy.reading import Reader


FLAG, REFUSE = "flag", "refuse"
"""What the same person at two levels of one case brings."""


@dataclass(frozen=True, kw_only=True)
class AccountCreator:
    """Who creates the account of a kind of unit, or of an applicant.

    An organisation of this government ``level`` and this ``sector`` (its trait ``unit.sector``);
    none of them is not asked. ``own_house`` says that a unit does it itself.
    """

    id: str
    creates: str
    code: str
    chinese: str
    english: str
    level: str | None
    sector: str | None
    own_house: bool
    when: When
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class AccountRules:
    """What holds for every account.

    ``change_initial_secret``: nothing else before the first secret is replaced.
    ``real_name``: reviewers' accounts are bound to verified persons. No pack waives either.
    ``matches_insurance``: name and number equal the insurer's; shown, for the insurer alone knows.
    ``stale_after_days``: from when a seat that nobody fills in truth is listed.
    """

    change_initial_secret: bool
    real_name: bool
    matches_insurance: bool
    stale_after_days: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Separation:
    """Handler and leader differ, nobody reviews themselves; whose rule that is.

    ``other_level`` says what the same person at two levels of one case brings: it is marked in the
    separation trail, or refused.
    """

    different_persons: bool
    self_review: bool
    handler_first: bool
    substitutes: bool
    other_level: str
    citations: tuple[Citation, ...]


def creator_for(
    creators: Iterable[AccountCreator], facts: Facts, creates: str
) -> AccountCreator | None:
    """The first creator whose description fits; None where the notice does not say."""
    return choose((each for each in creators if each.creates == creates), facts).first


def read_creator(reader: Reader) -> AccountCreator:
    """Read one ``[[account_creators]]`` table."""
    return AccountCreator(
        id=reader.text("id"),
        creates=reader.one_of("creates", ("unit", "applicant")),
        code=reader.text("code"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        level=reader.one_of("level", LEVELS) if "level" in reader else None,
        sector=reader.maybe_text("sector"),
        own_house=reader.flag("own_house", default=False),
        when=read_when(reader),
        citations=reader.citations(),
    )


def read_account_rules(reader: Reader) -> AccountRules:
    """Read the ``[accounts]`` table. Own secrets and real names are not for a pack to waive."""
    for key in ("change_initial_secret", "real_name"):
        if not reader.flag(key):
            reader.fault(
                key,
                "no pack may let somebody act under another's name or a secret that others know",
                "政策包不能免除实名和更换初始口令",
            )
    return AccountRules(
        change_initial_secret=True,
        real_name=True,
        matches_insurance=reader.flag("matches_insurance", default=False),
        stale_after_days=reader.number("stale_after_days"),
        citations=reader.citations(),
    )


def read_separation(reader: Reader) -> Separation:
    """Read the ``[separation]`` table. The differing persons are not for a pack to waive."""
    for key in ("different_persons", "handler_first"):
        if not reader.flag(key):
            reader.fault(
                key, "no pack may waive the separation of duties", "政策包不能免除职责分离"
            )
    if reader.flag("self_review"):
        reader.fault(
            "self_review",
            "no pack may let anybody review themselves",
            "政策包不能允许自己审核自己",
        )
    return Separation(
        different_persons=True,
        self_review=False,
        handler_first=True,
        substitutes=reader.flag("substitutes"),
        other_level=reader.one_of("other_level", (FLAG, REFUSE)),
        citations=reader.citations(),
    )
