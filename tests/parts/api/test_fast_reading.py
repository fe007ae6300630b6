"""The fast route takes nothing that the common one would not, and reads it alike."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gongdao.api import reports, schemas
from gongdao.api.fast_reading import REPORT

PLAIN: dict[str, Any] = {
    "subject": {"kind": "content", "ref": "p-1", "snapshot": "原文", "account": "li_si"},
    "category": "abuse",
    "statement": "他骂人。",
    "remedy": None,
    "contact": "a@b.cn",
    "language": "en",
    "reporter_account": "zhang_san",
    "group": "读书会",
}
FIELDS = [*PLAIN, "subject.kind", "subject.ref", "subject.snapshot", "subject.account", "more"]
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.just([]), st.just({}),
    st.sampled_from(["content", "group", "en", "fr", "", " ", "字" * 81, "x" * 201, "y" * 501]),
    st.sampled_from(["z" * 1001, "字" * 20_001, "字" * 20_000]),
)  # fmt: skip


def changed(field: str, value: object) -> dict[str, Any]:
    """The plain report with one field changed."""
    head, _, tail = field.partition(".")
    inner = {**PLAIN["subject"], tail: value} if tail else value
    return {**PLAIN, head: inner}


@given(st.sampled_from(FIELDS), VALUES)
def test_whatever_it_reads_the_common_route_reads_alike(field: str, value: object) -> None:
    body = json.dumps(changed(field, value)).encode()
    try:
        fast = REPORT.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return
    common = schemas.ReportIn.model_validate_json(body)
    assert fast.submission() == reports._submission(common)
    assert fast.reporter_account == common.reporter_account


@pytest.mark.parametrize("field", [*PLAIN, "subject.account"])
def test_a_plain_report_is_read_here_with_and_without_a_field(field: str) -> None:
    assert REPORT.decode(json.dumps(PLAIN).encode()).submission().subject_ref == "p-1"
    head, _, tail = field.partition(".")
    less = {k: v for k, v in PLAIN.items() if k != field}
    if tail:
        less["subject"] = {k: v for k, v in PLAIN["subject"].items() if k != tail}
    body = json.dumps(less).encode()
    try:
        schemas.ReportIn.model_validate_json(body)
    except ValidationError:
        with pytest.raises(msgspec.ValidationError):
            REPORT.decode(body)
    else:
        REPORT.decode(body)
    assert head in PLAIN
