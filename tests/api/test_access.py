"""The table of who may do what: default deny, and nobody both watches and acts."""

from __future__ import annotations

from itertools import product

import pytest

from api.access import TABLE, Act, Relation, permitted, relations_for
from domain.account.events import Role

REVIEWING = (Act.GIVE_OPINION, Act.DECIDE, Act.RETURN, Act.RECORD_JUDGEMENT)
WATCHING = (Role.AUDITOR, Role.INSPECTOR, Role.SYSTEM_ADMINISTRATOR)


def test_every_act_has_its_row() -> None:
    assert set(TABLE) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_nobody_without_a_role_may_do_anything(act: Act) -> None:
    assert relations_for(act, []) == frozenset()
    assert not permitted(act, [], Relation)


@pytest.mark.parametrize("act", Act)
def test_a_role_that_is_not_in_the_row_is_denied(act: Act) -> None:
    for role in set(Role) - set(TABLE[act]):
        assert relations_for(act, [role]) == frozenset()
        assert not permitted(act, [role], Relation)


@pytest.mark.parametrize("act", Act)
def test_a_relation_that_is_not_in_the_cell_is_denied(act: Act) -> None:
    for role, relation in product(TABLE[act], Relation):
        cell = TABLE[act][role]
        assert relations_for(act, [role]) == cell
        allowed = relation in cell or Relation.ANYWHERE in cell
        assert permitted(act, [role], [relation]) == allowed


def test_several_roles_add_up() -> None:
    both = [Role.APPLICANT, Role.OFFICIAL]
    apart = [relations_for(Act.READ_CASE, [role]) for role in both]
    assert relations_for(Act.READ_CASE, both) == apart[0] | apart[1]
    assert permitted(Act.READ_CASE, both, [Relation.OWN])
    assert permitted(Act.READ_CASE, both, [Relation.SUBORDINATE])


def test_one_relation_of_several_is_enough() -> None:
    assert permitted(Act.SUBMIT, [Role.APPLICANT], [Relation.ORGANISATION, Relation.OWN])


@pytest.mark.parametrize("act", REVIEWING)
def test_only_officials_review_and_only_in_their_seat(act: Act) -> None:
    assert TABLE[act] == {Role.OFFICIAL: frozenset({Relation.SEATED})}


@pytest.mark.parametrize("act", REVIEWING)
def test_who_watches_over_cases_reviews_none(act: Act) -> None:
    for role in WATCHING:
        assert not permitted(act, [role], Relation)
