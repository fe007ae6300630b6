"""The proxy that the documentation describes lets files through, and writes down no secret."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from tests.parts.house_pack import shipped

from gongdao.api.asgi import FORM_OF_FILES
from gongdao.api.fast import LARGEST_BATCH

PAGE = Path(__file__).parents[2] / "docs/how-to/run-in-production.md"
SECRET = re.compile(r"<(\w+:)?(code|ticket|token)>.*")
MEGABYTE = 1024 * 1024


def nginx() -> str:
    [block] = re.findall(r"```nginx\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(block)


def addresses(patterns: Any, before: str = "/") -> Iterator[str]:
    """Each address that this program answers, as it is declared."""
    for each in patterns:
        here = before + str(each.pattern).removeprefix("^")
        yield from addresses(each.url_patterns, here) if hasattr(each, "url_patterns") else [here]


def test_no_address_that_holds_a_secret_is_written_down() -> None:
    rules = [each.replace("?<", "?P<") for each in re.findall(r'"~(\S+)" \$door;', nginx())]
    secret = {SECRET.sub("", a) for a in addresses(get_resolver().url_patterns) if SECRET.search(a)}
    assert {"/track/", "/files/", "/api/v1/receipts/", "/api/v1/evidence/uploads/"} <= secret
    for begins in secret:
        found = [re.match(rule, f"{begins}SECRET/more") for rule in rules]
        assert [each["door"] for each in found if each] == [begins]
        assert f"`{begins}`" in PAGE.read_text("utf-8")


def test_what_we_take_gets_through_the_proxy() -> None:
    exhibits = shipped.pack().exhibits
    assert exhibits is not None
    found = re.findall(r"location (\S+ ?\S*) \{.*?client_max_body_size (\d+)m", nginx(), re.DOTALL)
    assert {where: int(most) * MEGABYTE for where, most in found} == {
        "/": LARGEST_BATCH,
        "~ /(evidence|mine/firm)/$": FORM_OF_FILES,
        "/api/v1/evidence/uploads/": exhibits.limits.file_bytes_max,
    }
    assert "proxy_request_buffering off" in nginx()
