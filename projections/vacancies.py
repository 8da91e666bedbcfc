"""Which forms of posts (岗位信息表) each employer has stated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.vacancies.events import PromiseKept, VacanciesStated, VacancyOpinionGiven
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
    how many of those whom it ever recommended were appointed.
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

    @property
    def sealed(self) -> bool:
        """Whether the last statement bears every seal that the notice asks for."""
        return not self.missing and not self.refused


forms = Table("vacancy_form", Form, key=("form",), indexes=("(organisation, position)",))
view = View("vacancies", 2, (forms,))


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
        )
    )


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


def of_organisation(connection: Connection[Any], organisation: str) -> list[Form]:
    """The forms of an employer, the newest statement first."""
    where = "WHERE organisation = %s ORDER BY position DESC"
    return forms.select(connection, where, (organisation,))
