"""Values that lie encrypted in the session: nobody who reads the table reads a report."""

import json
from base64 import b64decode, b64encode
from typing import Any

from django.http import HttpRequest

from gongdao.bootstrap import app


def put(request: HttpRequest, name: str, value: dict[str, Any]) -> None:
    """Keep a value until the session ends."""
    sealed = app().secrets.encrypt(json.dumps(value, ensure_ascii=False))
    request.session[name] = b64encode(sealed).decode() if sealed else ""


def get(request: HttpRequest, name: str) -> dict[str, Any]:
    """The value; empty where there is none or where no key opens it any more."""
    kept = request.session.get(name)
    opened = app().secrets.decrypt(b64decode(kept)) if kept else None
    value = json.loads(opened) if opened else {}
    return value if isinstance(value, dict) else {}


def drop(request: HttpRequest, name: str) -> None:
    """Forget it."""
    request.session.pop(name, None)
