"""Which forms of posts (岗位信息表) each employer has stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.vacancies.events import (
    PromiseKept,
    PromiseUrged,
    VacanciesStated,
    VacancyOpinionGiven,
)
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from psycopg import Connection

    from projections.fact import Fact
    from projections.page import Page


@dataclass(slots=True)
class Form:
    """One form as it was stated last.

    ``missing`` are the seals that it lacks, ``refused`` that somebody was against it; ``kept`` is
    how many of those whom it ever recommended were appointed, ``urged`` of how many the employer
    was told that they were not, in their term.
    """

    form: str
    organisation: str
    pack: str
    batch: str | None
    stated_at: datetime
    listed: int
    missing: tuple[str, ...]
    refused: bool
    position: int
    kept: int = 0
    urged: int = 0

    @property
    def sealed(self) -> bool:
        """Whether the last statement bears every seal that the notice asks for."""
        return not self.missing and not self.refused


@dataclass(slots=True)
class Recommended:
    """Somebody whom a form recommended once.

    ``settled`` says that they were appointed, or that everybody was told that they were not.
    """

    form: str
    person: str
    level: str
    settled: bool = False


forms = Table("vacancy_form", Form, key=("form",), indexes=("(organisation, position)",))
recommended = Table("recommended", Recommended, key=("form", "person", "level"))
view = View("vacancies", 3, (forms, recommended))


@view.on(VacanciesStated)
def _stated(fact: Fact, page: Page) -> None:
    before = page.rows(forms).get(fact.stream)
    page.rows(forms).put(
        Form(
            form=fact.stream,
            organisation=fact["organisation"],
            pack=fact["pack"],
            batch=fact["batch"],
            stated_at=fact.at,
            listed=len(fact["listed"]),
            missing=fact.words("seals"),
            refused=False,
            position=fact.position,
            kept=0 if before is None else before.kept,
            urged=0 if before is None else before.urged,
        )
    )
    for each in fact["listed"]:
        if page.rows(recommended).get(fact.stream, each["person"], each["level"]) is None:
            row = Recommended(fact.stream, each["person"], each["level"])
            page.rows(recommended).put(row)


@view.on(VacancyOpinionGiven)
def _given(fact: Fact, page: Page) -> None:
    row = page.rows(forms).get(fact.stream)
    assert row is not None
    if fact["in_favour"]:
        row.missing = tuple(each for each in row.missing if each != fact["seal"])
    else:
        row.refused = True
    page.rows(forms).put(row)


@view.on(PromiseKept)
def _kept(fact: Fact, page: Page) -> None:
    row = page.rows(forms).get(fact.stream)
    assert row is not None
    row.kept += 1
    page.rows(forms).put(row)
    _settle(fact, page)


@view.on(PromiseUrged)
def _urged(fact: Fact, page: Page) -> None:
    row = page.rows(forms).get(fact.stream)
    assert row is not None
    if fact["above"] is None:
        row.urged += 1
        page.rows(forms).put(row)
    else:
        _settle(fact, page)


def _settle(fact: Fact, page: Page) -> None:
    one = page.rows(recommended).get(fact.stream, fact["person"], fact["level"])
    assert one is not None
    one.settled = True
    page.rows(recommended).put(one)


def to_urge(connection: Connection[Any]) -> list[str]:
    """The forms that recommended somebody of whom there may still be something to tell."""
    found = connection.execute(
        f"SELECT DISTINCT form FROM {recommended.stored} WHERE NOT settled ORDER BY form"
    )
    return [form for (form,) in found.fetchall()]


def of_organisation(connection: Connection[Any], organisation: str) -> list[Form]:
    """The forms of an employer, the newest statement first."""
    where = "WHERE organisation = %s ORDER BY position DESC"
    return forms.select(connection, where, (organisation,))
