"""The unified social credit code of an organisation (统一社会信用代码, GB 32100-2015)."""

from __future__ import annotations

from domain.refusal import Refusal, Refused

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs of the code, each with its place as its value; I, O, S, V and Z are not used."""
_LENGTH = 18


def check_sign(first_seventeen: str) -> str:
    """The last sign of a code, by GB 32100-2015, section 5.6. Raises ``ValueError``."""
    weighed = sum(
        _SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_seventeen)
    )
    return _SIGNS[-weighed % 31]


def read(code: str) -> str:
    """The code in capitals, as it is stored.

    Raises ``Refused`` with ``CREDIT_CODE`` where it is no code, or was mistyped.
    """
    capitals = code.strip().upper()
    if len(capitals) == _LENGTH and set(capitals) <= set(_SIGNS):
        right = check_sign(capitals[:-1])
        if capitals[-1] == right:
            return capitals
    raise Refused(
        Refusal(
            "CREDIT_CODE",
            "统一社会信用代码有误：应为 18 位数字或大写字母（不含 I、O、S、V、Z），且校验码相符。"
            "请对照登记证书核对。",
            "The unified social credit code is wrong: it has 18 digits or letters (none of I, O,"
            " S, V, Z), the last of which checks the others. Compare it with the certificate.",
            pointer="/credit_code",
        )
    )
