"""A file is exactly the list that was reviewed: whatever narrows the one narrows the other.

What narrows a list is asked of the OpenAPI document, so that none is forgotten.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson
import pytest
from python_calamine import load_workbook

from api.conventions.exporting import NDJSON, XLSX
from domain.beijing import BEIJING, last_instant
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.personal import Personal, Purpose
from domain.single_events import RecordExported
from tests.api.described import DOCUMENT
from tests.api.filings import done
from tests.api.test_lists import LISTS, Row, Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.api.client import Answer
    from tests.api.world import World

PAGING = {"limit", "cursor", "wait_for"}
ENTRIES = "integrity-records"
SHOWN = {each.export: each for each in LISTS.values() if each.export}
BODY: Mapping[str, Any] = DOCUMENT["components"]["schemas"]["ExportBody"]["properties"]


def resolved(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter, where it is told of by reference."""
    named = parameter.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = DOCUMENT["components"]["parameters"][named] if named else parameter
    return found


def filters(listed: str) -> dict[str, Mapping[str, Any]]:
    """What a list is narrowed and ordered by, with the schema of each."""
    told = map(resolved, DOCUMENT["paths"][SHOWN[listed].path]["get"]["parameters"])
    asked = {each["name"]: each["schema"] for each in told if each["in"] == "query"}
    return {name: each for name, each in asked.items() if name not in PAGING}


class Scene:
    """The county of every list, with entries of every state, and something settled in each list."""

    def __init__(self, world: World) -> None:
        self.sight = Sight(world)
        self.world, self.by = world, world.inspector
        self.mandate = self.sight.onlookers.mandates[self.by.account]
        self._settled()
        self.earlier = world.clock.now().isoformat()
        world.clock.set(world.clock.now() + timedelta(days=1))
        self._entries()

    @property
    def today(self) -> date:
        """The day on which all are asked."""
        return self.world.clock.now().astimezone(BEIJING).date()

    def _settled(self) -> None:
        """What waited for a second officer was confirmed, a hold lifted, and a mandate is over."""
        officer = self.sight.onlookers.bureau.leader
        for listed, member in SECONDED.items():
            for each in self.rows(listed, {}):
                done(officer.change(f"/v1/{listed}/{each[member]}", "/confirmations", {}))
        hold = self.rows("holds", {})[0]
        path = f"/v1/persons/{hold['person']}"
        done(self.by.change(path, f"/holds/{hold['hold']}/liftings", {"reason": "查清"}))
        self.world.mandate(self.by, self.world.auditor, last_day=self.today.isoformat())

    def _entries(self) -> None:
        """One of each ground and each state, by two authorities, of which one rests on a case."""
        onlookers, today = self.sight.onlookers, self.today
        houses = (onlookers.bureau, onlookers.city)
        case = onlookers.suspended.rpartition("/")[2]
        for number, (ground, first, last) in enumerate(
            (
                ("弄虚作假", today - timedelta(days=900), today - timedelta(days=20)),
                ("暗箱操作", today + timedelta(days=30), today + timedelta(days=900)),
                ("other", today - timedelta(days=9), today + timedelta(days=900)),
            )
        ):
            person = onlookers.applicant.person
            onlookers.write(
                person,
                IntegrityRecordEntered(
                    entry=f"entry-{number}",
                    case=case if number else None,
                    investigation=None,
                    ground=ground,
                    decision=f"某处〔2024〕{number}号",
                    authority=houses[number % 2].organisation,
                    scope="province",
                    area="江西省",
                    starts_on=first,
                    ends_on=last,
                    months=36,
                    term_source=TermSource.DEFAULT,
                    effect=Effect.BLOCK,
                    rules=(),
                    particulars=Personal("学历造假", person, Purpose.DISCIPLINE),
                ),
            )

    def consulted(self) -> str:
        """A consultation of all entries, under the mandate."""
        asked = self.by.post("/v1/integrity-consultations", {}, mandate=self.mandate)
        return str(done(asked).body["consultation"])

    def rows(self, listed: str, asked: Row) -> list[Row]:
        """What the list shows that is asked so."""
        shown, query = SHOWN[listed], urlencode({name: _told(each) for name, each in asked.items()})
        header = {"Consultation": self.consulted()} if listed == ENTRIES else dict[str, str]()
        answer = done(
            self.by.get(f"{shown.path}?limit=200&{self.world.everything()}&{query}", **header)
        ).body
        rows: list[Row] = answer[shown.member]
        assert answer["count"] == len(rows)
        return rows

    def taken(self, listed: str, asked: Row, media_type: str = NDJSON) -> Answer:
        """The file for which the same is asked."""
        body = {"list": listed, "media_type": media_type, **asked}
        if listed == ENTRIES:
            body["consultation"] = self.consulted()
        return done(self.by.post("/v1/exports", body, mandate=self.mandate))

    def lines(self, listed: str, asked: Row) -> list[Row]:
        """The rows of that file."""
        return [orjson.loads(each) for each in self.taken(listed, asked).body.splitlines()[:-1]]

    def values(self, listed: str, name: str) -> list[Any]:
        """What a filter may be set to, as JSON."""
        schema = filters(listed)[name]
        kind = schema.get("anyOf", [schema])[0]  # of which the other is null
        if name in SAID:
            return SAID[name](self)
        if name == "q":
            return QUERIES[listed]
        if "enum" in kind:
            return [each for each in kind["enum"] if each is not None]
        if kind["type"] == "boolean":
            return [True, False]
        if kind.get("format") == "date":
            around = (-900, -20, 0, 30)
            return [(self.today + timedelta(days=each)).isoformat() for each in around]
        told = sorted({row[name] for row in self.rows(listed, {}) if row[name]})[:5]
        return told if "pattern" in schema else [*told, "nobody"]


SAID: Mapping[str, Callable[[Scene], list[Any]]] = {
    "as_of": lambda scene: [scene.earlier, "2024-10-14", scene.today.isoformat()],
    "employer": lambda scene: [
        each.organisation for each in (scene.world.school, scene.world.enterprise)
    ],
    "idle_days": lambda _: [1, 3660],
}
"""What is set to something else than what a word, a day or a member of a row tells."""
QUERIES = {
    "acts": ["act:case:submitted:1", "seat:handler"],
    "cases": ["status:draft", "returned:>=1", "sort:opened", "-status:draft sort:-changed"],
    "investigations": ["phase:opened", "-phase:opened"],
    "refusals": ["code:SELF_REVIEW", "-code:SELF_REVIEW"],
    "titles": ["state:held", "-state:held"],
}
SECONDED = {
    "binding-corrections": "correction",
    "person-links": "link",
    "person-renamings": "renaming",
}


def _told(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    """The county and its inspector."""
    return Scene(world)


TELLING = (
    "position",
    "entry",
    "state",
    "appointment",
    "why",
    "what",
    "number",
    "investigation",
    "stream",
    "link",
    "renaming",
    "rebinding",
)
"""By which of its members a row is told from others."""


def compared(rows: list[Row], lines: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of a list and the lines of a file by what tells them apart in both."""
    listed = [
        {"rebinding": row.get("correction"), "stream": row.get("erasure"), **row} for row in rows
    ]
    both = [each for each in TELLING if all(each in row for row in (*listed, *lines))]
    assert both
    return tuple([{e: row[e] for e in both} for row in some] for some in (listed, lines))  # type: ignore[return-value] # of two


@pytest.mark.parametrize(
    ("listed", "name"),
    [(listed, name) for listed in SHOWN for name in (None, *filters(listed))],
)
def test_whatever_narrows_a_list_narrows_its_file_to_the_same_rows(
    scene: Scene, listed: str, name: str | None
) -> None:
    whole, found = scene.rows(listed, {}), []
    for asked in [{name: each} for each in scene.values(listed, name)] if name else [{}]:
        rows = scene.rows(listed, asked)
        shown, taken = compared(rows, scene.lines(listed, asked))
        assert taken == shown, asked
        found.append(rows)
    assert any(rows != whole for rows in found) is (name is not None)


@pytest.mark.parametrize("listed", SHOWN)
def test_a_file_takes_what_narrows_its_list_and_nothing_else(scene: Scene, listed: str) -> None:
    own = filters(listed).keys() | ({"consultation"} if listed == ENTRIES else set())
    others = sorted(BODY.keys() - own - {"list", "media_type"})
    body = {"list": listed, **{name: BODY[name]["example"] for name in others}}
    answer = scene.by.post("/v1/exports", body, mandate=scene.mandate)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert [each["pointer"] for each in answer.body["errors"]] == [f"/{name}" for name in others]


@pytest.mark.parametrize("listed", SHOWN)
def test_a_filter_is_of_the_same_kind_in_the_file_as_in_the_list(listed: str) -> None:
    kinds = ("anyOf", "enum", "format", "maximum", "maxLength", "minimum", "minLength", "pattern")
    for name, schema in filters(listed).items():
        assert [schema.get(each) for each in kinds] == [BODY[name].get(each) for each in kinds]
        assert types(BODY[name]) == types(schema)


def types(schema: Mapping[str, Any]) -> set[str]:
    """Of which types what a schema describes may be, beside null."""
    told = schema.get("type", [])
    return {told} if isinstance(told, str) else {*told} - {"null"}


def test_what_narrows_a_file_stands_in_its_trailer_the_record_and_on_its_cover(
    scene: Scene,
) -> None:
    authority, day = scene.sight.onlookers.bureau.organisation, scene.today
    asked = {"effective_at": f"{day}", "as_of": f"{day}", "state": "active", "authority": authority}
    file = scene.taken(ENTRIES, asked)
    *lines, last = [orjson.loads(each) for each in file.body.splitlines()]
    (event,) = scene.world.services.record.load(file.headers["Export"]).events
    assert isinstance(event, RecordExported)
    known = last_instant(day).isoformat()
    said = f"{ENTRIES} effective_at:{day} as_of:{known} state:active authority:{authority} "
    assert event.query == last["trailer"]["query"]
    assert event.query.startswith(f"{said}consultation:consultation-")
    assert event.count == len(lines) > 0
    shown = cover(scene.taken(ENTRIES, asked, XLSX))["检索条件"].split("；")
    assert shown[:4] == [
        f"基准日：{day}",
        f"所知截至：{day} 23:59:59",
        "状态：生效中",
        f"认定机关：{authority}",
    ]
    assert cover(scene.taken("holds", {"lifted": True}, XLSX))["检索条件"] == "含已解除：是"
    asked = {"effective_at": f"{day}", "q": "state:held"}
    assert cover(scene.taken("titles", asked, XLSX))["检索条件"] == f"状态：有效；基准日：{day}"


def test_no_value_of_a_filter_says_in_the_trailer_that_there_was_another(scene: Scene) -> None:
    file = scene.taken(ENTRIES, {"authority": 'x" state:active'})
    told = orjson.loads(file.body.splitlines()[-1])["trailer"]["query"]
    assert told.startswith(rf'{ENTRIES} authority:"x\" state:active" consultation:')


def cover(file: Answer) -> dict[str, str]:
    """What the cover of a workbook says, by what it says it of."""
    book = load_workbook(io.BytesIO(file.body.encode(errors="surrogateescape")))
    return {str(name): str(said) for name, said, *_ in book.get_sheet_by_name("说明").to_python()}
