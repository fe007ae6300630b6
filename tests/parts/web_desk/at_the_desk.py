"""Short words for what one does and reads at the desk."""

from typing import Any

from django.test import Client

from gongdao.bootstrap import caller_of
from gongdao.domain.access.model import Caller
from gongdao.storage.models import Account

FINDINGS = "被举报人在评论区对楼主写了这句话。"
WHY = "这句话针对可以认出的人，属于规则列出的情形。"
VIOLATION = {
    "outcome": "violation",
    "clause": "abuse.insult",
    "findings": FINDINGS,
    "reasons": WHY,
}


def staff(name: str) -> Caller:
    """One of the staff, as the house knows them."""
    return caller_of(Account.objects.get(name=name))


def page(client: Client, path: str, status: int = 200) -> str:
    """A page's text."""
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def take(client: Client, case: str, step: str, status: int = 302, /, **said: str) -> str:
    """Take a step; the page that comes back, empty where the step was done."""
    answer: Any = client.post(f"/desk/{case}/{step}/", said)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def look(client: Client, case: str, step: str, /, **said: str) -> tuple[str, dict[str, str]]:
    """What a step would do, and what to send so that it is done."""
    answer: Any = client.post(f"/desk/{case}/{step}/", said)
    assert answer.status_code == 200, answer.content.decode()
    check = answer.context["check"]
    assert check is not None, answer.content.decode()
    return answer.content.decode(), {**said, "seen": check.seen, "sure": "yes"}
