"""A verdict that is remembered: with everything on which it rests, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from domain.case.facts import About
from domain.case.law_answer import LawAnswer, ask
from domain.case.remembered import Established
from domain.person.integrity import Effect, IntegrityEntry, TermSource
from domain.person.state import Person
from domain.policy.admission import PUBLISHED
from domain.policy.loader import Document, load_law
from tests.domain.invented import BUREAU, NOON, SCHOOL, TODAY, organisation
from tests.domain.story import APPLICATION
from tests.policy.sample import DEFAULT, HEAD, ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
LAW = load_law(DEFAULT, Document("sample", HEAD + ROUTES))
WITHOUT_ROUTES = load_law(DEFAULT, Document("sample", HEAD))
ABOUT = About(
    series="中小学教师",
    specialty="数学",
    level="assistant",
    application=APPLICATION,
    supported=frozenset(),
    employer=organisation(SCHOOL),
    applicant=(),
    documents=(),
)

ENTRY = IntegrityEntry(
    entry="entry-1",
    case="case-1",
    investigation=None,
    ground="弄虚作假",
    decision="某字1号",
    authority=BUREAU,
    scope="record",
    area="",
    starts_on=TODAY,
    ends_on=TODAY,
    term_source=TermSource.DEFAULT,
    effect=Effect.BLOCK,
    rules=(),
)


class Memory:
    """Remembers the last facts and the last verdict."""

    def __init__(self) -> None:
        self.verdicts = 0
        self._kept: dict[str, tuple[tuple[object, ...], tuple[object, ...], Any]] = {}

    def __call__(
        self,
        what: object,
        stands: tuple[object, ...],
        told: tuple[object, ...],
        reckon: Callable[[], T],
        /,
    ) -> T:
        assert isinstance(what, tuple)
        question = what[0].__name__
        kept = self._kept.get(question)
        if kept is None or [*map(id, kept[0])] != [*map(id, stands)] or kept[1] != told:
            kept = self._kept[question] = stands, told, reckon()
            self.verdicts += question == "_judged"
        answer: T = kept[2]
        return answer


def asked(memory: Memory | None, **otherwise: Any) -> LawAnswer:  # noqa: ANN401 -- as it is asked
    law, about = otherwise.pop("law", LAW), otherwise.pop("about", ABOUT)
    usual: dict[str, Any] = {
        "filed_at": NOON,
        "present": (),
        "vacancies": lambda _: None,
        "calendar": PUBLISHED,
        "in_window": False,
        "remember": memory,
    }
    return ask(law, about, **(usual | otherwise))


def established(value: str) -> dict[str, Any]:
    said = Established("exceptional", value, "reviewer", "bureau", (), ())
    return {"about": replace(ABOUT, established=(said,))}


def test_is_reckoned_once_whatever_papers_came_meanwhile() -> None:
    memory = Memory()
    before, after = asked(memory), asked(memory, present=("diploma",))
    assert memory.verdicts == 1
    assert (before, after) == (asked(None), asked(None, present=("diploma",)))


@pytest.mark.parametrize(
    "otherwise",
    [
        {"law": WITHOUT_ROUTES},
        {"about": replace(ABOUT, level="senior")},
        {"about": replace(ABOUT, application=replace(APPLICATION))},
        {"about": replace(ABOUT, employer=organisation(SCHOOL))},
        {"about": replace(ABOUT, applicant=(Person("person-an"),))},
        {"about": replace(ABOUT, following=(ENTRY,))},
        {"vacancies": lambda _: "another form of posts"},
        {"filed_at": NOON + timedelta(days=400)},
        established("true"),
    ],
    ids=[
        *("law", "level", "application", "employer", "applicant", "integrity"),
        *("posts", "filing", "established"),
    ],
)
def test_is_reckoned_anew_where_what_it_rests_on_is_another(otherwise: dict[str, Any]) -> None:
    memory = Memory()
    asked(memory)
    assert asked(memory, **otherwise) == asked(None, **otherwise)
    assert memory.verdicts == 2


def test_of_a_truth_is_not_that_of_the_number_one() -> None:
    memory = Memory()
    asked(memory, **established("true"))
    asked(memory, **established("1"))
    assert memory.verdicts == 2
