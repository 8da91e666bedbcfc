"""The moment at which the law is asked, set by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from api.law import packs
from domain.policy.facts import Facts
from domain.policy.occasion import context_of

if TYPE_CHECKING:
    from domain.policy.context import Context

REFERENCE = date(2024, 6, 30)


def occasion(**changed: Any) -> Context:  # noqa: ANN401 -- whatever an occasion says
    """A filing on the reference date under the national default, but for what is changed."""
    plain = context_of(packs.load_default().whole, Facts())
    plain = replace(plain, reference=REFERENCE, filed=REFERENCE, batch=None)
    return replace(plain, **changed)
