"""The sums of a form of posts, and what is in force of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.law import packs
from domain.actor import AccountActor
from domain.policy.vacancy_form import SUMS
from domain.vacancies.events import (
    VacanciesStated,
    VacancyColumn,
    VacancyOpinionGiven,
    VacancyTotals,
)
from domain.vacancies.form_arithmetic import WAYS, Figures, wrong_lines
from domain.vacancies.state import VacancyForm, evolve
from tests.domain.telling import told

EMPTY = Figures(
    establishment=0,
    posts=0,
    columns=(),
    totals=VacancyTotals(approved=0, employed=0, vacant=0),
    appointed=0,
    recommended=0,
    listed=(),
)
STATED = VacanciesStated(
    organisation="organisation-1",
    pack="huzhou-2024",
    digest="0" * 64,
    batch=None,
    establishment=0,
    posts=0,
    columns=(),
    totals=EMPTY.totals,
    appointed=0,
    recommended=0,
    committed=True,
    listed=(),
    flags=(),
    seals=("unit", "hr"),
    rules=(),
)
WHO = AccountActor("account-1", "person-1", "organisation-1", None, None, "sign-in-1", "password")


def opinion(seal: str, *, in_favour: bool = True) -> VacancyOpinionGiven:
    return VacancyOpinionGiven(
        statement=1,
        seal=seal,
        organisation="organisation-1",
        in_favour=in_favour,
        given_on=date(2024, 9, 25),
        reason=None,
        rules=(),
    )


def form_of(*events: VacanciesStated | VacancyOpinionGiven) -> VacancyForm:
    state = None
    for version, event in enumerate(events, start=1):
        state = evolve(state, event, told("vacancies-1", WHO, version))
    assert state is not None
    return state


def test_every_sum_that_a_pack_may_name_is_there() -> None:
    assert tuple(WAYS) == SUMS


def test_a_sum_that_is_only_marked_refuses_nothing() -> None:
    rule = packs.load("huzhou-2024").vacancy_form()
    assert rule is not None
    marked = {name: replace(each, otherwise="flag") for name, each in rule.sums.items()}
    wrong = replace(EMPTY, totals=VacancyTotals(approved=1, employed=0, vacant=0), recommended=1)
    lenient = replace(rule, sums=marked)
    assert wrong_lines(wrong, lenient) == ((), ("vacant", "totals", "recommended", "listed"))
    assert len(wrong_lines(wrong, rule)[0]) == 4


def test_more_employed_than_approved_leaves_no_post_to_offer() -> None:
    rule = packs.load("huzhou-2024").vacancy_form()
    assert rule is not None
    crowded = VacancyColumn(
        column="junior", share=None, approved=2, employed=3, vacant=-1, offered=1
    )
    form = replace(
        EMPTY,
        columns=(crowded,),
        totals=VacancyTotals(approved=2, employed=3, vacant=-1),
        appointed=1,
    )
    (refused,) = wrong_lines(form, rule)[0]
    assert refused.pointer == "/columns/0/offered"
    assert "空缺0个" in refused.chinese


def test_a_statement_is_in_force_with_its_last_seal() -> None:
    assert form_of(STATED, opinion("unit")).in_force is None
    sealed = form_of(STATED, opinion("unit"), opinion("hr"))
    assert sealed.in_force == sealed.latest


def test_a_later_statement_takes_over_only_when_it_is_sealed() -> None:
    history = (STATED, opinion("unit"), opinion("hr"), STATED, opinion("unit"))
    waiting = form_of(*history)
    assert waiting.current.version == 1
    assert form_of(*history, opinion("hr")).current.version == 4
    refused = form_of(*history, opinion("hr", in_favour=False))
    assert (refused.current.version, refused.latest.refused) == (1, True)


def test_a_form_that_needs_no_seal_is_in_force_at_once() -> None:
    assert form_of(replace(STATED, seals=())).in_force is not None
