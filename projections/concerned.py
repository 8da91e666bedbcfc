"""Whose charge it is what is known of a person: through an account, or a case, of any of theirs.

A condition over tables that other views keep; it has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections import people
from projections.case_scope import seen as case_seen
from projections.listing import ALWAYS
from projections.parties import parties
from projections.people import links
from projections.status import cases

if TYPE_CHECKING:
    from projections.listing import Condition
    from projections.scope import Scope

_CONCERNED = f"""EXISTS (
    WITH RECURSIVE same (person) AS (
        SELECT {{column}}
        UNION
        SELECT CASE WHEN link.person = same.person THEN link.other ELSE link.person END
        FROM same JOIN {links.stored} AS link ON same.person IN (link.person, link.other)
        WHERE link.until IS NULL
    )
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
