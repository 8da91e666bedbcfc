"""Whose charge a person is: through an account, or through a case, of any of their persons.

A condition over tables that other views keep; it has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.accounts import accounts
from projections.charge import LIES_WITHIN
from projections.parties import parties
from projections.people import links
from projections.status import cases

if TYPE_CHECKING:
    from projections.listing import Condition
    from projections.scope import Scope

_HOUSE = LIES_WITHIN.format(column="held.organisation")
_CONCERNED = f"""EXISTS (
    WITH RECURSIVE same (person) AS (
        SELECT {{column}}
        UNION
        SELECT CASE WHEN link.person = same.person THEN link.other ELSE link.person END
        FROM same JOIN {links.stored} AS link ON same.person IN (link.person, link.other)
        WHERE link.until IS NULL
    )
    SELECT FROM same
    WHERE same.person = ANY (%s)
       OR EXISTS (SELECT FROM {accounts.stored} AS held
                  WHERE held.person = same.person AND held.state <> 'disabled'
                    AND (held.organisation = ANY (%s) OR {_HOUSE}))
       OR EXISTS (SELECT FROM {parties.stored} AS own
                  JOIN {cases.stored} AS filed ON filed."case" = own."case"
                  JOIN {parties.stored} AS seen ON seen."case" = own."case"
                  WHERE own.party = same.person AND filed.applicant = same.person
                    AND seen.party = ANY (%s)))"""


def concerned(scope: Scope, column: str) -> Condition:
    """That the person in a column, under whatever document, is somebody in the scope's charge.

    A person is where their accounts are that can be used, and where their cases are, whatever
    became of these.
    """
    organisations, areas = sorted(scope.organisations), sorted(scope.areas)
    given = [sorted(scope.persons), organisations, areas, scope.parties]
    return _CONCERNED.format(column=column), given
