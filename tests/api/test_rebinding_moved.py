"""A correction of a binding that was overtaken by another is refused, and no busy answer."""

from __future__ import annotations

import pytest

from api.acts import binding_correction
from api.acts.account_opening import EnteredDocument
from bench.town.founding import founded
from domain.document import DocumentKind
from domain.refusal import Refused
from domain.separation import HANDLER, LEADER

NUMBER = "ZZ0000001"


def test_a_document_that_went_to_another_person_meanwhile_is_not_taken_from_them() -> None:
    town = founded()
    holder = town.record.person_of("passport", NUMBER)
    beneath = {n for n, o in town.organisations.items() if o.area == "甲省/乙市/丙县"}
    known = {each.person for each in town.accounts.values() if each.organisation in beneath}
    others = [each for each in town.persons if each in known and each != holder]
    where = next(n for n, o in town.organisations.items() if o.name == "县人社局")
    first, second = (
        next(a.account for a in town.seats_of(where).appointments if a.seat == seat)
        for seat in (HANDLER, LEADER)
    )
    proposed = []
    for person in others[-2:]:
        answer = town.act(
            town.acting(first),
            binding_correction.PROPOSE,
            "",
            document=EnteredDocument(DocumentKind.PASSPORT, NUMBER),
            person=person,
            name=None,
            evidence="误绑",
        )
        proposed.append(answer.stream_of("rebinding:proposed:1"))
    town.act(town.acting(second), binding_correction.CONFIRM, proposed[0])
    with pytest.raises(Refused) as refused:
        town.act(town.acting(second), binding_correction.CONFIRM, proposed[1])
    assert [each.code for each in refused.value.refusals] == ["NO_SUCH_PROPOSAL"]
    assert town.record.person_of("passport", NUMBER) == others[-2]
