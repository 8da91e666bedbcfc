"""Every setting of Mingjian, read once from the environment.

Nothing else reads an environment variable.
Secrets are not settings: they lie in key files (``api.keys``), and settings only say where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from os import pathsep
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from domain.document import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_RECORD_NAME = re.compile(r"[a-z][a-z0-9]{0,30}")
_ORIGIN = re.compile(r"https?://[^/@\s?#]+")
_KEYS_URL = re.compile(r"https://[^/@\s]+|http://(127\.0\.0\.1|\[::1\]|localhost)(:[0-9]+)?(/|$)")


class SettingRefusedError(ValueError):
    """An environment variable holds what its setting does not allow; the message names both."""


@dataclass(frozen=True)
class Variable:
    """The environment variable of a setting, and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this process was asked to run. Durations are in seconds, sizes in bytes."""

    database_url: Annotated[
        str | None,
        Variable(
            "DATABASE_URL",
            "PostgreSQL as the application role. Without it, an own server under the data.",
        ),
    ] = field(default=None, repr=False)
    owner_database_url: Annotated[
        str | None,
        Variable("OWNER_DATABASE_URL", "The same database as the owner role, for `migrate` only."),
    ] = field(default=None, repr=False)
    record: Annotated[
        str,
        Variable(
            "MINGJIAN_RECORD",
            "Name of the record: its origin is `mingjian/<name>`, its schema `mingjian_<name>`.",
        ),
    ] = "main"
    data: Annotated[
        Path,
        Variable(
            "MINGJIAN_DATA",
            "Directory of the own PostgreSQL server and, unless told otherwise, of the keys.",
        ),
    ] = Path(".mingjian/data")
    keys: Annotated[
        Path | None,
        Variable(
            "MINGJIAN_KEYS",
            "Directory of the key files. Without it, `keys` under the data directory.",
        ),
    ] = None
    overlays: Annotated[
        tuple[Path, ...],
        Variable(
            "MINGJIAN_OVERLAYS",
            "Policy files of one's own, over the packs that come along; joined as in `PATH`.",
        ),
    ] = ()
    calendars: Annotated[
        tuple[Path, ...],
        Variable(
            "MINGJIAN_CALENDARS",
            "Working days of years that the calendar library does not know; joined as in `PATH`.",
        ),
    ] = ()
    host: Annotated[str, Variable("MINGJIAN_HOST", "Address to listen at.")] = "127.0.0.1"
    port: Annotated[int, Variable("MINGJIAN_PORT", "Port to listen at.")] = 8080
    public_url: Annotated[
        str,
        Variable(
            "MINGJIAN_PUBLIC_URL",
            "How clients reach this server; the issuer and audience of its tokens.",
        ),
    ] = "http://127.0.0.1:8080"
    origins: Annotated[
        tuple[str, ...],
        Variable(
            "MINGJIAN_ORIGINS",
            "Origins whose pages may ask from a browser, such as `https://review.example.cn`; with"
            " spaces between them.",
        ),
    ] = ()
    trusted_proxies: Annotated[
        int,
        Variable(
            "MINGJIAN_TRUSTED_PROXIES",
            "How many proxies in front may state a client's address (X-Forwarded-For).",
        ),
    ] = 0
    workers: Annotated[int, Variable("MINGJIAN_WORKERS", "Processes that answer requests.")] = 2
    threads: Annotated[int, Variable("MINGJIAN_THREADS", "Threads in each of them.")] = 8
    stop_seconds: Annotated[
        int,
        Variable(
            "MINGJIAN_STOP_SECONDS",
            "How long requests under way may take when the server is asked to stop.",
        ),
    ] = 20
    client_seconds: Annotated[
        int,
        Variable(
            "MINGJIAN_CLIENT_SECONDS",
            "How long a client that sends or reads nothing may keep a thread waiting.",
        ),
    ] = 15
    statement_seconds: Annotated[
        int,
        Variable(
            "MINGJIAN_STATEMENT_SECONDS",
            "After how long a database statement of a request is cancelled.",
        ),
    ] = 10
    body_bytes: Annotated[
        int, Variable("MINGJIAN_BODY_BYTES", "Largest request body, other than an attachment.")
    ] = 1 << 20
    attachment_bytes: Annotated[
        int, Variable("MINGJIAN_ATTACHMENT_BYTES", "Largest attachment.")
    ] = 50 << 20
    public_attachment_bytes: Annotated[
        int,
        Variable(
            "MINGJIAN_PUBLIC_ATTACHMENT_BYTES",
            "Largest file that somebody who objects or complains may attach.",
        ),
    ] = 10 << 20
    access_seconds: Annotated[
        int, Variable("MINGJIAN_ACCESS_SECONDS", "Life of an access token.")
    ] = 600
    session_seconds: Annotated[
        int, Variable("MINGJIAN_SESSION_SECONDS", "Life of a session, however often refreshed.")
    ] = 43_200
    fresh_sign_in_for_decisions: Annotated[
        bool,
        Variable(
            "MINGJIAN_FRESH_SIGN_IN",
            "Whether decisions ask for the password again: `1`, or `0` to let it be.",
        ),
    ] = True
    fresh_seconds: Annotated[
        int,
        Variable(
            "MINGJIAN_FRESH_SECONDS",
            "For how long a sign-in or its confirmation counts as fresh at a decision.",
        ),
    ] = 300
    code_seconds: Annotated[
        int, Variable("MINGJIAN_CODE_SECONDS", "Life of a one-time code for the first sign-in.")
    ] = 604_800
    oidc_issuer: Annotated[
        str | None,
        Variable(
            "MINGJIAN_OIDC_ISSUER",
            "OpenID Connect issuer whose bearer tokens are taken, as in their `iss`.",
        ),
    ] = None
    oidc_audience: Annotated[
        str | None,
        Variable("MINGJIAN_OIDC_AUDIENCE", "What such a token must name in its `aud`."),
    ] = None
    oidc_keys_url: Annotated[
        str | None,
        Variable(
            "MINGJIAN_OIDC_KEYS_URL",
            "Where the issuer publishes its keys (JWKS); `https`, or `http` on this machine.",
        ),
    ] = None
    oidc_name_claim: Annotated[
        str | None,
        Variable(
            "MINGJIAN_OIDC_NAME_CLAIM",
            "Where the issuer's tokens bear the name of who signed in, as verified by it. With it,"
            " applicants register themselves.",
        ),
    ] = None
    oidc_document_claim: Annotated[
        str | None,
        Variable(
            "MINGJIAN_OIDC_DOCUMENT_CLAIM",
            "Where they bear the number of the identity document, as verified by it.",
        ),
    ] = None
    oidc_document_kind: Annotated[
        str,
        Variable("MINGJIAN_OIDC_DOCUMENT_KIND", "Of which kind that document is."),
    ] = DocumentKind.RESIDENT_IDENTITY_CARD.value
    metrics: Annotated[
        Path | None,
        Variable(
            "PROMETHEUS_MULTIPROC_DIR",
            "Where the processes of one server share their measurements. `serve` sets it.",
        ),
    ] = None
    log_level: Annotated[str, Variable("MINGJIAN_LOG_LEVEL", "debug, info, warning or error.")] = (
        "info"
    )

    @property
    def origin(self) -> str:
        """The name under which the record is known outside."""
        return f"mingjian/{self.record}"

    @property
    def key_directory(self) -> Path:
        """Where the key files lie."""
        return self.keys if self.keys is not None else self.data / "keys"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment states, each other one by its default.

    Raises ``SettingRefusedError`` naming the variable.
    """
    stated: dict[str, Any] = {
        setting: _read(variable.name, environment[variable.name], kind)
        for setting, (variable, kind) in _variables().items()
        if environment.get(variable.name)
    }
    settings = Settings(**stated)
    _check(settings)
    return settings


def settings_table() -> str:
    """The table of every environment variable, in Markdown."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for each in fields(Settings):
        variable, _ = _variables()[each.name]
        default = "–" if each.default in (None, ()) else f"`{_written(each.default)}`"
        lines.append(f"| `{variable.name}` | {default} | {variable.meaning} |")
    return "\n".join(lines) + "\n"


def _written(default: object) -> str:
    """A default as an environment states it."""
    return str(int(default)) if isinstance(default, bool) else str(default)


def _variables() -> dict[str, tuple[Variable, object]]:
    """By setting: its variable, and the type of its value."""
    return {
        setting: (hint.__metadata__[0], hint.__origin__)
        for setting, hint in get_type_hints(Settings, include_extras=True).items()
    }


def _read(
    variable: str, text: str, kind: object
) -> str | int | Path | tuple[Path, ...] | tuple[str, ...]:
    if kind is bool:
        if text not in ("0", "1"):
            msg = f"{variable} must be 1 or 0, not {text!r}"
            raise SettingRefusedError(msg)
        return text == "1"
    if kind is int:
        if not re.fullmatch(r"[0-9]{1,12}", text):
            msg = f"{variable} must be a whole number, not {text!r}"
            raise SettingRefusedError(msg)
        return int(text)
    if kind == tuple[Path, ...]:
        return tuple(Path(each) for each in text.split(pathsep) if each)
    if kind == tuple[str, ...]:
        return tuple(text.split())
    return text if kind in (str, str | None) else Path(text)


def _check(settings: Settings) -> None:
    if not _RECORD_NAME.fullmatch(settings.record):
        msg = "MINGJIAN_RECORD must be a small letter, then at most 30 of a-z and 0-9"
        raise SettingRefusedError(msg)
    if settings.log_level not in ("debug", "info", "warning", "error"):
        msg = "MINGJIAN_LOG_LEVEL must be debug, info, warning or error"
        raise SettingRefusedError(msg)
    if not all(_ORIGIN.fullmatch(each) for each in settings.origins):
        msg = "MINGJIAN_ORIGINS must name origins: https://, a host, and perhaps a port"
        raise SettingRefusedError(msg)
    _check_issuer(settings)
    for setting, (variable, kind) in _variables().items():
        least = 0 if setting in ("port", "trusted_proxies") else 1
        if kind is int and getattr(settings, setting) < least:
            msg = f"{variable.name} must be at least {least}"
            raise SettingRefusedError(msg)


def _check_issuer(settings: Settings) -> None:
    stated = (settings.oidc_issuer, settings.oidc_audience, settings.oidc_keys_url)
    if stated.count(None) not in (0, len(stated)):
        msg = (
            "MINGJIAN_OIDC_ISSUER, MINGJIAN_OIDC_AUDIENCE and MINGJIAN_OIDC_KEYS_URL"
            " must be stated all three or not at all"
        )
        raise SettingRefusedError(msg)
    claims = (settings.oidc_name_claim, settings.oidc_document_claim)
    if claims.count(None) == 1 or (None not in claims and settings.oidc_issuer is None):
        msg = (
            "MINGJIAN_OIDC_NAME_CLAIM and MINGJIAN_OIDC_DOCUMENT_CLAIM must be stated both, beside"
            " an issuer, or not at all"
        )
        raise SettingRefusedError(msg)
    if settings.oidc_document_kind not in set(DocumentKind):
        msg = f"MINGJIAN_OIDC_DOCUMENT_KIND must be one of {', '.join(DocumentKind)}"
        raise SettingRefusedError(msg)
    address = settings.oidc_keys_url
    if address is not None and not _KEYS_URL.match(address):
        msg = "MINGJIAN_OIDC_KEYS_URL must begin with https://, or with http://127.0.0.1"
        raise SettingRefusedError(msg)


if __name__ == "__main__":
    print(settings_table(), end="")  # noqa: T201 -- asked for on the command line
