"""The lists that can be taken out, each as rows of plain values; none holds words about people.

Each is what its list under ``/v1`` shows the same caller who asks it the same, all pages of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from api.acts.acting import Acting
from api.conventions.paging import PageQuery
from api.http.binding_corrections import list_corrections
from api.http.case_acts import ActsQuery, list_acts
from api.http.case_list import CasesQuery, dealings_for, found_cases
from api.http.erasures import ErasuresQuery, list_erasures
from api.http.exported_files import pages_of
from api.http.holds import HoldsQuery, list_holds
from api.http.inspections import (
    ConsultationsQuery,
    FindingsQuery,
    IndicatorsQuery,
    LateQuery,
    RefusalsQuery,
    StaleQuery,
    list_backdated,
    list_consultations,
    list_findings,
    list_indicators,
    list_late,
    list_refusals,
    list_stale,
    list_unfinished,
)
from api.http.integrity_records import RecordsQuery, day_asked, found_entries
from api.http.investigations import InvestigationsQuery, list_investigations
from api.http.lists import Query
from api.http.mandates import MandatesQuery, list_mandates
from api.http.person_links import ProposalsQuery, list_proposals
from api.http.person_renamings import list_renamings
from api.http.titles import TitlesQuery, list_titles
from api.http.word_fields import optional_stream

if TYPE_CHECKING:
    from marshmallow.fields import Field

    from api.http.lists import Find
    from projections.integrity import Entry
    from projections.listing import Gathered, Listing
    from projections.titles import Title
    from projections.trail import Trail

Row = dict[str, Any]
Found = TypeVar("Found")
Pages = Iterator[list[Row]]


@dataclass(frozen=True)
class Takeable:
    """A list that can be taken out: what it is called, its columns, and who takes its rows.

    ``query`` is what its list is asked by, ``headed`` are the columns that a sheet heads otherwise
    than other lists' of the same name.
    """

    chinese: str
    columns: tuple[str, ...]
    query: type[PageQuery]
    pages: Callable[[Acting, Query], Pages]
    headed: Mapping[str, str] = field(default_factory=dict)

    @property
    def filters(self) -> dict[str, Field[Any]]:
        """By name, what narrows or orders it: all that its list is asked but which page."""
        asked = self.query._declared_fields  # noqa: SLF001 -- where marshmallow keeps them
        return {name: each for name, each in asked.items() if name not in PageQuery().fields}

    def stated(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """By what the body narrows or orders it."""
        return {name: body[name] for name in self.filters if body[name] is not None}

    def take(self, who: Acting, body: Mapping[str, Any]) -> Iterator[Row]:
        """The rows that the list finds for a caller; what the body leaves open, the list does."""
        asked = {**body, **self.query().load({}), **self.stated(body)}
        return chain.from_iterable(self.pages(who, asked))


MOST_ROWS = 100_000
"""Rows that one file holds; a list with more is narrowed first, never cut short."""


def _all(
    listing: Listing[Any] | Gathered[Any], names: str, **reckoned: Callable[[Any], object]
) -> Iterator[list[Row]]:
    """Every row, with these attributes of it and what is reckoned of it, in this order."""
    columns = {name: reckoned.get(name) or attrgetter(name) for name in names.split()}
    for page in pages_of(listing, MOST_ROWS):
        yield [{name: of(row) for name, of in columns.items()} for row in page]


def _of(chinese: str, query: type[PageQuery], find: Find[Any], names: str) -> Takeable:
    """What a list finds for a caller, row by row."""
    return Takeable(
        chinese,
        tuple(names.split()),
        query,
        lambda who, asked: _all(find(who, asked), names),
    )


_OF_CASES = (
    "number case applicant employer pack series specialty level phase round stage organisation"
    " batch flags returns handler leader decided_on certificate changed_at position"
)


def _cases(who: Acting, asked: Query) -> Pages:
    seats = ("handler", "leader")
    found = found_cases(who, asked, pointer="/q")
    for rows in _all(found, _OF_CASES, **dict.fromkeys(seats, lambda _: ())):
        dealt = dealings_for(who, [row["case"] for row in rows])
        for row in rows:
            for seat in seats:
                sat = (getattr(each, seat) for each in dealt[row["case"]])
                row[seat] = tuple(dict.fromkeys(each for each in sat if each is not None))
        yield rows


class SeatedAct(NamedTuple):
    """Who did something in a seat, and at which position it stands."""

    seat: str
    person: str
    position: int

    def __str__(self) -> str:
        return f"{self.seat}:{self.person}@{self.position}"


_OF_FINDINGS = (
    "number case applicant stage organisation round verdict corrected basis acts position"
)


def _findings(who: Acting, asked: Query) -> Pages:
    def acts(row: Trail) -> list[SeatedAct]:
        return [SeatedAct(act.seat, act.person, act.position) for act in row.acts]

    return _all(
        list_findings(who, asked),
        _OF_FINDINGS,
        acts=acts,
        position=attrgetter("entered"),
    )


_OF_ENTRIES = (
    "entry person case investigation ground decision authority scope area starts_on ends_on"
    " months term_source effect rules state position"
)


class EntriesQuery(RecordsQuery):
    """And which ``consultation`` of the same session opened them, as a header tells the list."""

    consultation = optional_stream("consultation")


def _integrity_records(who: Acting, asked: Query) -> Pages:
    day = day_asked(who, asked)

    def state(entry: Entry) -> str:
        return entry.state(day)

    return _all(
        found_entries(who, asked, asked["consultation"] or "", asked["mandate"]),
        _OF_ENTRIES,
        state=state,
        position=attrgetter("known_from"),
    )


_OF_INVESTIGATIONS = (
    "investigation case person organisation phase opened_at answer_by ground decision review"
    " position"
)


def _investigations(who: Acting, asked: Query) -> Pages:
    found = list_investigations(who, asked)
    return _all(found, _OF_INVESTIGATIONS, person=attrgetter("subject"))


_OF_TITLES = (
    "person series specialty level label gained_on state lost_on organisation case report"
    " certificate position"
)


def _titles(who: Acting, asked: Query) -> Pages:
    def case(row: Title) -> str | None:
        return None if row.report else row.case

    return _all(list_titles(who, asked), _OF_TITLES, case=case)


LISTS: Mapping[str, Takeable] = {
    "acts": _of(
        "办理记录",
        ActsQuery,
        list_acts,
        "at topic case person account organisation seat stage round position",
    ),
    "backdated-appointments": _of(
        "补录任职",
        PageQuery,
        list_backdated,
        "organisation appointment seat person account what counts_from entered_at days position",
    ),
    "binding-corrections": _of(
        "绑定更正",
        ProposalsQuery,
        list_corrections,
        "rebinding kind holder rightful organisation proposer proposed_at confirmed position",
    ),
    "cases": Takeable("申报件", tuple(_OF_CASES.split()), CasesQuery, _cases),
    "consultations": _of(
        "查询留痕",
        ConsultationsQuery,
        list_consultations,
        "at consultation subject extent mandate person account organisation withheld released_at"
        " position",
    ),
    "erasures": _of(
        "个人信息删除",
        ErasuresQuery,
        list_erasures,
        "stream person organisation purposes basis phase decision requested_at changed_at position",
    ),
    "holds": _of(
        "保全",
        HoldsQuery,
        list_holds,
        "hold person mandate placed_by placed_at lifted_by lifted_at position",
    ),
    "indicators": _of(
        "职责分离提示（并非结论）",
        IndicatorsQuery,
        list_indicators,
        "subject organisation stage round first first_account first_person second second_account"
        " second_person signs seconds at position",
    ),
    "investigations": Takeable(
        "核查", tuple(_OF_INVESTIGATIONS.split()), InvestigationsQuery, _investigations
    ),
    "integrity-records": Takeable(
        "诚信档案", tuple(_OF_ENTRIES.split()), EntriesQuery, _integrity_records
    ),
    "late-acts": _of(
        "逾期与补录",
        LateQuery,
        list_late,
        "at case kind act organisation person due_on items position",
    ),
    "mandates": _of(
        "审计通知书、调取函",
        MandatesQuery,
        list_mandates,
        "mandate organisation kind document organisations areas cases persons last_day digest"
        " approved person account decided_by decided_at proposed_at position",
    ),
    "person-links": replace(
        _of(
            "人员关联",
            ProposalsQuery,
            list_proposals,
            "link first second organisation proposer proposed_at confirmed severing severed"
            " position",
        ),
        headed={"first": "one_person", "second": "other_person"},
    ),
    "person-renamings": _of(
        "人员更名",
        ProposalsQuery,
        list_renamings,
        "renaming person proof effective_on organisation proposer proposed_at confirmed position",
    ),
    "refusals": _of(
        "已拦截",
        RefusalsQuery,
        list_refusals,
        "at kind act case person organisation stage seat codes rules position",
    ),
    "separation-findings": Takeable(
        "职责分离核对", tuple(_OF_FINDINGS.split()), FindingsQuery, _findings
    ),
    "stale-appointments": _of(
        "失效任职",
        StaleQuery,
        list_stale,
        "organisation appointment seat person account effective_on why waiting waiting_since"
        " last_acted_at position",
    ),
    "titles": Takeable("职称名册", tuple(_OF_TITLES.split()), TitlesQuery, _titles),
    "unfinished-findings": _of(
        "查实未处理",
        PageQuery,
        list_unfinished,
        "code case investigation decision changed_at position",
    ),
}
"""By the name of the list, as it stands in the query of the trailer."""
