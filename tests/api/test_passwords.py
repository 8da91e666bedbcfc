"""Which secrets are fit, and how they are kept."""

from __future__ import annotations

from typing import Literal

import pytest
from argon2 import PasswordHasher

from api.problems import Problem
from api.signin import passwords
from tests.api.accounts import DOCUMENT, LOGIN, NAME

pytestmark = pytest.mark.usefixtures("dear_secrets")

WORDS = (LOGIN, DOCUMENT, NAME)


class Watched(PasswordHasher):
    """Knows what was compared with it."""

    def __init__(self) -> None:
        super().__init__()
        self.compared: list[str | bytes] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 -- as argon2's
        """Compare, and keep with what."""
        self.compared.append(hash)
        return super().verify(hash, password)


@pytest.mark.parametrize(
    "secret",
    [
        "short-9",
        "a" * 129,
        "aaaaaaaaaaaa",
        "1234567890",
        "0987654321",
        "abcdefghijkl",
        "qwertyuiop",
        "Password123!",
        "  mingjian2024 ",
        "19000101123219000101",
        DOCUMENT,
        f"x{DOCUMENT}y",
        "my tail is 011232",
        "Some-Applicant-9",
        "ＳＯＭＥ－applicant some-applicant",
        "我就是某甲本人没错的",
    ],
)
def test_an_unfit_secret_is_refused_with_its_reasons(secret: str) -> None:
    with pytest.raises(Problem, match="PASSWORD_UNFIT") as refused:
        passwords.require_fit(secret, WORDS)
    assert all(error.chinese and error.english for error in refused.value.errors)


@pytest.mark.parametrize(
    "secret", ["correct horse 电池 staple", "q7-Vx.92_Lm", "春眠不觉晓处处闻啼鸟"]
)
def test_a_fit_secret_is_taken(secret: str) -> None:
    passwords.require_fit(secret, WORDS)


def test_a_digest_names_argon2id_with_its_parameters() -> None:
    digest = passwords.digest("correct horse")
    assert digest.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(digest, "correct horse")
    assert not passwords.matches(digest, "correct house")
    assert not passwords.outdated(digest)


def test_a_digest_with_other_parameters_is_outdated() -> None:
    assert passwords.outdated("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNoaGFzaA")


def test_a_code_is_digested_with_little_work_and_compared_with_the_work_of_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    digest, watched = passwords.digest_of_code("ABCD-EFGH-JKMN-PQRS"), Watched()
    monkeypatch.setattr(passwords, "_hasher", watched)
    assert digest.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert passwords.matches(digest, "ABCD-EFGH-JKMN-PQRS")
    assert not passwords.matches(digest, "ABCD-EFGH-JKMN-PQRT")
    assert watched.compared == [passwords.NOBODY, digest] * 2


def test_a_login_of_nobody_is_compared_with_a_digest_of_todays_parameters() -> None:
    assert not passwords.outdated(passwords.NOBODY)
    assert not passwords.matches(passwords.NOBODY, "correct horse")


def test_the_same_secret_typed_on_another_keyboard_is_the_same() -> None:
    assert passwords.matches(passwords.digest("caf\u00e9 au lait"), "cafe\u0301 au lait")
