"""Societies under notices with publicity: a city that makes public twice, and two of a province."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.demo.filing import NOTHING_ELSE, File
from domain.account.events import Role
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.filings import SCAN, attach, done, file, passed, said
from tests.api.society import Society

if TYPE_CHECKING:
    from api.clock import SettableClock
    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.society import House

CONTENT = sha256("公示".encode()).hexdigest()
_FILES = {
    "huzhou-2024": (
        File(kind="diploma", title="学位证书", supports=("degree",)),
        File(kind="annual_assessment", title="2023年度考核表", supports=("assessment-2023",)),
        File(kind="insurance_record", title="参保证明", supports=("insurance", "work")),
    ),
    "yueyang-2024": (
        File(
            kind="qualification",
            title="资格材料",
            supports=("degree", "work", "assessment-2023", "insurance"),
        ),
    ),
}
"""What is uploaded under each notice; others have everything on paper."""
_PAPERS = (
    "id_card",
    "diploma",
    "chsi_form",
    "form_x2",
    "annual_assessment",
    "contract",
    "photos_x3",
)
ORIGINALS = ("id_card", "diploma", "contract")
"""Those of them whose original is shown with the copy."""
SEALED = (*ORIGINALS, "form_x2", "annual_assessment", "form_reporting_agency")
"""The papers, and the column of one, that bear their seals."""
_AUTHORITY = (HANDLER, LEADER, DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)


class PublishingCity(Society):
    """A city's bureau and one enterprise, under a notice that makes cases public at both."""

    pack = "huzhou-2024"

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "浙江省/湖州市/南太湖新区")
        self.bureau = self.found(
            "市人社局",
            self.system,
            area="浙江省/湖州市",
            level="city",
            bodies=["employer", "city_hr"],
        )
        self.seat(self.bureau, *_AUTHORITY)
        self.enterprise = self.found(
            "某某科技有限公司",
            self.bureau.administrator,
            kind="enterprise",
            superior=self.bureau.organisation,
            bureau=self.bureau.organisation,
        )
        self.seat(self.enterprise, HANDLER, LEADER)
        self.inspector = self.account(self.system, "纪检甲", None, [Role.INSPECTOR])

    def drafted(self, applicant: Actor) -> str:
        """The path of a case that lacks nothing but filing."""
        return draft(applicant, self.enterprise, self.pack, series="工程", specialty="机械")

    def filed(self, applicant: Actor) -> str:
        """The path of a case that waits for the enterprise's handler."""
        return filed(applicant, self.enterprise, self.pack, series="工程", specialty="机械")


class Province(Society):
    """Two cities of one province, each with its bureau, a department and an enterprise."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "湖南省")
        self.superior = self.found(
            "省人社厅", self.system, level="province", bodies=["province_title_office"]
        )
        self.seat(self.superior, INTEGRITY_LEADER)
        self.bureau, self.department, self.enterprise = self._city("益阳")
        self.seat(self.bureau, *_AUTHORITY)
        self.seat(self.department, HANDLER, LEADER)
        self.seat(self.enterprise, HANDLER, LEADER)
        _, _, self.elsewhere = self._city("岳阳")
        self.inspector = self.account(self.system, "纪检甲", None, [Role.INSPECTOR])
        self.auditor = self.account(self.system, "审计甲", None, [Role.AUDITOR])

    def granted(self, applicant: Actor) -> str:
        """The path of a case that was filed, passed at each stage, and ended in a title."""
        path = filed(applicant, self.enterprise, "yiyang-2024", series="农业", specialty="作物学")
        passed_with_posting(path, self.enterprise, self.clock.now().date().isoformat())
        done(go_on(self.enterprise.handler, path))
        passed(path, self.department)
        papers = {
            "received_on": self.clock.now().date().isoformat(),
            "items": list(_PAPERS),
            "originals": list(ORIGINALS),
            "sealed": list(SEALED),
        }
        done(self.bureau.handler.change(path, "/paper-receipts", papers))
        passed(path, self.bureau)
        return path

    def moved(self, applicant: Actor) -> tuple[Actor, str]:
        """The same person under a second account in the other city, with a case to file."""
        again = self.applicant(self.elsewhere, applicant.name, applicant.number)
        return again, draft(
            again, self.elsewhere, "yueyang-2024", series="农业", specialty="作物学"
        )

    def _city(self, name: str) -> tuple[House, House, House]:
        area = {"area": f"湖南省/{name}市", "level": "city"}
        bodies = ["employer", "city_hr", "city_title_office", "committee_office", "final_body"]
        superior = self.superior.organisation
        bureau = self.found(
            f"{name}市人社局", self.system, bodies=bodies, superior=superior, **area
        )
        above = {"superior": bureau.organisation, "bureau": bureau.organisation, **area}
        department = self.found(
            f"{name}市科技局",
            bureau.administrator,
            bodies=["employer", "competent_department"],
            **above,
        )
        above["superior"] = department.organisation
        enterprise = self.found(
            f"{name}某某制造有限公司", bureau.administrator, kind="enterprise", **above
        )
        return bureau, department, enterprise


def draft(applicant: Actor, house: House, pack: str, **title: str) -> str:
    """The path of a case of somebody who graduated in 2022, that lacks nothing but filing."""
    wanted = {"employer": house.organisation, "pack": pack, "level": "assistant", **title}
    path = f"/v1/cases/{done(applicant.post('/v1/cases', wanted)).body['stream']}"
    done(applicant.change(path, "/applications", claims(title["specialty"], house)))
    for each in _FILES.get(pack, ()):
        attach(applicant, path, each)
    return path


def filed(applicant: Actor, house: House, pack: str, **title: str) -> str:
    """The path of a case that waits for the employer's handler."""
    path = draft(applicant, house, pack, **title)
    done(file(applicant, path))
    return path


def claims(specialty: str, house: House) -> dict[str, Any]:
    """A bachelor's degree, work since, last year's assessment, the insurance."""
    return {
        **NOTHING_ELSE,
        "specialty_studied": specialty,
        "specialty_worked": specialty,
        "educations": [
            {
                "claim": "degree",
                "level": "bachelor",
                "mode": "full_time",
                "major": specialty,
                "awarded_on": "2022-06-30",
                "school": "某大学",
            }
        ],
        "work": [
            {
                "claim": "work",
                "first_day": "2022-07-15",
                "relation": "same",
                "professional": True,
                "at_employer": True,
            }
        ],
        "assessments": [{"claim": "assessment-2023", "year": 2023, "grade": "合格"}],
        "particulars": said(),
        "insurance": {"claim": "insurance", "insured_employer": house.name, "linked": True},
    }


def post(path: str, house: House, posted_on: str) -> str:
    """Enter that a case was posted; the posting's public address."""
    body = {"posted_on": posted_on, "content": CONTENT, "evidence": "张贴照片"}
    done(house.handler.change(path, "/publicities", body))
    return just_posted(path, house)


def just_posted(path: str, house: House) -> str:
    """The public address of what was posted last in a case."""
    opened = done(house.handler.get(f"{path}/history")).body["events"][-1]
    return f"/v1/publicities/{opened['fields']['posting']}"


def prove(path: str, house: House, kind: str) -> Answer:
    """Attach a file that proves the posting of the present stage."""
    sent = {"Content_Type": "image/png", "Idempotency_Key": uuid4().hex}
    upload = house.handler.client.post(f"{path}/posting-proofs/uploads", SCAN, **sent)
    body = {"upload": done(upload).body["upload"], "kind": kind}
    return house.handler.change(path, "/posting-proofs", body)


def passed_with_posting(path: str, house: House, posted_on: str) -> str:
    """Both acts of a stage in favour, then its posting; the posting's public address."""
    passed(path, house)
    return post(path, house, posted_on)


def go_on(by: Actor, path: str) -> Answer:
    """Let a case go on after its publicity."""
    return by.change(path, "/forwardings", {})
