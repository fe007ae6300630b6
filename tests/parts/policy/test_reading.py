"""Reading what was written gives the same pack; lengths and shares survive in both directions."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.policy.samples import figure, pack, words

from gongdao.bootstrap import pack_texts
from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy import nodes
from gongdao.domain.policy.figures import Length, Measure, percent
from gongdao.domain.policy.nodes import MAX_VALUES
from gongdao.domain.policy.reading import check_pack, dump_pack, parse_pack

# What YAML cannot hold (control characters, half characters) or turns into a line end is left out.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1
)
BRACELESS = TEXT.filter(lambda text: not set(text) & set("{}"))
WORDS = st.fixed_dictionaries({"zh": TEXT, "en": TEXT})
LENGTHS = st.builds(
    lambda a, b, m: str(Length(min(a, b), max(a, b), m)),
    st.integers(0, 99999),
    st.integers(0, 99999),
    st.sampled_from(Measure),
)
SHARES = st.integers(0, 10000).map(lambda n: percent(Decimal(n) / 10000))
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat)
FIGURES = st.builds(figure, LENGTHS | WORDS, note=st.none() | WORDS, unit=st.none() | WORDS)
PACKS = st.builds(
    pack,
    version=DAYS,
    since=DAYS,
    summary=st.none() | WORDS,
    appeal=st.fixed_dictionaries(
        {},
        optional={
            "window": FIGURES,
            "manual_review": SHARES.map(figure),
            "handling": st.tuples(FIGURES, FIGURES, WORDS).map(
                lambda three: [three[0] | {"why": three[2]}, three[1] | {"used": False}]
            ),
        },
    ),
    report=st.fixed_dictionaries(
        {}, optional={"steps": (st.integers(0) | st.floats(0, 1e9)).map(figure)}
    ),
    notices=st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?", fullmatch=True),
        st.fixed_dictionaries(
            {
                "gaps": st.just(["code"]),
                "zh": st.just({"subject": "回执", "body": "编号 {code}"}),
                "en": st.fixed_dictionaries({"subject": st.just("Receipt"), "body": BRACELESS}),
            }
        ),
        max_size=2,
    ),
)


@settings(max_examples=60, deadline=None)
@given(PACKS)
def test_reading_what_was_written_gives_the_same_pack(written: object) -> None:
    assert parse_pack(dump_pack(written), "sample") == written  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "least", "most", "measure", "zh", "en"),
    [
        ("24h", 24, 24, Measure.HOURS, "24 小时", "24 hours"),
        ("1h", 1, 1, Measure.HOURS, "1 小时", "1 hour"),
        ("1-3wd", 1, 3, Measure.WORKING_DAYS, "1–3 个工作日", "1–3 working days"),
        ("7d", 7, 7, Measure.DAYS, "7 天", "7 days"),
        ("5min", 5, 5, Measure.MINUTES, "5 分钟", "5 minutes"),
    ],
)
def test_lengths_are_read_and_said(
    written: str, least: int, most: int, measure: Measure, zh: str, en: str
) -> None:
    length = Length.parse(written)
    assert length == Length(least, most, measure)
    assert str(length) == written
    assert (length.words.zh, length.words.en) == (zh, en)


def test_a_clock_runs_the_whole_of_a_range() -> None:
    assert Length.parse("1-3wd").longest == Span(3, Unit.WORKING_DAYS)
    assert Length.parse("5min").longest is None


@pytest.mark.parametrize("written", ["", "7", "7 d", "d", "-1d", "3-1d", "1-2-3d", "7D", "１d"])
def test_what_is_no_length_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"length|backwards"):
        Length.parse(written)


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    sample = pack(summary=words("一", "One"))
    text = dump_pack(sample)["pack.yaml"]
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert parse_pack({"pack.yaml": windows}, "sample") == sample


def test_a_few_lines_that_unfold_to_millions_of_values_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 8)
    )
    problems = check_pack({"pack.yaml": bomb}, "sample")
    assert [p.code for p in problems] == ["pack.yaml_syntax"]
    assert str(MAX_VALUES) in problems[0].what


def test_both_yaml_readers_find_the_same_values_on_the_same_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [(name, text) for files in pack_texts().values() for name, text in files.items()]
    fast = [nodes.read(name, text) for name, text in texts]
    monkeypatch.setattr(nodes, "FAST", None)
    assert [nodes.read(name, text) for name, text in texts] == fast


@pytest.mark.parametrize("depth", [150, 5000, 50_000])
def test_a_pack_nested_too_deep_is_refused(depth: int) -> None:
    problems = check_pack({"pack.yaml": "[" * depth + "]" * depth}, "sample")
    assert problems[0].what.endswith("nested too deep" if depth > 150 else "does not fit")


def test_an_older_version_lies_in_a_folder_of_its_name() -> None:
    files = dump_pack(pack("2026-05-01"))
    assert check_pack(files, "sample/2026-05-01") == []
    codes = {p.code for p in check_pack(files, "sample/2026-06-01")}
    assert codes == {"pack.misplaced"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_bring_the_reader_down(content: bytes) -> None:
    problems = check_pack({"pack.yaml": content, "cases.yaml": content}, "sample")
    assert problems
    assert all(problem.hint and problem.what for problem in problems)
