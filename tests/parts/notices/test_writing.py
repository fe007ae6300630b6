"""Notices are written from their templates, and what is not known is left out."""

from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.house import shipped_packs
from tests.stories.stage import refused

from gongdao.domain.kernel.errors import PackInvalid
from gongdao.domain.notices.rules import template, write
from gongdao.domain.policy.templates import NoticeText

HOUSE = next(p for p in shipped_packs().packs.values() if p.ref.platform == "house")


@given(st.sampled_from(sorted(HOUSE.notices)), st.sampled_from(["zh", "en"]), st.text())
def test_every_template_can_be_written_with_any_words(code: str, language: str, word: str) -> None:
    found = template(HOUSE, code)
    text = found.in_(language)
    gaps = dict.fromkeys(found.gaps, word)
    subject, body = write(text, gaps)
    assert "{" not in (subject + body).replace(word, "")
    assert write(text, {})[1]


def test_words_with_braces_stay_words() -> None:
    text = NoticeText(subject="{subject}", body="{subject}")
    assert write(text, {"subject": "{receipt} {0} {{x}}"}) == (
        "{receipt} {0} {{x}}",
        "{receipt} {0} {{x}}",
    )


def test_a_notice_that_the_pack_does_not_have() -> None:
    with refused("pack.no_notice", PackInvalid, notice="birthday"):
        template(HOUSE, "birthday")
