"""The resources under ``/v1`` and the few addresses beside them, one module each.

Here belongs what an operation reads from its request and how its answer looks.
Here never belongs a decision: a view hands a command to ``api.application`` or asks a view of
``projections``.
A module offers ``blueprint``; ``RESOURCES`` is the one list of them.
"""

from api.conventions.blueprint import Blueprint
from api.http import (
    account_bindings,
    accounts,
    appointments,
    case_list,
    cases,
    certificates,
    criticisms,
    eligibility_checks,
    events,
    exports,
    inspections,
    integrity_records,
    investigations,
    materials,
    objections,
    organisations,
    password,
    person_links,
    persons,
    policy_packs,
    progress,
    publicities,
    refusals,
    responsibility,
    reviews,
    sessions,
    work_queue,
)

RESOURCES: tuple[Blueprint, ...] = (
    sessions.blueprint,
    password.blueprint,
    organisations.blueprint,
    appointments.blueprint,
    accounts.blueprint,
    account_bindings.blueprint,
    persons.blueprint,
    persons.lookups,
    person_links.blueprint,
    policy_packs.blueprint,
    eligibility_checks.blueprint,
    case_list.blueprint,
    cases.blueprint,
    materials.blueprint,
    reviews.blueprint,
    progress.blueprint,
    responsibility.blueprint,
    publicities.blueprint,
    objections.blueprint,
    objections.complaints,
    work_queue.blueprint,
    certificates.blueprint,
    investigations.blueprint,
    investigations.of_cases,
    criticisms.blueprint,
    integrity_records.consultations,
    integrity_records.blueprint,
    refusals.blueprint,
    inspections.findings,
    inspections.looked,
    exports.blueprint,
    events.blueprint,
)
