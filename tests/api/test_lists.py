"""Every list, and everybody: it shows what its caller may read one by one, and nothing else.

Which lists there are is asked of the application, so that a new one has to be named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
import pytest

from api.conventions.exporting import NDJSON
from api.http.export_lists import LISTS as EXPORTS
from api.http.things import as_read
from api.problems import Problem
from tests.api.client import Client
from tests.api.filings import done
from tests.api.onlookers import Onlookers

if TYPE_CHECKING:
    from api.http.acting import Answered
    from tests.api.actor import Actor
    from tests.api.world import World

Row = dict[str, Any]


_UNQUOTED: Row = {"true": True}
"""What an address says as JSON has it, where that is no string."""


def _at(kind: str, member: str) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: (f"/v1/{kind}/{row[member]}",)


def _by_kind(row: Row) -> tuple[str, ...]:
    return (f"/v1/{row['stream'].partition('-')[0]}s/{row['stream']}",)


def _looked(row: Row) -> tuple[str, ...]:
    return (f"/v1/organisations/{row['organisation']}", f"/v1/persons/{row['subject']}")


def _entry(row: Row) -> tuple[str, ...]:
    return (f"/v1/organisations/{row['authority']}", f"/v1/persons/{row['person']}")


def _title(row: Row) -> tuple[str, ...]:
    return (f"/v1/persons/{row['person']}", f"/v1/cases/{row['case']}")


@dataclass(frozen=True)
class Shown:
    """A list: its member in the answer, and where what a row tells of is read by itself.

    Whoever is let in is shown a row exactly if they may read one of these. ``fewer``: of those,
    what waits for them, or is told to them by now. ``streams`` are the kinds of
    streams that tell of its rows, ``export`` is its name among the files, ``least`` how many rows
    it has for the one who is shown most; one in ``every`` is read by itself.
    """

    path: str
    member: str
    read: Callable[[Row], tuple[str, ...]]
    query: str = ""
    export: str | None = None
    fewer: bool = False
    streams: tuple[str, ...] = ()
    every: int = 1
    least: int = 1


LISTS = {
    "accessions.list_accessions": Shown(
        "/v1/accessions",
        "accessions",
        _at("accessions", "accession"),
        streams=("accession",),
        query="&settled=true",
        least=2,
    ),
    "accession-queue.read_queue": Shown(
        "/v1/work-queue/accessions", "accessions", _at("accessions", "accession"), fewer=True
    ),
    "accounts.list_accounts": Shown(
        "/v1/accounts", "accounts", _at("accounts", "account"), streams=("account",), every=6
    ),
    "ageing.read": Shown("/v1/ageing-report", "cases", _at("cases", "case"), fewer=True),
    "backdated-appointments.list_backdated": Shown(
        "/v1/backdated-appointments",
        "appointments",
        _at("organisations", "organisation"),
        export="backdated-appointments",
    ),
    "binding-corrections.list_corrections": Shown(
        "/v1/binding-corrections",
        "corrections",
        _at("binding-corrections", "correction"),
        streams=("rebinding",),
        query="&settled=true",
        export="binding-corrections",
    ),
    "intakes.list_intakes": Shown(
        "/v1/intakes", "intakes", _at("intakes", "intake"), streams=("intake",)
    ),
    "moves.list_moves": Shown(
        "/v1/moves", "moves", _at("moves", "move"), streams=("move",), query="&settled=true"
    ),
    "person-renamings.list_renamings": Shown(
        "/v1/person-renamings",
        "renamings",
        _at("person-renamings", "renaming"),
        streams=("renaming",),
        query="&settled=true",
        export="person-renamings",
    ),
    "case-list.list_cases": Shown(
        "/v1/cases", "cases", _at("cases", "case"), export="cases", streams=("case",), least=6
    ),
    "case-acts.list_acts": Shown(
        "/v1/acts",
        "acts",
        lambda row: (f"/v1/cases/{row['case']}/history",),
        export="acts",
        least=15,
    ),
    "consultations.list_consultations": Shown(
        "/v1/consultations",
        "consultations",
        _looked,
        export="consultations",
        fewer=True,
        least=2,
    ),
    "erasures.list_erasures": Shown(
        "/v1/erasures",
        "erasures",
        _at("erasures", "erasure"),
        export="erasures",
        streams=("erasure",),
    ),
    "exports.list_exports": Shown(
        "/v1/exports", "exports", _at("organisations", "organisation"), least=2
    ),
    "indicators.list_indicators": Shown(
        "/v1/indicators",
        "indicators",
        _at("organisations", "organisation"),
        export="indicators",
    ),
    "integrity-records.list_records": Shown(
        "/v1/integrity-records", "records", _entry, export="integrity-records", least=2
    ),
    "late-acts.list_late": Shown("/v1/late-acts", "acts", _at("cases", "case"), export="late-acts"),
    "mandates.list_mandates": Shown(
        "/v1/mandates",
        "mandates",
        _at("organisations", "organisation"),
        query="&expired=true",
        export="mandates",
        least=2,
    ),
    "matters.read": Shown("/v1/matters", "matters", _by_kind, fewer=True),
    "investigations.list_investigations": Shown(
        "/v1/investigations",
        "investigations",
        _at("investigations", "investigation"),
        export="investigations",
        streams=("investigation",),
        least=2,
    ),
    "objections.list_objections": Shown(
        "/v1/objections", "objections", _by_kind, streams=("complaint",), least=3
    ),
    "organisations.list_organisations": Shown(
        "/v1/organisations",
        "organisations",
        _at("organisations", "organisation"),
        streams=("organisation",),
        least=8,
    ),
    "person-links.list_proposals": Shown(
        "/v1/person-links",
        "links",
        _at("person-links", "link"),
        streams=("link",),
        export="person-links",
        query="&settled=true",
    ),
    "placed-holds.list_holds": Shown(
        "/v1/holds",
        "holds",
        _at("persons", "person"),
        query="&lifted=true",
        export="holds",
        least=2,
    ),
    "refusals.list_refusals": Shown(
        "/v1/refusals", "refusals", _at("organisations", "organisation"), export="refusals"
    ),
    "separation-findings.list_findings": Shown(
        "/v1/separation-findings",
        "findings",
        _at("cases", "case"),
        query="&verdict=CROSS_LEVEL",
        export="separation-findings",
    ),
    "stale-appointments.list_stale": Shown(
        "/v1/stale-appointments",
        "appointments",
        _at("organisations", "organisation"),
        export="stale-appointments",
        least=2,
    ),
    "standing-still.read_still": Shown("/v1/standing-still", "rows", _by_kind, fewer=True),
    "titles.list_titles": Shown("/v1/titles", "titles", _title, export="titles", least=2),
    "unfinished-findings.list_unfinished": Shown(
        "/v1/unfinished-findings",
        "findings",
        _at("cases", "case"),
        export="unfinished-findings",
    ),
    "achievement-queue.read": Shown(
        "/v1/work-queue/achievements",
        "achievements",
        lambda row: (f"/v1/persons/{row['person']}/achievements",),
        fewer=True,
    ),
    "work-queue.read": Shown("/v1/work-queue", "cases", _at("cases", "case"), fewer=True),
}
MEMBERS = (
    "accession",
    "account",
    "case",
    "correction",
    "renaming",
    "move",
    "erasure",
    "intake",
    "investigation",
    "link",
    "organisation",
    "stream",
)
"""Of a row: those that name a stream which tells of it."""
OTHERS = {
    "act-events.follow": "the acts that /v1/acts shows: tests/api/test_act_events.py",
    "decisions.list_decisions": "of one organisation, which is read first",
    "editions.list_editions": "open to every account",
    "events.read": "the feed, below",
    "impacts.read_impact": "of cases that /v1/cases shows: tests/api/test_impact.py",
    "own-account-history.list_history": "one's own",
    "own-sign-ins.list_sign_ins": "one's own",
    "policy-packs.list_packs": "open to every account",
    "publicities.list_publicities": "open to everybody",
    "qualifiers.list_qualifiers": "open to every account",
    "queries.list_queries": "one's own",
    "exports-under-way.list_under_way": "one's own",
    "vocabulary.read": "open to every account",
    "act-facets.count_acts": "counts what /v1/acts shows",
    "case-facets.count_cases": "counts what /v1/cases shows",
    "investigation-facets.count_investigations": "counts what /v1/investigations shows",
    "refusal-facets.count_refusals": "counts what /v1/refusals shows",
    "title-facets.count_titles": "counts what /v1/titles shows",
    "sessions.list_sessions": "one's own",
}
"""Operations that answer with a list, and which caller is shown what of it otherwise."""
UNCOUNTED = {
    "accession-queue.read_queue",
    "achievement-queue.read",
    "ageing.read",
    "matters.read",
    "standing-still.read_still",
    "work-queue.read",
}
"""What waits for somebody, and how long: whether a row is theirs is seen as it is shown."""
OF_THE_RECORD = ("authority-root", "creditcode", "decision", "vacancies")
READ_AT = {
    **dict.fromkeys(("authority", "rolls", "seats", "windows"), "/v1/organisations/organisation-"),
    **{
        each: f"/v1/{each}s/{each}-"
        for each in ("account", "case", "edition", "organisation", "person")
    },
    "link": "/v1/person-links/link-",
}
"""Where a thing of the feed is read, by the kind of its stream; of some only the feed tells."""
WATCHERS = (
    "auditor",
    "inspector of the county",
    "auditor of the neighbour",
    "inspector of the department",
)
"""Of whom the first watches over the whole record."""


class Sight:
    """What everybody is shown by each list, and what they read one by one, each asked for once."""

    def __init__(self, world: World) -> None:
        self.onlookers = Onlookers(world)
        self.head = world.services.record.head()
        self.everything = f"wait_for={self.head}"
        record = world.services.record
        self.streams = {one.stream for one in record.read(0, self.head)}
        self._rows: dict[tuple[str, str], list[Row] | None] = {}
        self._read: dict[tuple[str, str], bool] = {}

    def rows(self, caller: str, operation: str) -> list[Row] | None:
        """The rows of a list; None for who is not let in."""
        if (caller, operation) not in self._rows:
            self._rows[caller, operation] = self._asked(caller, LISTS[operation])
        return self._rows[caller, operation]

    def _asked(self, caller: str, shown: Shown) -> list[Row] | None:
        body = self.page(caller, shown)
        if body is None:
            return None
        rows: list[Row] = body[shown.member]
        assert len(rows) < 200
        assert body.get("count", len(rows)) == len(rows)
        return self.before(rows)

    def page(self, caller: str, shown: Shown, limit: int = 200) -> Any:  # noqa: ANN401 -- as it comes
        """The first page of a list; None for who is not let in."""
        by, header = self.onlookers.callers[caller], dict[str, str]()
        if shown.path == "/v1/integrity-records":
            header = {"Consultation": self.consulted(by)}
        answer = by.get(f"{shown.path}?limit={limit}&{self.everything}{shown.query}", **header)
        return None if answer.status == 403 else done(answer).body

    def before(self, rows: list[Row]) -> list[Row]:
        """Those that tell of what happened before anybody was asked."""
        return [each for each in rows if each.get("position", 0) <= self.head]

    def consulted(self, by: Actor) -> str:
        """A consultation of everybody in one's charge; none for who consults nothing."""
        asked, mandate = {"reason": "年度核查"}, self.onlookers.mandates.get(by.account)
        answer = by.post("/v1/integrity-consultations", asked, mandate=mandate)
        return str(answer.body.get("consultation", ""))

    def may_read(self, caller: str, address: str) -> bool:
        """Whether somebody may read one thing."""
        if (caller, address) not in self._read:
            answer = self.onlookers.callers[caller].get(address)
            assert answer.status in (200, 403, 404), answer.body
            self._read[caller, address] = answer.status == 200
        return self._read[caller, address]

    def known(self, operation: str) -> set[tuple[str, ...]]:
        """Whatever there is that a list could show, by where it is read."""
        shown = LISTS[operation]
        told = (self.rows(caller, operation) or [] for caller in self.onlookers.callers)
        found = {shown.read(row) for rows in told for row in rows}
        there = (each for each in self.streams if each.partition("-")[0] in shown.streams)
        found |= {shown.read(dict.fromkeys(MEMBERS, each)) for each in there}
        return set(sorted(found)[:: shown.every])


@pytest.fixture(scope="module")
def sight(world: World) -> Sight:
    """The county and its onlookers."""
    return Sight(world)


def test_every_list_is_named_here(world: World) -> None:
    document = Client(world.address).get("/openapi.json").body
    offered = {
        operations["get"]["operationId"]
        for path, operations in document["paths"].items()
        if path.startswith("/v1/") and "get" in operations
        if "{" not in path or "cursor" in {e.get("name") for e in operations["get"]["parameters"]}
    }
    assert offered == {*LISTS, *OTHERS}
    assert {each.export for each in LISTS.values() if each.export} == set(EXPORTS)


@pytest.mark.parametrize("operation", LISTS)
def test_a_list_shows_what_its_caller_may_read_and_nothing_else(
    sight: Sight, operation: str
) -> None:
    shown, known, wrong, most = LISTS[operation], sight.known(operation), [], 0
    for caller in sight.onlookers.callers:
        rows = sight.rows(caller, operation)
        if rows is None:
            continue
        most = max(most, len(rows))
        listed = known & {shown.read(row) for row in rows}
        readable = {each for each in known if any(sight.may_read(caller, one) for one in each)}
        wrong += [(caller, "too much", each) for each in listed - readable]
        if not shown.fewer:
            wrong += [(caller, "too little", each) for each in readable - listed]
    assert not wrong
    assert most >= shown.least


def test_a_list_says_that_there_are_more_than_it_counts(
    sight: Sight, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = {
        operation: max(
            sight.onlookers.callers, key=lambda each: len(sight.rows(each, operation) or ())
        )
        for operation in LISTS
    }
    monkeypatch.setattr("projections.listing.MOST_COUNTED", 0)
    monkeypatch.setattr("api.http.lists.MOST_COUNTED", 0)
    counting = {
        operation: (body["count"], body["counted_all"])
        for operation, caller in longest.items()
        if "count" in (body := sight.page(caller, LISTS[operation], limit=1))
    }
    assert set(LISTS) - set(counting) == UNCOUNTED
    assert set(counting.values()) == {(0, False)}


@pytest.mark.parametrize("caller", WATCHERS)
def test_a_file_holds_what_the_list_shows(sight: Sight, caller: str) -> None:
    by = sight.onlookers.callers[caller]
    for operation, shown in LISTS.items():
        rows = sight.rows(caller, operation)
        if shown.export is None:
            continue
        narrowed = {name: _UNQUOTED.get(said, said) for name, said in parse_qsl(shown.query)}
        body = {"list": shown.export, "media_type": NDJSON, **narrowed}
        if shown.export == "integrity-records":
            body["consultation"] = sight.consulted(by)
        answer = by.post("/v1/exports", body, mandate=sight.onlookers.mandates[by.account])
        if rows is None:
            assert answer.status == 403, operation
            continue
        *lines, _ = (orjson.loads(line) for line in done(answer).body.splitlines())
        taken = sight.before(lines)
        assert len(taken) == len(rows), operation
        if rows and "position" in rows[0]:
            assert {e["position"] for e in taken} == {e["position"] for e in rows}, operation


@pytest.mark.parametrize("caller", WATCHERS)
def test_a_feed_tells_of_what_its_caller_may_read_and_nothing_else(
    sight: Sight, caller: str
) -> None:
    by, refusals = sight.onlookers.callers[caller], sight.rows(caller, "refusals.list_refusals")
    refused = {str(each["position"]) for each in refusals or []}
    histories: dict[str, dict[int, Row]] = {}
    told = 0
    for event in feed(sight, by):
        kind, _, rest = event["subject"].partition("-")
        if kind in ("withheld", "policy", "text", "record"):
            continue
        told += 1
        if kind == "refusal":
            assert event["id"] in refused
        elif event["subject"].startswith(OF_THE_RECORD):
            assert caller == WATCHERS[0]
        else:
            assert sight.may_read(caller, f"{READ_AT[kind]}{rest}"), event
        if kind == "case":
            history = histories.setdefault(event["subject"], history_of(by, event["subject"]))
            assert history[event["data"]["version"]]["topic"] == event["type"]
    assert told


def feed(sight: Sight, by: Actor) -> Iterable[Row]:
    """The whole feed, as a watcher reads it."""
    named = {"Mandate": sight.onlookers.mandates[by.account]}
    for after in range(0, sight.head, 200):
        address = f"/v1/events?after={after}&limit=200&{sight.everything}"
        yield from done(by.get(address, **named)).body


def history_of(by: Actor, case: str) -> dict[int, Row]:
    """The events of a case by their version, as somebody reads them."""
    events = done(by.get(f"/v1/cases/{case}/history")).body["events"]
    return {each["version"]: each for each in events}


def test_of_who_stood_in_for_a_reviewer_no_entry_of_the_applicant_is_shown(sight: Sight) -> None:
    auditor, reason = sight.onlookers.callers["auditor"], {"reason": "核对举报"}
    shown = {}
    for who in (sight.onlookers.callers["stand-in"], sight.onlookers.waiting):
        named = {**reason, "person": who.person}
        consultation = done(auditor.post("/v1/integrity-consultations", named)).body["consultation"]
        read = done(auditor.get("/v1/integrity-records", Consultation=consultation)).body
        shown[who.account] = {each["person"] for each in read["records"]}
    assert list(shown.values()) == [set(), {sight.onlookers.waiting.person}]


def test_a_page_leaves_out_what_may_be_read_no_more() -> None:
    def read(_: object, name: str) -> Answered:
        if name != "it":
            raise Problem(name)
        return {"name": name}, 200, {}

    who: Any = None
    shown = as_read(read, "name")
    gone, there, closed = (SimpleNamespace(name=each) for each in ("NOT_FOUND", "it", "FORBIDDEN"))
    assert shown(who, [gone, there]) == [{"name": "it"}]
    with pytest.raises(Problem, match="FORBIDDEN"):
        shown(who, [closed])


def test_a_hold_on_somebody_who_has_left_is_lifted_by_who_watches_where_they_were(
    sight: Sight,
) -> None:
    left, callers = sight.onlookers.left, sight.onlookers.callers
    rows = sight.rows("inspector of the county", "placed-holds.list_holds") or []
    (hold,) = (each["hold"] for each in rows if each["person"] == left.person)
    path, lifted = f"/v1/persons/{left.person}", {"reason": "查清"}
    elsewhere = callers["inspector of the neighbour"].post(
        f"{path}/holds/{hold}/liftings", lifted, version=1
    )
    assert elsewhere.code == "NOT_FOUND"
    done(callers["inspector of the county"].change(path, f"/holds/{hold}/liftings", lifted))
