"""Every view there is.

In this order every second one is about half of the work, for a rebuild in two processes.
"""

from __future__ import annotations

from projections import (
    accounts,
    certificates,
    consultations,
    criticisms,
    decisions,
    destructions,
    due,
    erasures,
    indicators,
    integrity,
    investigations,
    lateness,
    names,
    objections,
    organisations,
    parties,
    people,
    proposals,
    publicities,
    queue,
    refusals,
    rolls,
    separation,
    status,
    timeline,
    vacancies,
)

VIEWS = (
    status.view,
    queue.view,
    separation.view,
    timeline.view,
    names.view,
    parties.view,
    proposals.view,
    people.view,
    accounts.view,
    organisations.view,
    integrity.view,
    certificates.view,
    due.view,
    refusals.view,
    consultations.view,
    investigations.view,
    objections.view,
    criticisms.view,
    publicities.view,
    rolls.view,
    lateness.view,
    decisions.view,
    destructions.view,
    erasures.view,
    vacancies.view,
    indicators.view,
)
