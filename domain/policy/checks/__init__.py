"""The named checks that a pack's conditions refer to (``check = "assessments"``).

Here belongs what a check looks at and how it counts; never a number, a list or a name that
a notice lays down: those are parameters, read from the pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.checks.achievements import read_achievements, read_recorded
from domain.policy.checks.assessments import read_assessment, read_assessments
from domain.policy.checks.consents import read_consents
from domain.policy.checks.numbers import (
    read_age,
    read_each_year,
    read_graded,
)
from domain.policy.checks.plain import (
    COMPARED,
    read_education,
    read_facts,
    read_served,
)
from domain.policy.checks.specialty import read_known, read_specialty
from domain.policy.checks.vacancy import read_competition, read_form_seals, read_vacancy
from domain.policy.condition import NamedCheck

if TYPE_CHECKING:
    from collections.abc import Mapping

LENGTHS = frozenset({"needed", "had", "reference", "when"})

CHECKS: Mapping[str, NamedCheck] = {
    "facts": NamedCheck(read_facts, COMPARED),
    "each_year": NamedCheck(read_each_year),
    "age": NamedCheck(read_age),
    "graded": NamedCheck(read_graded),
    "served": NamedCheck(read_served, LENGTHS),
    "education": NamedCheck(read_education, frozenset({"minimum"})),
    "known": NamedCheck(read_known),
    "specialty": NamedCheck(read_specialty),
    "assessment": NamedCheck(read_assessment),
    "assessments": NamedCheck(read_assessments),
    "achievements": NamedCheck(read_achievements, frozenset({"needed", "had"})),
    "recorded_achievements": NamedCheck(read_recorded, frozenset({"achievements"})),
    "vacancy": NamedCheck(read_vacancy),
    "competition": NamedCheck(read_competition),
    "form_seals": NamedCheck(read_form_seals),
    "consents": NamedCheck(read_consents, frozenset({"standing"})),
}
"""Each check under the name that packs use."""
