"""An OpenID Connect issuer on loopback: it publishes keys and signs tokens, well or badly."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import orjson
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from api.clock import SettableClock
from api.foundation import lay_foundation
from api.settings import Settings
from tests.api.served import at_work
from tests.api.world import World
from tests.conftest import THE_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.conftest import Database

NAME = "https://issuer.example/realm"
AUDIENCE = "mingjian"


@dataclass
class FakeIssuer:
    """``keys`` are published as long as it is ``up``; the first signs."""

    port: int = 0
    up: bool = True
    asked: int = 0
    published: bytes | None = None
    keys: list[ECKey] = field(
        default_factory=lambda: [ECKey.generate_key("P-256", {"kid": "key-1", "use": "sig"})]
    )

    @property
    def address(self) -> str:
        """Where its keys are published."""
        return f"http://127.0.0.1:{self.port}/keys"

    def token(
        self,
        now: datetime,
        subject: str = "subject-1",
        *,
        key: Any = None,  # noqa: ANN401 -- of any kind
        algorithm: str = "ES256",
        without: str = "",
        **claims: Any,  # noqa: ANN401 -- of a token
    ) -> str:
        """A token that is good for five minutes, but for what a test says otherwise."""
        instant = int(now.timestamp())
        said = {
            "iss": NAME,
            "aud": AUDIENCE,
            "sub": subject,
            "sid": "there-1",
            "exp": instant + 300,
            "auth_time": instant,
            **claims,
        }
        said.pop(without, None)
        signing = key or self.keys[0]
        header = {"alg": algorithm, "kid": signing.kid}
        return jwt.encode(header, said, signing, algorithms=[algorithm])

    def answer(self) -> bytes:
        """What it publishes."""
        if self.published is not None:
            return self.published
        return orjson.dumps(KeySet(list(self.keys)).as_dict(private=False))


@contextmanager
def running() -> Iterator[FakeIssuer]:
    """An issuer that listens."""
    issuer = FakeIssuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            body = issuer.answer()
            self.send_response(200 if issuer.up else 503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 -- as the library has it
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield issuer
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def a_county(
    issuer: FakeIssuer,
    database: Database,
    keys: Path,
    **settings: Any,  # noqa: ANN401 -- of a server
) -> Iterator[World]:
    """The county, at a server that takes the issuer's tokens."""
    clock = SettableClock(THE_BEGINNING)
    of_server = Settings(
        database_url=database.url,
        keys=keys,
        threads=4,
        oidc_issuer=NAME,
        oidc_audience=AUDIENCE,
        oidc_keys_url=issuer.address,
        **settings,
    )
    lay_foundation(of_server, database.owner_url, database.ground, database.origin, clock.now())
    with at_work(of_server, database.ground, clock) as (address, services):
        yield World(address, services, clock)
