from datetime import datetime

from hypothesis import given
from hypothesis import strategies as some
from tests.parts.house_pack import shipped
from tests.stories.stage import refused

from gongdao.domain.evidence.file_text import Part, ReadFile
from gongdao.domain.evidence.findings import About, Look
from gongdao.domain.evidence.hidden_text import TextChoice, ledger_of, redacted
from gongdao.domain.evidence.hiding import Ledger
from gongdao.domain.evidence.noticing import Beside
from gongdao.domain.evidence.noticing_text import look_at_file
from gongdao.domain.evidence.personal_data import DataKind
from gongdao.domain.kernel.clock import CHINA

BESIDE = Beside("", ("haoyun_2031",), datetime(2026, 11, 21, tzinfo=CHINA))
CHAT = """\
阿杰 2026-11-03 21:03
加我 13800138000，身份证 11010519491231
002X
老陈 2026-11-03 21:05
订单编号：20261103123
45678901
号码 138-0013-8000 就是 haoyun_2031 的
阿杰 2026-11-03 21:06
１３８００１３８０００ 王女士收，Haoyun_2031"""


def look_at(text: str) -> Look:
    return look_at_file(ReadFile((Part("", text),)), BESIDE, shipped.pictures())


def personal(look: Look) -> dict[str, int]:
    found = [(n, each) for n, each in enumerate(look.found) if each.about is About.PERSONAL]
    return {each.written: n for n, each in found}


def test_one_value_is_one_finding_with_every_place_of_it() -> None:
    look = look_at(CHAT)
    found = personal(look)
    assert set(found) == {
        "13800138000", "11010519491231002X", "2026110312345678901", "haoyun_2031", "王",
    }  # fmt: skip
    phone = look.found[found["13800138000"]]
    assert [span.line for span in phone.spans] == [1, 6, 8]
    broken = look.found[found["11010519491231002X"]]
    assert [(span.line, span.start, span.end) for span in broken.spans] == [(1, 19, 33), (2, 0, 4)]
    assert look.found[found["haoyun_2031"]].says == "name.form", "not whose it is"
    order = next(each for each in look.found if each.about is About.NUMBER)
    assert order.written == "2026110312345678901"


def test_what_is_accepted_survives_nowhere_and_the_rest_stays() -> None:
    look = look_at(CHAT)
    found = personal(look)
    wanted = ("13800138000", "11010519491231002X", "haoyun_2031")
    text, _ = redacted(look, TextChoice(tuple(found[each] for each in wanted)), Ledger({}))
    assert text == (
        "阿杰 2026-11-03 21:03\n加我 [电话1]，身份证 [身份证号1]\n"
        "老陈 2026-11-03 21:05\n订单编号：20261103123\n45678901\n号码 [电话1] 就是 [姓名1] 的\n"
        "阿杰 2026-11-03 21:06\n[电话1] 王女士收，[姓名1]"
    )


def test_own_passages_and_whole_lines_are_hidden_wherever_they_stand() -> None:
    look = look_at(CHAT)
    choice = TextChoice(lines=(4,), passages=("阿杰", "就是  haoyun_2031"))
    text, ledger = redacted(look, choice, Ledger({}))
    assert "阿杰" not in text
    assert text.startswith("[隐去1] 2026-11-03 21:03\n")
    assert "[隐去2]\n45678901\n号码 138-0013-8000 [隐去3] 的" in text
    assert len(ledger.numbers) == 3
    with refused("look.not_in_text"):
        redacted(look, TextChoice(passages=("没有这句",)), Ledger({}))
    with refused("look.not_in_text"):
        redacted(look, TextChoice(accepted=(0,)), Ledger({}))
    with refused("look.not_in_text"):
        redacted(look, TextChoice(lines=(99,)), Ledger({}))


def test_a_short_word_is_hidden_as_a_word_alone() -> None:
    look = look_at("li said lily\nLi.")
    text, _ = redacted(look, TextChoice(passages=("lily",)), Ledger({}))
    assert text == "li said [隐去1]\nLi."


def test_numbers_of_what_was_erased_are_not_given_again() -> None:
    ledger = Ledger({}, {DataKind.PHONE: 4})
    look = look_at("13800138000")
    text, now = redacted(look, TextChoice((personal(look)["13800138000"],)), ledger)
    assert (text, now.numbers) == ("[电话5]", {(DataKind.PHONE, "13800138000"): 5})
    assert ledger_of([]) == Ledger({}, {})


@given(some.text(alphabet="阿杰王1385002X- \n女士：订单号路号", max_size=120))
def test_no_text_breaks_it_and_what_was_accepted_is_gone(text: str) -> None:
    look = look_at(f"{text}\n13800138000 和 {text}")
    found = personal(look)
    clean, _ = redacted(look, TextChoice(tuple(found.values())), Ledger({}))
    bare = "".join(char for char in clean if char.isalnum())
    long = [each for each in found if len(each) > 6 and each.isdecimal()]
    assert [each for each in long if each in bare] == []
