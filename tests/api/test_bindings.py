"""Which subject of an issuer is which account, when several say so at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from api.signin.bindings import Bindings

if TYPE_CHECKING:
    from api.clock import SettableClock
    from api.services import Services

ISSUER = "https://issuer.example"


def test_subjects_bound_to_one_account_at_once_are_bound_one_after_the_other(
    services: Services, clock: SettableClock
) -> None:
    bindings = Bindings(services.database, services.keys)

    def bind(subject: str) -> None:
        bindings.bind(ISSUER, subject, "account-1", "account-2", clock.now())

    subjects = [f"subject-{number}" for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(bind, subjects))
    bound = [bindings.account_of(ISSUER, subject) for subject in subjects]
    assert bound.count("account-1") == 1
