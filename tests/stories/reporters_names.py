"""Reporters as they might be called, and what their respondents read: for invariant 3."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from hypothesis import strategies as st
from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.flows.talk_views import exported
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Reader

_LATIN = st.from_regex(r"[a-z][a-z0-9]{1,4}[._-]?[a-z0-9]{2,6}", fullmatch=True)
_DOMAINS = st.sampled_from(["example.org", "邮箱.example", "mail.example.cn"])
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王欧阳司马", "静雯昊然梓萱浩宇欣怡芷若"
_CHINESE = st.builds(
    "{}{}{}".format, st.sampled_from(_SURNAMES), st.sampled_from(_GIVEN), st.sampled_from(_GIVEN)
)
_PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)

CONTACTS = st.one_of(
    st.builds("{}@{}".format, _LATIN, _DOMAINS),
    _PHONES,
    _CHINESE,
    st.builds("wx_{}".format, _LATIN),
)
"""How somebody can be reached, and by which they are known."""

ACCOUNTS = st.one_of(_LATIN, _CHINESE, _PHONES)
"""Names of accounts."""

STATEMENTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=12, max_size=200
)
"""What somebody writes, in any script."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything that would give a reporter away."""

    marks: tuple[str, ...]

    def found_in(self, text: str) -> list[str]:
        """What of it stands in a text."""
        flat = text.casefold()
        return [mark for mark in self.marks if mark.casefold() in flat]


def names_of(*known: str | None) -> tuple[str, ...]:
    """Names, and the part of an address before the @."""
    names = [name for name in known if name]
    return (*names, *(name.partition("@")[0] for name in names if "@" in name))


def identity_of(stage: Stage, receipt: Receipt, statement: str, names: tuple[str, ...]) -> Identity:
    """What must not be read by the other side."""
    person = stage.records.reports.get(receipt.report).reporter
    code = receipt.code
    ids = (person, receipt.report, receipt.leaf, code, code.replace("-", ""))
    return Identity((*ids, statement, *names))


def respondent_reads(stage: Stage, case: CaseId, respondent: Caller) -> str:
    """All that a respondent can read of a case: the view, every notice in full, every talk."""
    opened = stage.records.opened
    parts = list(words(stage.app.files.open(case, respondent)))
    disputes = stage.app.disputes
    for talk in disputes.talks_inside.of_case(case, respondent):
        view = disputes.negotiating.view(disputes.talk_door.ours(talk, respondent))
        parts += [*words(view), json.dumps(exported(view), ensure_ascii=False)]
    for notice in stage.notices(case):
        if notice.reader is Reader.RESPONDENT:
            for letter in (notice.zh, notice.en):
                parts += [opened(letter.subject), opened(letter.body)]
    return "\n".join(parts)


def words(value: object) -> Iterator[str]:
    """Every word of a record, however deep."""
    if is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from words(each)
    else:
        yield str(value)
