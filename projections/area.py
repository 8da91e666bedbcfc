"""What ``domain.area`` says of areas, as a condition of SQL."""

from __future__ import annotations


def covers(wider: str, place: str) -> str:
    """That the place in one column is the area in another, or lies in it."""
    return f"({wider} = '' OR starts_with({place} || '/', {wider} || '/'))"
