"""A small world over HTTP: a county with its bureau, a department, a school and an enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.account.events import Role
from domain.separation import HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.society import Society

if TYPE_CHECKING:
    from api.clock import SettableClock
    from api.services import Services

COUNTY = "江西省/赣州市/寻乌县"


class World(Society):
    """The county."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, COUNTY)
        self.bureau = self.found("县人社局", self.system, bodies=["employer", "county_hr"])
        self.seat(self.bureau, HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
        self.department = self.found(
            "县教科体局",
            self.bureau.administrator,
            bodies=["employer", "competent_department"],
            bureau=self.bureau.organisation,
        )
        self.seat(self.department, HANDLER, LEADER)
        above = {
            "superior": self.department.organisation,
            "bureau": self.bureau.organisation,
        }
        self.school = self.found(
            "县第三中学",
            self.bureau.administrator,
            kind="institution",
            traits=["unit.sector=education"],
            **above,
        )
        self.seat(self.school, HANDLER, LEADER)
        self.enterprise = self.found(
            "某某机械有限公司",
            self.bureau.administrator,
            kind="enterprise",
            ownership="non_state",
            **above,
        )
        self.seat(self.enterprise, HANDLER, LEADER)
        self.auditor = self.account(self.system, "审计甲", None, [Role.AUDITOR])
        self.inspector = self.account(self.system, "纪检甲", None, [Role.INSPECTOR])
