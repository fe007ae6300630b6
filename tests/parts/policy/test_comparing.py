"""Packs side by side, and what a new version changes."""

from datetime import date

from tests.fakes.house import shipped_packs
from tests.parts.policy.samples import CLAIM, figure, pack, words

from gongdao.domain.policy.comparing import About, Change, ChangeKind, Quote, Row, compare, diff
from gongdao.domain.policy.model import Basis, Words


def row(table_rows: tuple[Row, ...], key: str) -> Row:
    return next(row for row in table_rows if row.key == key)


QUICK = pack(
    platform="quick",
    appeal={
        "window": figure("3d"),
        "handling": [
            figure("1-3d", used=False),
            figure("1-3wd", why=words("取较长者", "The longer one")),
        ],
    },
)
SLOW = pack(platform="slow", appeal={"manual_review": figure("60%")})


def test_packs_stand_side_by_side_with_source_and_basis() -> None:
    table = compare([QUICK, SLOW], About.APPEAL)
    assert [column.ref.platform for column in table.columns] == ["quick", "slow"]
    window = row(table.rows, "appeal.window")
    assert window.label == Words(zh="申诉有效期", en="Window")
    assert window.cells == (
        (Quote(Words(zh="3 天", en="3 days"), "article_1", date(2026, 11, 21), Basis.CLAIMED),),
        (),
    )
    assert window.cells[0][0].claimed


def test_the_figure_that_we_go_by_comes_first_and_the_other_stays() -> None:
    table = compare([QUICK], About.APPEAL)
    used, other = row(table.rows, "appeal.handling").cells[0]
    assert (used.text.zh, used.used, other.text.zh, other.used) == (
        "1–3 个工作日",
        True,
        "1–3 天",
        False,
    )
    assert used.why == Words(zh="取较长者", en="The longer one")


def test_rows_on_which_nobody_says_anything_are_left_out() -> None:
    assert [row.key for row in compare([SLOW], About.APPEAL).rows] == ["appeal.manual_review"]
    assert compare([SLOW], About.PENALTIES).rows == ()


def test_rules_are_matched_by_code_across_packs() -> None:
    spam = dict(CLAIM) | {"code": "spam", "title": words("骚扰", "Spam")}
    one = pack(violations=[spam | {"duration": figure("7-15d"), "difficulty": "high"}])
    fraud = dict(CLAIM) | {"code": "fraud", "title": words("诈骗", "Fraud")}
    ladder = [dict(CLAIM) | {"strikes": 3, "then": words("封号", "Closure")}]
    two = pack(platform="two", violations=[fraud, spam | {"ladder": ladder}])
    table = compare([one, two], About.PENALTIES)
    assert [r.key for r in table.rows] == ["spam", "fraud"]
    mine, theirs = row(table.rows, "spam").cells
    assert [(q.label.en, q.text.en) for q in mine if q.label] == [
        ("Lasts", "7–15 days"),
        ("Difficulty", "high"),
    ]
    assert [q.text.en for q in theirs] == ["from strike 3: Closure"]


def test_with_a_day_only_rules_in_force_on_it_are_shown() -> None:
    limit: dict[str, object] = dict(CLAIM) | {
        "who": words("商家", "Merchant"),
        "title": words("回复", "Reply"),
    }
    before, since = {"from": "2020-01-01", "to": "2024-03-24"}, {"from": "2024-03-25"}
    clocks = [
        limit | {"code": "old", "limit": figure("72h"), "in_force": before},
        limit | {"code": "new", "limit": figure("48h"), "in_force": since},
    ]
    packs = [pack(clocks=clocks)]
    on = {d: [r.key for r in compare(packs, About.CLOCKS, d).rows] for d in DAYS}
    assert on == {DAYS[0]: ["old"], DAYS[1]: ["new"]}
    assert len(compare(packs, About.CLOCKS).rows) == 2


DAYS = (date(2024, 3, 24), date(2024, 3, 25))


def test_every_topic_can_be_compared_even_when_packs_say_nothing() -> None:
    assert [compare([SLOW], about).about for about in About] == list(About)


def test_a_version_against_itself_has_no_changes() -> None:
    assert diff(QUICK, QUICK) == []


def test_a_diff_names_what_was_added_removed_and_changed() -> None:
    old = pack("2026-11-01", appeal={"window": figure("7d"), "manual_review": figure("85%")})
    new = pack("2026-12-01", appeal={"window": figure("3d"), "handling": figure("1d")})
    changes = diff(old, new)
    assert Change("appeal.window[article_1].value", ChangeKind.CHANGED, "7d", "3d") in changes
    assert Change("appeal.handling[article_1].value", ChangeKind.ADDED, None, "1d") in changes
    gone = "appeal.manual_review[article_1].value"
    assert Change(gone, ChangeKind.REMOVED, "85%", None) in changes
    assert not [change for change in changes if change.path in {"platform", "version"}]


def test_a_rule_that_only_moved_is_no_change() -> None:
    rules = [dict(CLAIM) | {"code": c, "title": words(c, c)} for c in ("a", "b", "c")]
    assert diff(pack(stages=rules), pack(stages=rules[::-1])) == []


def test_an_operators_own_rules_stand_in_the_same_rows() -> None:
    house = shipped_packs().versions("house")[0]
    assert house.cases is not None
    penalties = compare([SLOW, house], About.PENALTIES)
    assert [r.key for r in penalties.rows] == [clause.code for clause in house.cases.clauses]
    first = penalties.rows[0].cells[1]
    assert first[0].text.zh.startswith("第 1 次起：")
    assert not any(quote.claimed for quote in first)
    window = row(compare([house], About.APPEAL).rows, "appeal.window").cells[0][0]
    assert window.text.zh == f"{house.cases.appeals.levels[0].window.amount} 天"
    complaints = compare([house], About.COMPLAINTS)
    assert [r.key for r in complaints.rows] == [c.code for c in house.cases.categories]
