"""By what right the acts on one case were done, from the few streams that tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.duties.leaf import Leaf, read_leaf
from audit.powers.grants import Grants
from audit.powers.rights import Right, rights_in_case
from audit.powers.topics import OPENED, PROPOSED, ROOT, SUBMITTED, TAKEN_OVER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.record import Row

    RowsOf = Callable[[str], Sequence[Row]]


def rights_of(rows_of: RowsOf, case: str) -> list[Right]:
    """By what right each act at a stage of a case was done, in order of position.

    ``rows_of`` gives the rows of a stream. Reads the case, the powers of the organisations of its
    chain, of those that took a stage over, and of those from whom they come, up to the root.
    Raises ``LeafUnreadableError``.
    """
    leaves = _leaves(rows_of, case)
    grants = Grants.of(_leaves(rows_of, ROOT))
    waiting: list[str] = []
    for leaf in leaves:
        if leaf.topic == OPENED:
            for registered in _leaves(rows_of, leaf.fields["employer"]):
                grants.hear(registered)
        elif leaf.topic == SUBMITTED:
            waiting += [stage["organisation"] for stage in leaf.fields["chain"]]
        elif leaf.topic == TAKEN_OVER:
            waiting += [leaf.fields["by_organisation"], leaf.fields["to_organisation"]]
    seen: set[str] = set()
    while waiting:
        organisation = waiting.pop()
        if organisation in seen:
            continue
        seen.add(organisation)
        powers = "authority-" + organisation.removeprefix("organisation-")
        for leaf in _leaves(rows_of, powers):
            grants.hear(leaf)
            if leaf.topic == PROPOSED:
                waiting.append(leaf.fields["by"])
    return rights_in_case(leaves, grants)


def _leaves(rows_of: RowsOf, stream: str) -> list[Leaf]:
    return [read_leaf(row[0], row[4]) for row in rows_of(stream)]
