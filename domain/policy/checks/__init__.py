"""The named checks that a pack's conditions refer to (``check = "assessments"``).

Here belongs what a check looks at and how it counts; never a number, a list or a name that
a notice lays down: those are parameters, read from the pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.checks.achievements import read_achievements
from domain.policy.checks.assessments import read_assessment, read_assessments
from domain.policy.checks.employer import read_consents, read_insured
from domain.policy.checks.licence import read_licence
from domain.policy.checks.plain import (
    read_agree,
    read_education,
    read_facts,
    read_number,
    read_served,
)
from domain.policy.checks.specialty import read_specialty
from domain.policy.checks.vacancy import read_competition, read_form_seals, read_vacancy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.policy.condition import Check
    from domain.policy.reading import Reader

CHECKS: Mapping[str, Callable[[Reader], Check]] = {
    "facts": read_facts,
    "agree": read_agree,
    "number": read_number,
    "served": read_served,
    "education": read_education,
    "specialty": read_specialty,
    "assessment": read_assessment,
    "assessments": read_assessments,
    "achievements": read_achievements,
    "vacancy": read_vacancy,
    "competition": read_competition,
    "form_seals": read_form_seals,
    "licence": read_licence,
    "insured": read_insured,
    "consents": read_consents,
}
"""Each check under the name that packs use."""
