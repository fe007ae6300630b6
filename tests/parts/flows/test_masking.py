"""Names are masked as whole words, whatever stands around them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories.reporters_names import ACCOUNTS, CONTACTS
from tests.stories.stage import refused, stage_on_fakes

from gongdao.domain.flows.masking import MASK, Masking, masking

AROUND = st.text(st.sampled_from("，。！ 他说：\n“”-_/（）"), max_size=6)


@given(CONTACTS | ACCOUNTS, AROUND, AROUND)
def test_a_name_is_masked_whatever_stands_around_it(name: str, before: str, after: str) -> None:
    mask = Masking((name,))
    text = f"{before}{name}{after}"
    assert mask(text) == f"{before}{MASK}{after}"
    assert mask(text.upper()) == mask(text).upper()
    with refused("decision.names_reporter"):
        mask.check("他骂人。", text)
    mask.check(mask(text))


@given(st.text())
def test_without_names_nothing_is_changed(text: str) -> None:
    assert Masking(())(text) == text
    Masking(()).check(text)


@pytest.mark.parametrize("text", ["anatomy", "banana", "ana2", "2ana"])
def test_a_part_of_another_word_is_no_name(text: str) -> None:
    assert Masking(("ana",))(text) == text


def test_signs_in_a_name_are_signs_and_no_pattern() -> None:
    mask = Masking(("a.b+c@x.org",))
    assert mask("a.b+c@x.org aXb+c@x.org") == f"{MASK} aXb+c@x.org"


def test_a_case_masks_all_that_its_reporters_are_known_by() -> None:
    stage = stage_on_fakes()
    zhang = stage.account("zhang_san")
    receipt = stage.report(zhang, contact="zs.2026@example.org")
    mask = masking(stage.records, stage.case(receipt.case))
    assert mask.names == ("zs.2026@example.org", "zhang_san", "zs.2026")
    assert mask("zs.2026@example.org、zs.2026、Zhang_San") == f"{MASK}、{MASK}、{MASK}"


def test_a_very_short_part_of_an_address_is_left_alone() -> None:
    stage = stage_on_fakes()
    receipt = stage.report(contact="zs@example.org")
    assert masking(stage.records, stage.case(receipt.case)).names == ("zs@example.org",)
