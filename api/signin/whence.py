"""Where a request comes from, and how much of that may be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

_BROWSERS = {
    "MicroMessenger": "WeChat",
    "QQBrowser": "QQ Browser",
    "UCBrowser": "UC Browser",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""By a word in what a browser calls itself; many call themselves what stands further down, too."""
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Whence:
    """Where a request comes from: the client's address and what its browser calls itself."""

    address: str
    browser: str

    @property
    def is_device(self) -> bool:
        """Whether the client says something of itself: an address alone is no device."""
        return bool(self.browser.strip())

    @property
    def browser_name(self) -> str | None:
        """A name of a short list, which tells nothing personal; None for any other browser."""
        return _named(self.browser, _BROWSERS)

    @property
    def system_name(self) -> str | None:
        """The same of the system beneath the browser."""
        return _named(self.browser, _SYSTEMS)


def network(address: str) -> str:
    """Whose address it is: of IPv6 the first half alone, for the rest is the client's to choose."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return address
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(IPv6Network((read.packed, 64), strict=False))


def _named(said: str, names: dict[str, str]) -> str | None:
    return next((name for mark, name in names.items() if mark in said), None)
