"""The API's description of itself, written once: that takes half a second."""

from functools import cache
from typing import Any

from gongdao.api.urls import api


@cache
def described() -> dict[str, Any]:
    """The description; nobody changes it."""
    found: dict[str, Any] = api.get_openapi_schema()
    return found
