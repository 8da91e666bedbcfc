"""One case of an invented province, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.actor import AccountActor

if TYPE_CHECKING:
    from bench.province import Province


class Filing:
    """A case that somebody files, who is born when it begins, and the offices it goes through."""

    def __init__(self, province: Province) -> None:
        self.province = province
        self.chance = province.random
        self.chain = province.chance_chain()
        self.case = province.new("case")
        self.round = 1
        self.person, self.account, self.registered = province.person()
        self.me = AccountActor(self.account, self.person, None, None, None, "session", "password")
