"""What one human with one organisation can bring about alone: nothing that an authority does.

The administrator of one company opens accounts for people who don't exist, keeps their codes,
seats them in every seat, hires an applicant, and tries every act that needs a power: on their own
case, on their own people, and on what belongs to others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from api.http.acting import ADDRESSES
from api.powers import AT_HOME, POWERS
from domain.separation import SEATS
from tests.api.access_routes import ROUTES
from tests.api.actor import Actor
from tests.api.filings import done, filed, passed
from tests.api.society import House, invented_number

if TYPE_CHECKING:
    from tests.api.client import Answer
    from tests.api.world import World

COUNTY = "江西省/赣州市/寻乌县"
DOCUMENT = "某人社发〔2024〕9号"
OWN_SLIPS = {
    "/v1/cases/<case_id>/rescissions",
    "/v1/cases/<case_id>/rescissions/current/confirmations",
    "/v1/cases/<case_id>/amendments/confirmations",
    "/v1/cases/<case_id>/handler-opinions/current/withdrawals",
}
"""An employer takes back what it did itself at its own stage, and nothing else."""
IN_OTHER_WORDS = {
    "/v1/archive-exports": "tests/api/test_archive.py",
    "/v1/archive-imports": "tests/api/test_archive.py",
    "/v1/cases/<case_id>/posting-proofs": "tests/api/test_amendments.py",
    "/v1/erasures": "tests/api/test_erasure.py",
}
"""What is asked for otherwise than by a plain body, and what holds it."""
BODIES: dict[str, Any] = {
    "/v1/organisations": {
        "name": "自设机关",
        "kind": "government",
        "ownership": "state",
        "level": "county",
        "area": COUNTY,
        "superior": "{organisation}",
    },
    "/v1/accounts": {
        "name": "某人",
        "document": {"kind": "resident_identity_card", "number": invented_number()},
        "organisation": "{other}",
        "roles": ["official"],
        "login": "nobody-of-the-other-house",
    },
    "/v1/accession-approvals": {
        "accessions": [
            {"accession": "accession-01928db0-6280-7bd9-83ad-5d580180f14d", "version": 1}
        ]
    },
    "/v1/accessions/*/declinations": {"reason": "某因"},
    "/v1/accessions/*/erasure-orders": {"decision": DOCUMENT},
    "/v1/accessions/*/erasure-proposals": {"basis": "某条", "reason": "某因"},
    "/v1/accessions/*/returns": {"missing": "某件"},
    "/v1/binding-corrections": {
        "document": {"kind": "resident_identity_card", "number": "{number}"},
        "person": "{person}",
        "evidence": "某证",
    },
    "/v1/binding-corrections/*/confirmations": {},
    "/v1/complaints/*/closures": {"outcome": "not_confirmed", "reason": "查无实据"},
    "/v1/complaints/*/erasure-orders": {"decision": DOCUMENT},
    "/v1/complaints/*/erasure-proposals": {"basis": "某条", "reason": "某因"},
    "/v1/criticisms": {
        "target": "person",
        "about": "{person}",
        "cases": ["{case}"],
        "grounds": "某事",
    },
    "/v1/criticisms/*/drops": {"decision": DOCUMENT, "reason": "某因"},
    "/v1/criticisms/*/issues": {"decision": DOCUMENT, "text": "某文"},
    "/v1/criticisms/*/notifications": {"answer_by": "2024-12-31T00:00:00Z"},
    "/v1/criticisms/*/statements": {"statement": "某话"},
    "/v1/editions": {"offered": "xunwu-2024", "starts_on": "2024-10-15"},
    "/v1/editions/*/decisions": {"confirm": True, "digest": "0" * 64},
    "/v1/editions/*/proposals/current/withdrawals": {},
    "/v1/editions/*/notices": {"upload": "nothing", "source": "某处"},
    "/v1/editions/*/steps": {"step": "suspend", "reason": "某因"},
    "/v1/erasures/*/approvals": {"grounds": "某因"},
    "/v1/erasures/*/orders": {"decision": DOCUMENT},
    "/v1/erasures/*/refusals": {"decision": DOCUMENT, "reason": "某因"},
    "/v1/objections/*/identifications": {"shown": "某证"},
    "/v1/objections/*/investigations": {"findings": "某事", "evidence": []},
    "/v1/objections/*/screenings": {"admitted": True},
    "/v1/objections/*/takeovers": {"cause": "NOBODY_ELIGIBLE", "document": DOCUMENT},
    "/v1/complaints/*/takeovers": {"cause": "NOBODY_ELIGIBLE", "document": DOCUMENT},
    "/v1/objections/*/settlements": {
        "disposition": None,
        "decision": DOCUMENT,
        "answer": "某话",
        "summary": "某话",
    },
    "/v1/organisations/*/decisions": {
        "number": DOCUMENT,
        "title": "自发证书",
        "published_on": "2024-10-15",
        "content": "0" * 64,
        "cases": ["{case}"],
    },
    "/v1/organisations/*/decisions/*/corrections": {
        "number": DOCUMENT,
        "published_on": "2024-10-15",
        "reason": "笔误",
    },
    "/v1/organisations/*/window-extensions/*/decisions": {"grant": True},
    "/v1/cases/*/consents": {
        "step": "local_hr_verified",
        "given_by": "某局",
        "document": "某人社〔2024〕1号",
        "given_on": "2024-10-14",
    },
    "/v1/cases/*/recusal-applications/*/decisions": {"granted": True, "reason": "某因"},
    "/v1/person-links": {"first": "{person}", "second": "{second}", "evidence": "某证"},
    "/v1/person-links/*/confirmations": {},
    "/v1/person-links/*/severances": {"evidence": "某证"},
    "/v1/person-links/*/severances/confirmations": {},
    "/v1/person-renamings": {
        "person": "{person}",
        "name": "某改名",
        "proof": {"kind": "household_register", "number": "某户〔2024〕1号"},
        "effective_on": "2024-10-15",
    },
    "/v1/person-renamings/*/confirmations": {},
    "/v1/moves/*/acceptances": {},
    "/v1/moves/*/releases": {"ended_on": "2024-09-30"},
    "/v1/accounts/*/assisted-cases": {
        "pack": "xunwu-2024",
        "series": "社会科学",
        "specialty": "教育学",
        "level": "assistant",
        "form": "material-0.0",
        "signed_on": "2024-10-10",
    },
    "/v1/accounts/*/attestations": {"shown": "resident_identity_card"},
}
"""What is sent to the addresses that the matrix of access has no body for."""


@dataclass
class Alone:
    """The company with its puppets, and the things that they try."""

    house: House
    puppets: list[Actor]
    applicant: Actor
    names: dict[str, str]
    tried: dict[str, set[int]] = field(default_factory=dict)

    def sends(self, by: Actor, address: str, body: Any) -> Answer:  # noqa: ANN401 -- of a request
        """One act, at the version that they see or else at the first."""
        said = orjson.dumps(body).decode()
        for name, value in self.names.items():
            said = said.replace(f"{{{name}}}", value)
        thing = "/".join(address.split("/")[:4])
        seen = by.get(thing) if thing.count("/") == 3 else None
        version = int(seen.headers["ETag"][2:-1]) if seen and "ETag" in seen.headers else 1
        plain = address in ("/v1/organisations", "/v1/accounts") or address.count("/") == 2
        return by.post(address, orjson.loads(said), version=None if plain else version)


def levelled(address: str) -> str:
    """An address without the names of its parts."""
    return re.sub(r"<\w+>|\{\w+\}", "*", address)


def bodies() -> dict[str, Any]:
    """A body for each address at which an act is taken in."""
    known = {
        levelled(f"/v1/{each.about}s/<id>{each.tail}"): each.body
        for each in ROUTES
        if each.body is not None
    }
    return known | BODIES


def addresses() -> list[str]:
    """Where an act is taken in that needs a power of whoever does it outside their own house."""
    return sorted(
        address
        for row, address in ADDRESSES.items()
        if any(act in POWERS and act not in AT_HOME for act in row.any_of)
        and address not in OWN_SLIPS | IN_OTHER_WORDS.keys()
    )


@pytest.fixture(scope="module")
def alone(world: World) -> Alone:
    """One human, one company."""
    bureau, department = world.bureau.organisation, world.department.organisation
    house = world.found(
        "某独行公司",
        world.bureau.administrator,
        kind="institution",
        traits=["unit.sector=education"],
        superior=department,
        bureau=bureau,
    )
    world.seat(house, *SEATS)
    applicant = world.applicant(house)
    own = filed(applicant, house)
    passed(own, house)
    others = filed(world.applicant(world.school), world.school)
    material = world.school.handler.get(others).body["materials"][0]["material"]
    opened = world.bureau.integrity_handler.change(others, "/investigations", {"suspicion": "某事"})
    investigation = done(opened).body["stream"]
    names = {
        "case": own.rpartition("/")[2],
        "others": others.rpartition("/")[2],
        "material": str(material),
        "investigation": investigation,
        "organisation": house.organisation,
        "other": world.school.organisation,
        "person": house.handler.person,
        "second": house.leader.person,
        "account": house.handler.account,
        "number": house.handler.number,
        "appointment": "appointment-0",
    }
    puppets = [house.administrator, *house.seated.values()]
    return Alone(house, puppets, applicant, names)


ABSENT = "01928db0-6280-7bd9-83ad-5d580180f14d"


def targets(alone: Alone, address: str) -> list[str]:
    """The address, about each thing that they could try it on."""
    kind = address.split("/")[2]
    of_kind = {
        "cases": [alone.names["case"], alone.names["others"]],
        "organisations": [alone.names["organisation"], alone.names["other"]],
        "investigations": [alone.names["investigation"]],
    }
    stream = (
        kind.removesuffix("s").removeprefix("person-").replace("binding-correction", "rebinding")
    )
    found = []
    for name in of_kind.get(kind, [f"{stream}-{ABSENT}"]):
        first = re.sub(r"<\w+>", name, address, count=1)
        further = first.replace("<material>", alone.names["material"])
        found.append(re.sub(r"<(\w+?)(_id)?>", rf"\1-{ABSENT}", further))
    return found


@pytest.mark.parametrize("address", addresses())
def test_does_nothing_that_an_authority_does(alone: Alone, address: str) -> None:
    body = bodies()[levelled(address)]
    for target in targets(alone, address):
        answers = [alone.sends(by, target, body) for by in alone.puppets]
        statuses = {each.status for each in answers}
        assert statuses <= {403, 404, 409, 412}, [each.body for each in answers]


def test_brings_no_title_about(world: World, alone: Alone) -> None:
    def stands(case: str) -> tuple[str, str]:
        seen = done(world.auditor.get(f"/v1/cases/{alone.names[case]}")).body["standing"]
        return seen["phase"], seen["organisation"]

    assert stands("case") == ("under_review", world.department.organisation)
    assert stands("others") == ("suspended", world.school.organisation)
