"""Somebody who acts over HTTP, and signs in anew whenever time has gone on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from api.client import tag
from tests.api.accounts import PASSWORD
from tests.api.client import Answer, Client

if TYPE_CHECKING:
    from api.clock import SettableClock

_FRESH = timedelta(minutes=4)
"""For how long a sign-in is good for everything."""


class Place(Protocol):
    """Where somebody acts: an address, and what time it is there."""

    address: str
    clock: SettableClock


@dataclass
class Actor:
    """One account with its holder. ``code`` is good until the first act replaces it."""

    place: Place
    name: str
    number: str
    login: str
    code: str | None
    account: str = ""
    person: str = ""
    _client: Client | None = None
    _since: datetime | None = None

    @property
    def client(self) -> Client:
        """The connection of a sign-in that is fresh."""
        now = self.place.clock.now()
        if self._client is None or self._since is None or now - self._since > _FRESH:
            return self.sign_in()
        return self._client

    def sign_in(self) -> Client:
        """Sign in anew, at first by the code, which a password then replaces."""
        self._client, self._since = self._sign_in(), self.place.clock.now()
        return self._client

    def forget(self) -> None:
        """Forget the connection, so that the next act signs in anew, wherever that is."""
        self._client = None

    def move(self) -> None:
        """Go on under the same sign-in at the address where the place is now."""
        if self._client is not None:
            self._client = replace(self._client, address=self.place.address)

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.client.get(path, **headers)

    def post(
        self,
        path: str,
        body: object,
        *,
        version: int | None = None,
        key: str | None = None,
        mandate: str | None = None,
    ) -> Answer:
        """POST under a new idempotency key, or under ``key``, to what is at ``version``."""
        seen = None if version is None else tag(version)
        return self.client.act(path, body, version=seen, key=key, mandate=mandate)

    def change(self, path: str, act: str, body: object) -> Answer:
        """Read what is at a path, then do an act to it at the version that was read."""
        seen = self.get(path)
        assert seen.status == 200, seen.body
        return self.post(path + act, body, version=int(seen.headers["ETag"][2:-1]))

    def _sign_in(self) -> Client:
        nobody = Client(self.place.address)
        if self.code is None:
            return nobody.signed_in(self.login, PASSWORD)
        client = nobody.entered(self.login, self.code, PASSWORD)
        self.code = None
        return client
