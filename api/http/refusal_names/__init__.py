"""What the codes of refusals are called (被拒原因): short names for lists, sheets and menus.

The sentence of a refusal says what is wrong in one case and what to do about it; a name here says
no more than what kind of reason it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.refusal_names.of_cases import OF_CASES
from api.http.refusal_names.of_matters import OF_MATTERS
from api.http.refusal_names.of_offices import OF_OFFICES

if TYPE_CHECKING:
    from api.conventions.vocabulary import Names

REFUSALS: Names = {**OF_CASES, **OF_MATTERS, **OF_OFFICES}
"""Every code with which the domain refuses an act."""

__all__ = ["REFUSALS"]
