"""Each recurring piece says what it must, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from gongdao.web import pieces, samples, times

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
"""13:00 in Shanghai."""


def shown(tag: str, language: str = "zh-hans", **context: object) -> str:
    with translation.override(language):
        return Template("{% load pieces %}" + tag).render(Context(context))


def a_clock(**more: object) -> pieces.Clock:
    clock = pieces.Clock("举报决定", NOW + timedelta(hours=28), NOW, "30 个工作日", "令10号")
    return replace(clock, **more)  # type: ignore[arg-type]


def test_a_clock_says_the_time_both_ways() -> None:
    assert "还剩 1 天 4 小时（11月23日 17:00 前）" in shown("{% clock c %}", c=a_clock())
    assert "1 day 4 hours left (by 23 November, 17:00)" in shown("{% clock c %}", "en", c=a_clock())


def test_a_clock_gives_its_rule_and_source_on_demand() -> None:
    page = shown("{% clock c %}", c=a_clock())

    assert page.index("<details") < page.index("30 个工作日") < page.index("令10号")


@pytest.mark.parametrize(
    ("more", "standing", "words"),
    [
        ({}, "running", "还剩"),
        ({"due": NOW + timedelta(hours=23)}, "soon", "时间不多了"),
        ({"due": NOW - timedelta(hours=3)}, "missed", "已超过 3 小时"),
        ({"state": pieces.ClockState.PAUSED}, "paused", "已暂停，剩余 1 天 4 小时"),
        ({"state": pieces.ClockState.DONE}, "done", "已按时完成"),
        ({"provisional": True}, "running", "日期暂定"),
    ],
)
def test_every_state_of_a_clock_is_said_in_words(
    more: dict[str, object], standing: str, words: str
) -> None:
    page = shown("{% clock c %}", c=a_clock(**more))

    assert f"clock-{standing}" in page
    assert words in page


def test_a_span_is_cut_and_never_promises_more_than_there_is() -> None:
    with translation.override("en"):
        assert times.span(timedelta(days=1, hours=23, minutes=59)) == "1 day 23 hours"
        assert times.span(timedelta(hours=2)) == "2 hours"
        assert times.span(timedelta(minutes=59, seconds=59)) == "59 minutes"
        assert times.span(timedelta(seconds=5)) == "less than a minute"


def test_a_year_is_said_unless_it_is_this_one() -> None:
    with translation.override("zh-hans"):
        assert times.moment(NOW, NOW) == "11月22日 13:00"
        assert times.moment(NOW, NOW.replace(year=2027)) == "2026年11月22日 13:00"


def test_a_share_of_few_says_that_it_tells_nothing() -> None:
    assert "样本太少" in shown("{% share 3 19 %}")
    assert "n = 19" in shown("{% share 3 19 %}")
    assert "<strong>25%</strong>" in shown("{% share 5 20 %}")


def test_a_comparison_with_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells, 2 columns"):
        pieces.Comparison("x", ("a", "b"), (pieces.Row("row", (pieces.Cell("1"),)),))


def test_a_comparison_marks_claims_and_silence() -> None:
    cells = (pieces.Cell("15 天", "文章甲", claimed=True), pieces.Cell(""))
    view = pieces.Comparison("x", ("a", "b"), (pieces.Row("row", cells),))

    page = shown("{% comparison v %}", v=view)

    assert "据称" in page
    assert "文章甲" in page
    assert "未说明" in page


def test_a_receipt_has_its_code_in_groups_and_as_a_drawing_without_style() -> None:
    page = shown("{% receipt v %}", v=samples.receipt(NOW))

    assert "<span>GD7K</span>-<span>4M9Q</span>" in page
    assert 'class="qr"' in page
    assert "style=" not in page
    assert samples.LEAF in page


def test_a_statement_carries_all_that_a_decision_must_say() -> None:
    view = samples.statement(NOW)

    page = shown("{% statement v %}", v=view)

    for each in (*view.facts, view.clause_text, *view.reasons, view.sanction, view.how):
        assert each in page
    for head in ("认定的事实", "适用的规则", "适用理由", "处置决定", "如果您不同意"):
        assert head in page
    assert "S8F3" in page


def test_what_people_write_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    view = replace(samples.snapshot(NOW), text=evil, title=evil, shows=evil)
    entry = replace(samples.timeline(NOW)[0], words=evil, detail=evil, role=evil)

    page = shown("{% snapshot v %}{% timeline t %}", v=view, t=[entry])

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_sensitive_snapshot_is_folded_and_another_is_not() -> None:
    view = samples.snapshot(NOW)

    assert "<details>" in shown("{% snapshot v %}", v=view)
    assert "<details open>" in shown("{% snapshot v %}", v=replace(view, sensitive=False))


def test_a_meter_counts_and_says_what_each_would_add() -> None:
    page = shown("{% meter v %}", v=samples.meter())

    assert "共 3 项，已有 2 项" in page
    assert "%" not in page
    assert all(item.adds in page for item in samples.meter())


def test_a_page_without_a_clock_says_that_no_time_limit_runs() -> None:
    page = shown("{% answers v %}", v=pieces.Answers("已受理", "等待决定"))

    assert "目前没有期限" in page
    assert "现在不需要您做什么" in page


class Told(forms.Form):
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    words = forms.CharField(widget=forms.Textarea, max_length=500, help_text="Say when.")
    link = forms.CharField(required=False)


def test_every_error_leads_to_a_field_that_is_there() -> None:
    form = Told(data={})

    page = shown("{% form_errors f %}{% for b in f %}{% field b %}{% endfor %}", f=form)

    assert 'href="#id_kind_0"' in page
    assert 'id="id_kind_0"' in page
    assert 'href="#id_words"' in page
    assert 'id="id_words"' in page
    assert "Words：" in page


def test_a_long_answer_is_counted_and_never_cut_by_the_browser() -> None:
    page = shown("{% field f.words %}", f=Told())

    assert "maxlength" not in page
    assert 'data-limit="500"' in page
    assert "最多 500 字" in page
    assert 'aria-describedby="id_words_helptext id_words-limit"' in page


def test_what_may_be_left_out_says_so() -> None:
    assert "（选填）" in shown("{% field f.link %}", f=Told())
    assert "（选填）" not in shown("{% field f.words %}", f=Told())
