"""Who reads which entries of the integrity record: those that concern their area, and no others."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from api.acts.guard import act_as
from api.conventions.exporting import NDJSON
from domain.account.events import Role
from domain.actor import SystemActor
from domain.authority.power import AFFAIRS
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER
from tests.api.deliveries import line, sent, trust
from tests.api.filings import done, filed

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.society import House
    from tests.api.world import World

CITY = "江西省/赣州市"
NEIGHBOUR = f"{CITY}/安远县"
ROLES = (Role.AUDITOR, Role.INSPECTOR)
ABROAD = "广东省"
"""An area of another record: an entry for it takes effect nowhere here."""


class Scene:
    """Entries that concern the county for one reason each; and who watches what."""

    def __init__(self, world: World) -> None:
        trust(world)
        self.world = world
        self.city = city = world.found("市人社局", world.system, area=CITY, affairs=AFFAIRS)
        world.seat(city, INTEGRITY_HANDLER, INTEGRITY_LEADER)
        self.neighbour = world.found("邻县人社局", world.system, area=NEIGHBOUR, affairs=["watch"])
        self.third = world.found("第三县单位", world.system, area=f"{CITY}/会昌县")
        self.abroad = world.found("外省单位", world.system, area=f"{ABROAD}/广州市")
        self.watchers = {
            f"{role} of {place}": world.account(world.system, f"{role}", organisation, [role])
            for role in ROLES
            for place, organisation in (
                ("county", world.bureau.organisation),
                ("city", city.organisation),
                ("neighbour", self.neighbour.organisation),
            )
        }
        self.mandates = {
            by.account: mandate
            for place, area in (("county", world.area), ("city", CITY), ("neighbour", NEIGHBOUR))
            for pair in [[self.watchers[f"{role} of {place}"] for role in ROLES]]
            for mandate in [world.mandate(pair[0], pair[1], areas=[area])]
            for by in pair
        }
        self.watchers["officer"] = world.bureau.integrity_handler
        self.watchers["officer of the city"] = city.integrity_handler
        self.employed: dict[str, Actor] = {}
        self._employed()
        self._elsewhere_too()
        self._filed()
        self._linked()
        self._unclaimed()
        self._in_effect()
        self._made()

    def seen(self, watcher: str) -> set[str]:
        """The entries that somebody reads, who names nobody."""
        by = self.watchers[watcher]
        path = f"/v1/integrity-records?limit=200&{self.world.everything()}"
        answer = done(by.get(path, Consultation=self.consulted(by))).body
        found = {each["entry"] for each in answer["records"]}
        assert answer["count"] == len(found)
        return found

    def taken_out(self, watcher: str) -> set[str]:
        """The entries in a file that they take out."""
        by = self.watchers[watcher]
        named = {"list": "integrity-records", "media_type": NDJSON}
        asked = {**named, "consultation": self.consulted(by)}
        file = done(by.post("/v1/exports", asked, mandate=self.mandates[by.account]))
        return {json.loads(each)["entry"] for each in file.body.splitlines()[:-1]}

    def consulted(self, by: Actor) -> str:
        """A consultation of everybody in one's charge."""
        reason = {} if by.account in self.mandates else {"reason": "年度核查"}
        mandate = self.mandates.get(by.account)
        asked = by.post("/v1/integrity-consultations", reason, mandate=mandate)
        return str(done(asked).body["consultation"])

    def extent(self, watcher: str, entry: str) -> str:
        """How far a look at whom an entry is about goes, for somebody who names them."""
        asked = {"person": self.employed[entry].person, "reason": "年度核查"}
        looked = self.watchers[watcher].post("/v1/integrity-consultations", asked)
        return str(looked.body["extent"]) if looked.status == 201 else looked.code

    def _employed(self) -> None:
        """Of somebody for whom an account was opened abroad, which they never claimed."""
        one = self.employed["entry-employed"] = self.world.applicant(self.world.school)
        self._entered(one, "entry-employed")
        by, roles = self.abroad.administrator, [Role.APPLICANT]
        self.world.account(by, one.name, self.abroad.organisation, roles, one.number, claimed=False)

    def _elsewhere_too(self) -> None:
        """Of people of a branch that stands beneath the county and lies beside it."""
        world, school = self.world, self.world.school
        branch = world.found(
            "县第三中学分校",
            world.system,
            kind="institution",
            area=f"{CITY}/会昌县",
            superior=world.department.organisation,
            bureau=self.city.organisation,
        )
        there, both = world.applicant(branch), world.applicant(school)
        world.applicant(branch, both.name, both.number)
        self.employed |= {"entry-of-the-branch": there, "entry-in-two-places": both}
        for entry in ("entry-of-the-branch", "entry-in-two-places"):
            self._entered(self.employed[entry], entry)

    def _filed(self) -> None:
        """Of somebody who filed here and has left."""
        leaver, house = self.world.applicant(self.world.school), self.world.school
        filed(leaver, house)
        self._left(leaver, house)
        self._entered(leaver, "entry-filed")

    def _linked(self) -> None:
        """Of somebody elsewhere, who turned out to be one of the county's under another number."""
        known, twin = self.world.applicant(self.world.school), self._foreigner(self.third)
        pair = {"first": known.person, "second": twin.person, "evidence": "同一指纹"}
        bureau = self.city
        proposed = done(bureau.integrity_handler.post("/v1/person-links", pair))
        path = f"/v1/person-links/{proposed.body['stream']}"
        done(bureau.integrity_leader.change(path, "/confirmations", {}))
        self._entered(twin, "entry-linked")

    def _unclaimed(self) -> None:
        """Of somebody who works elsewhere, for whom the school opened an account by their number.

        They never claimed it, so it tells nobody here anything of them.
        """
        stranger, school = self.world.applicant(self.abroad), self.world.school
        by, roles = school.administrator, [Role.APPLICANT]
        opened = self.world.account(
            by, stranger.name, school.organisation, roles, stranger.number, claimed=False
        )
        assert opened.person == stranger.person
        self._entered(stranger, "entry-unclaimed")

    def _in_effect(self) -> None:
        for entry, area in (
            ("entry-of-the-province", "江西省"),
            ("entry-of-the-city", CITY),
            ("entry-of-the-neighbour", NEIGHBOUR),
            ("entry-of-nowhere", ABROAD),
        ):
            self._entered(self._foreigner(), entry, area=area)

    def _made(self) -> None:
        """Made by an authority of the county, about somebody elsewhere, for elsewhere."""
        person = self._foreigner().person
        entered = IntegrityRecordEntered(
            entry="entry-made-here",
            case=None,
            investigation=None,
            ground="弄虚作假",
            decision="某处〔2024〕1号",
            authority=self.world.bureau.organisation,
            scope="province",
            area=ABROAD,
            starts_on=date(2024, 10, 15),
            ends_on=date(2027, 10, 15),
            months=36,
            term_source=TermSource.DEFAULT,
            effect=Effect.BLOCK,
            rules=(),
            particulars=Personal("学历造假", person, Purpose.DISCIPLINE),
        )
        act_as(
            self.world.services.office.desk,
            SystemActor("test"),
            "command-1",
            self.world.clock.now(),
            lambda desk: desk.write(person, entered),
        )

    def _foreigner(self, house: House | None = None) -> Actor:
        """Somebody whom the record knows, who was elsewhere and has no account any more."""
        house = house or self.abroad
        stranger = self.world.applicant(house)
        self._left(stranger, house)
        return stranger

    def _left(self, holder: Actor, house: House) -> None:
        path = f"/v1/accounts/{holder.account}"
        done(house.administrator.change(path, "/disablings", {"reason": "离职"}))

    def _entered(self, about: Actor, entry: str, **members: Any) -> None:  # noqa: ANN401 -- of a line
        members = {"area": ABROAD, **members}
        taken = done(sent(self.world, line(about.number, entry, **members))).body
        assert taken["entered"] == [entry]


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    """The entries of a county, and those around it."""
    return Scene(world)


OF_THE_COUNTY = {"entry-employed", "entry-filed", "entry-linked", "entry-made-here"}
REFUSED = {"officer": "integrity-block", "officer of the city": "NOT_FOUND"}
"""What an officer is told instead of whom their power, or their office, does not reach."""
BESIDE = {"entry-of-the-branch", "entry-in-two-places"}
SEEN = {
    "county": OF_THE_COUNTY | {"entry-of-the-province", "entry-of-the-city", "entry-in-two-places"},
    "city": OF_THE_COUNTY
    | BESIDE
    | {"entry-of-the-province", "entry-of-the-city", "entry-of-the-neighbour"},
    "neighbour": {"entry-of-the-province", "entry-of-the-city", "entry-of-the-neighbour"},
}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INSPECTOR])
@pytest.mark.parametrize("place", SEEN)
def test_a_watcher_of_an_area_reads_and_takes_out_what_concerns_it(
    scene: Scene, role: Role, place: str
) -> None:
    watcher = f"{role} of {place}"
    assert scene.seen(watcher) == SEEN[place]
    assert scene.taken_out(watcher) == SEEN[place]


def test_an_integrity_officer_reads_what_concerns_their_authority(scene: Scene) -> None:
    assert scene.seen("officer") == OF_THE_COUNTY
    assert scene.seen("officer of the city") == BESIDE


@pytest.mark.parametrize("officer", ["officer", "officer of the city"])
def test_an_officers_list_holds_of_somebody_what_a_look_at_them_alone_opens(
    scene: Scene, officer: str
) -> None:
    listed = scene.seen(officer)
    opened = {each for each in scene.employed if scene.extent(officer, each) == "integrity-record"}
    assert opened == listed & scene.employed.keys()
    refused = {scene.extent(officer, each) for each in scene.employed.keys() - opened}
    assert refused == {REFUSED[officer]}


def test_a_consultation_opens_nothing_in_another_session(scene: Scene) -> None:
    by = scene.watchers[f"{Role.INSPECTOR} of county"]
    named = scene.consulted(by)
    assert by.get("/v1/integrity-records", Consultation=named).status == 200
    by.sign_in()
    read = by.get("/v1/integrity-records", Consultation=named)
    assert (read.status, read.code) == (403, "REASON_REQUIRED")
    asked = {"list": "integrity-records", "consultation": named}
    taken = by.post("/v1/exports", asked, mandate=scene.mandates[by.account])
    assert (taken.status, taken.code) == (403, "REASON_REQUIRED")
