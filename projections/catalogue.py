"""Every view there is."""

from __future__ import annotations

from projections import (
    accounts,
    certificates,
    consultations,
    due,
    integrity,
    investigations,
    names,
    objections,
    organisations,
    parties,
    people,
    proposals,
    publicities,
    queue,
    refusals,
    separation,
    status,
    timeline,
)

VIEWS = (
    status.view,
    parties.view,
    timeline.view,
    queue.view,
    separation.view,
    people.view,
    proposals.view,
    names.view,
    accounts.view,
    organisations.view,
    integrity.view,
    certificates.view,
    due.view,
    refusals.view,
    consultations.view,
    investigations.view,
    objections.view,
    publicities.view,
)
