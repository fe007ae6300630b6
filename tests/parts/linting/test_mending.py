"""Taking a better wording: the clause is replaced or left out, and what stays still reads."""

import pytest

from gongdao.domain.linting.mending import mended


@pytest.mark.parametrize(
    ("text", "passage", "better", "reads"),
    [
        ("你们根本不懂规则。请看证据1。", "根本不懂", "我的理解不同", "我的理解不同。请看证据1。"),
        ("我在引用，你们根本不懂！", "根本不懂", "我的理解不同", "我在引用，我的理解不同！"),
        ("闭嘴。我在引用。", "闭嘴", "", "我在引用。"),
        ("我在引用，闭嘴。", "闭嘴", "", "我在引用。"),
        ("我在引用，闭嘴，请看证据1。", "闭嘴", "", "我在引用，请看证据1。"),
        ("闭嘴", "闭嘴", "", ""),
        (
            "This is a joke. See exhibit 1.",
            "a joke",
            "please say why",
            "Please say why. See exhibit 1.",
        ),
        ("I paid 2.50 yuan, shut up. See 1.", "shut up", "", "I paid 2.50 yuan. See 1."),
        ("Shut up. See exhibit 1.", "Shut up", "", "See exhibit 1."),
    ],
)
def test_what_stays_still_reads(text: str, passage: str, better: str, reads: str) -> None:
    start = text.index(passage)
    assert mended(text, start, start + len(passage), better) == reads
