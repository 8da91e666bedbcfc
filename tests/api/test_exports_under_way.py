"""A long export over HTTP: how far it has come, and that whoever waits for it may end it."""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.conventions.exporting import MEDIA_TYPES, XLSX
from api.http import exported_files
from api.http.export_lists import LISTS
from api.tables import exports_under_way
from audit.files import spool
from domain.single_events import RecordExported
from tests.api.filings import done, filed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from api.acts.acting import Acting
    from api.http.export_lists import Pages
    from api.http.lists import Query
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

UNDER_WAY = "/v1/exports/under-way"


class Paused:
    """An export of all acts that stops on its way until it may go on."""

    def __init__(self) -> None:
        self.reached, self.on = Event(), Event()

    def pages(self, who: Acting, asked: Query) -> Pages:
        """As ever, with one row a page; the first, and the rest once it may."""
        pages = ACTS.pages(who, asked)
        yield next(pages)
        self.reached.set()
        assert self.on.wait(20)
        yield from pages


ACTS = LISTS["acts"]


@pytest.fixture
def paused(world: World, monkeypatch: pytest.MonkeyPatch) -> Paused:
    """Every export of acts stops on its way."""
    for _ in range(2):
        filed(world.applicant(world.school), world.school)
    shown = done(world.auditor.get(f"/v1/acts?{world.everything()}")).body["acts"]
    assert len(shown) > 1
    stopping = Paused()
    monkeypatch.setitem(LISTS, "acts", replace(ACTS, pages=stopping.pages))
    monkeypatch.setattr(exported_files, "_AT_ONCE", 1)
    monkeypatch.setattr(exports_under_way, "SECONDS_BETWEEN", 0)
    return stopping


@contextmanager
def taking_out(by: Actor, mandate: str, media_type: str, key: str) -> Iterator[Future[Answer]]:
    """Somebody waits for a file meanwhile."""
    asked = {"list": "acts", "media_type": media_type}
    with ThreadPoolExecutor(1) as waiting:
        yield waiting.submit(by.post, "/v1/exports", asked, mandate=mandate, key=key)


def under_way(by: Actor) -> list[dict[str, Any]]:
    return list(done(by.get(UNDER_WAY)).body["exports"])


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_who_waits_for_a_file_is_told_how_far_it_has_come_and_nobody_else_is(
    world: World, paused: Paused, media_type: str
) -> None:
    by, mandate, key = world.auditor, world.whole(world.auditor), uuid4().hex
    with taking_out(by, mandate, media_type, key) as waiting:
        assert paused.reached.wait(20)
        (told,) = under_way(by)
        assert (told["key"], told["list"], told["cancelled"]) == (key, "acts", False)
        assert told["read"] > told["written"] == 1
        assert under_way(world.applicant(world.school)) == []
        paused.on.set()
        assert waiting.result().status == 201
    assert under_way(by) == []


def test_who_ends_an_export_gets_no_file_and_nothing_is_recorded(
    world: World, paused: Paused
) -> None:
    by, mandate, key = world.auditor, world.whole(world.auditor), uuid4().hex
    with taking_out(by, mandate, MEDIA_TYPES[0], key) as waiting:
        assert paused.reached.wait(20)
        before = world.services.record.head()
        assert world.applicant(world.school).client.delete(f"{UNDER_WAY}/{key}").code == "NOT_FOUND"
        assert by.client.delete(f"{UNDER_WAY}/{key}").status == 204
        assert [each["cancelled"] for each in under_way(by)] == [True]
        paused.on.set()
        refused = waiting.result()
    assert (refused.status, refused.code) == (409, "EXPORT_CANCELLED")
    assert under_way(by) == []
    assert by.client.delete(f"{UNDER_WAY}/{key}").code == "NOT_FOUND"
    recorded = world.services.record.read(before, 100)
    assert not [each for each in recorded if isinstance(each.event, RecordExported)]
    asked = {"list": "acts", "media_type": MEDIA_TYPES[0]}
    assert by.post("/v1/exports", asked, mandate=mandate, key=key).status == 201


def test_of_a_file_whose_maker_is_not_heard_of_nothing_is_told(
    world: World, paused: Paused, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, mandate, key = world.auditor, world.whole(world.auditor), uuid4().hex
    with taking_out(by, mandate, MEDIA_TYPES[0], key) as waiting:
        assert paused.reached.wait(20)
        monkeypatch.setattr(exports_under_way, "SECONDS_SILENT", 0)
        assert under_way(by) == []
        assert by.client.delete(f"{UNDER_WAY}/{key}").code == "NOT_FOUND"
        paused.on.set()
        assert waiting.result().status == 201


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie, to which everything goes at once."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(spool, "_IN_MEMORY", 1)
    return tmp_path


def files_open_in(place: Path) -> list[str]:
    """The files of a directory that this process has open, also those without a name."""
    found = []
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(each.readlink()))
    return [each for each in found if each.startswith(str(place))]


def test_what_was_written_of_a_workbook_that_is_ended_is_gone(
    world: World, temporary: Path, paused: Paused
) -> None:
    by, mandate, key = world.auditor, world.whole(world.auditor), uuid4().hex
    with taking_out(by, mandate, XLSX, key) as waiting:
        assert paused.reached.wait(20)
        (place,) = temporary.iterdir()
        assert [*place.iterdir()]
        assert by.client.delete(f"{UNDER_WAY}/{key}").status == 204
        paused.on.set()
        assert waiting.result().code == "EXPORT_CANCELLED"
    assert [*temporary.iterdir()] == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells what is open")
@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_who_goes_away_meanwhile_leaves_on_record_what_was_taken_and_no_file(
    world: World, temporary: Path, paused: Paused, media_type: str
) -> None:
    by, mandate, key = world.auditor, world.whole(world.auditor), uuid4().hex
    asked = {"list": "acts", "media_type": media_type}
    before = world.services.record.head()
    going = HTTPConnection(world.address)
    headers = {"Content-Type": "application/json", "Idempotency-Key": key, "Mandate": mandate}
    headers["Authorization"] = f"Bearer {by.client.token}"
    going.request("POST", "/v1/exports", json.dumps(asked), headers)
    assert paused.reached.wait(20)
    going.close()
    paused.on.set()
    until = monotonic() + 20
    while under_way(by) or files_open_in(temporary):
        assert monotonic() < until
        sleep(0.01)
    assert [*temporary.iterdir()] == []
    recorded = [each.event for each in world.services.record.read(before, 100)]
    (taken,) = (each for each in recorded if isinstance(each, RecordExported))
    assert (taken.query, taken.media_type, taken.mandate) == ("acts", media_type, mandate)
    assert taken.count > 1
    again = by.post("/v1/exports", asked, mandate=mandate, key=key)
    octets = again.body.encode(errors="surrogateescape")
    assert (again.status, sha256(octets).hexdigest()) == (201, taken.digest)
