"""Whose charge it is what is known of a person: through an account, or a case, of any of theirs.

A condition over tables that other views keep; it has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections import people
from projections.accounts import HELD, accounts
from projections.area import covers
from projections.case_scope import seen as case_seen
from projections.case_status import cases
from projections.listing import ALWAYS
from projections.organisations import organisations
from projections.parties import parties
from projections.people import links
from projections.reach import few, few_cases, few_offices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.listing import Condition
    from projections.scope import Scope

_SAME = f"""
    WITH RECURSIVE same (person) AS (
        SELECT {{column}}
        UNION
        SELECT CASE WHEN link.person = same.person THEN link.other ELSE link.person END
        FROM same JOIN {links.stored} AS link ON same.person IN (link.person, link.other)
        WHERE link.until IS NULL
    )"""
_CONCERNED = f"""EXISTS ({_SAME}
    SELECT FROM same
    WHERE {{person}}
       OR EXISTS (SELECT FROM {parties.stored} AS own
                  JOIN {cases.stored} AS filed ON filed."case" = own."case"
                  WHERE own.party = same.person AND filed.applicant = same.person AND {{case}}))"""


def concerned(scope: Scope, column: str) -> Condition:
    """That the person in a column, under whatever document, or a case of theirs is shown.

    What became of the case does not matter.
    """
    if scope.everything:
        return ALWAYS
    person, persons = people.seen(scope, "same.person")
    case, cases_ = case_seen(scope, 'filed."case"')
    return _CONCERNED.format(column=column, person=person, case=case), [*persons, *cases_]


_BELONGING = f"""ARRAY ({_SAME}, held AS (
        SELECT own.organisation, {HELD.format("own")} AS now
        FROM same JOIN {accounts.stored} AS own USING (person)
    )
    SELECT house.area FROM held JOIN {organisations.stored} AS house USING (organisation)
    WHERE held.now OR NOT EXISTS (SELECT FROM held WHERE now))"""
_WITHIN = f"""EXISTS (
    SELECT FROM unnest(%s::text[]) AS power (area), (SELECT {_BELONGING} AS areas) AS belonging
    WHERE power.area = '' OR (areas <> '{{{{}}}}' AND NOT EXISTS (
        SELECT FROM unnest(areas) AS place (area)
        WHERE NOT {covers("power.area", "place.area")})))"""


def belongs_within(areas: Sequence[str], column: str) -> Condition:
    """That one of some areas covers all places where the person in a column belongs.

    As ``api.acts.competence.about_persons`` says: where they have an account, under whatever
    document; who has none any more, where they last did; who never had, in the whole record.
    """
    return _WITHIN.format(column=column), [list(areas)]


FEW_PERSONS = 3000
_PERSONS = f"""
    WITH RECURSIVE same (person) AS (
        SELECT person FROM {accounts.stored} WHERE organisation = ANY (%s)
        UNION SELECT unnest(%s::text[])
        UNION SELECT applicant FROM {cases.stored} WHERE "case" = ANY (%s)
        UNION
        SELECT CASE WHEN link.person = same.person THEN link.other ELSE link.person END
        FROM same JOIN {links.stored} AS link ON same.person IN (link.person, link.other)
    )
    SELECT person FROM same LIMIT %s"""


def few_persons(connection: Connection[Any], scope: Scope) -> list[str] | None:
    """All of whom a scope shows anything, and more; None where they are many.

    Who holds or held an account of an organisation shown, whose case is shown, and whoever is or
    was linked with one of them.
    """
    offices, some = few_offices(connection, scope), few_cases(connection, scope)
    if offices is None or some is None:
        return None
    return few(connection, _PERSONS, [offices, sorted(scope.persons), some], FEW_PERSONS)
