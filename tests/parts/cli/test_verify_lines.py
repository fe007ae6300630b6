"""What `gongdao verify` says of one thing is a sentence in both languages."""

import pytest

from gongdao.cli.verify_lines import sentence
from gongdao.domain.evidence.checked import Check, Line, Outcome


@pytest.mark.parametrize(
    ("code", "about", "said"),
    [
        (
            "records.not_checked",
            "data/packet.json",
            (
                "存证未检查：data/packet.json 无法读取 · "
                "Records were not checked: data/packet.json cannot be read"
            ),
        ),
        (
            "exhibits.left_out",
            "exhibit 2 original",
            (
                "文件未放入材料包，只有指纹：证据 2 原件 · "
                "This file was left out, only its hash is there: exhibit 2 original"
            ),
        ),
        (
            "exhibits.other_time",
            "exhibit 3",
            (
                "收到时间与存证不一致：证据 3 · "
                "The time of receipt is not the one in the record: exhibit 3"
            ),
        ),
        (
            "folder.missing",
            "data/exhibits/01/a.png",
            "文件缺失：data/exhibits/01/a.png · This file is missing",
        ),
        ("folder.missing", "exhibit 1 \x1b[2J", "文件缺失：exhibit 1 �[2J · This file is missing"),
    ],
)
def test_a_line_says_what_it_is_about(code: str, about: str, said: str) -> None:
    check = Check(code.partition(".")[0])
    assert sentence(Line(check, Outcome.FAILED, code, about)) == said
