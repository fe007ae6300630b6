"""Writing a notice from its template."""

from collections.abc import Mapping

from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.templates import NoticeTemplate, NoticeText


def template(pack: RulePack, code: str) -> NoticeTemplate:
    """The template of a notice; PackInvalid if the pack does not have it."""
    found = pack.notices.get(code)
    if found is None:
        raise PackInvalid(
            "pack.no_notice",
            hint_noop("The pack {pack} has no notice {notice}. Add it to its notices."),
            pack=str(pack.ref),
            notice=code,
        )
    return found


def write(text: NoticeText, gaps: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body with their gaps filled; a gap without a value is left empty."""
    values = _Gaps(gaps)
    body = text.body.format_map(values)
    return text.subject.format_map(values), body


class _Gaps(dict[str, str]):
    """A missing value never stops a notice: what is known is told."""

    def __missing__(self, key: str) -> str:
        return ""
