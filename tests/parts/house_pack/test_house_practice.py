"""The practice cases: every stage occurs, and each step is one that the rules would allow."""

import itertools
import json
from collections import Counter, defaultdict

import pytest
from tests.parts.house_pack.shipped import EXAMPLES, PracticeCase, PracticeStep, policy, practice

from gongdao.domain.decisions.rules import choose_measure, due_rung, measure_of
from gongdao.domain.policy.model import Basis, Penalty, SubjectKind

CASES = practice()
# After a step, the steps that may come next; "" is the report itself.
FOLLOWS: dict[str, set[str]] = {
    "": {"accept", "decline", "withdraw"},
    "accept": {"request_answer", "note", "decide", "withdraw"},
    "note": {"request_answer", "note", "decide", "withdraw"},
    "request_answer": {"answer", "miss_answer", "withdraw", "talk"},
    "talk": {"answer", "miss_answer", "withdraw"},
    "answer": {"note", "decide", "withdraw"},
    "miss_answer": {"note", "decide", "answer", "withdraw"},
    "withdraw": {"request_answer", "note", "decide"},
    "decline": {"ask_review"},
    "decide": {"appeal", "ask_review", "sign_pledge"},
    "sign_pledge": set(),
    "appeal": {"assign", "uphold", "change", "overturn"},
    "ask_review": {"assign", "uphold", "overturn"},
    "assign": {"uphold", "change", "overturn"},
    "uphold": {"appeal", "ask_review"},
    "change": {"appeal"},
    "overturn": {"request_answer", "note", "decide"},
}
WORDS = {
    "accept": {"reasons"},
    "decline": {"ground", "findings", "reasons"},
    "request_answer": {"question"},
    "answer": {"text"},
    "note": {"note"},
    "decide": {"outcome", "clause", "findings", "reasons"},
    "withdraw": {"reasons"},
    "sign_pledge": {"text"},
    "appeal": {"grounds"},
    "ask_review": {"grounds"},
    "uphold": {"reasons"},
    "change": {"reasons", "measure"},
    "overturn": {"reasons"},
}


def everything() -> list[tuple[PracticeCase, PracticeStep]]:
    return [(case, step) for case in CASES for step in case.steps]


def test_there_are_about_sixty_and_no_two_alike() -> None:
    assert len(CASES) >= 55
    assert len({case.key for case in CASES}) == len(CASES)
    assert len({case.report.statement for case in CASES}) == len(CASES)
    assert 6 <= sum(case.report.language == "en" for case in CASES) <= 8


def test_everything_that_can_happen_happens() -> None:
    assert {step.do for _, step in everything()} == set(FOLLOWS) - {""}
    assert {case.subject.kind for case in CASES} == set(SubjectKind)
    assert {case.report.category for case in CASES} == {c.code for c in policy().categories}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_the_steps_follow_each_other_and_lie_in_the_past(case: PracticeCase) -> None:
    done = ["", *case.did()]

    assert all(later in FOLLOWS[before] for before, later in itertools.pairwise(done))
    assert sum(step.days_later for step in case.steps) <= case.days_ago


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_a_report_keeps_to_the_rules(case: PracticeCase) -> None:
    category, limits = policy().category(case.report.category), policy().limits

    assert category is not None
    assert case.subject.kind in category.subjects
    assert case.report.remedy in {remedy.code for remedy in policy().remedies}
    assert limits.statement_min <= len(case.report.statement) <= limits.statement_max
    assert len(case.subject.snapshot) <= limits.snapshot_max
    contact = case.report.contact
    assert contact is None or contact.endswith(("@example.org", "@example.com"))


@pytest.mark.parametrize(
    ("case", "step"), everything(), ids=lambda part: getattr(part, "key", None) or part.do
)
def test_a_step_says_what_it_must(case: PracticeCase, step: PracticeStep) -> None:
    given = step.with_.model_dump(exclude_defaults=True)

    assert WORDS.get(step.do, set()) <= set(given)
    assert all(10 <= len(text) <= policy().limits.reason_max for text in step.with_.said())
    assert case.report.contact is None or case.report.contact not in " ".join(step.with_.said())
    if step.do == "decline":
        assert policy().decline_ground(step.with_.ground or "") is not None
    if step.do == "decide":
        clause = policy().clause(step.with_.clause or "")
        assert clause is not None
        assert set(step.with_.legal_basis) <= {basis.code for basis in clause.legal_basis}


def test_where_cases_stand_today_covers_every_stage() -> None:
    ends = Counter("" if not case.steps else case.did()[-1] for case in CASES)
    late = [case for case in CASES if not case.steps and case.days_ago > 4]
    undecided = [c for c in CASES if c.steps and c.did()[-1] == "note" and c.days_ago > 14]

    assert ends.keys() >= {
        *("", "note", "request_answer", "answer", "miss_answer", "decide", "decline"),
        *("withdraw", "appeal", "assign", "uphold", "change", "overturn"),
    }
    assert late
    assert undecided


def test_stories_that_people_should_meet_are_there() -> None:
    told = [" ".join(case.did()) for case in CASES]

    for story in (
        "uphold appeal uphold",
        "uphold appeal overturn",
        "uphold appeal assign",
        "ask_review uphold",
        "ask_review overturn decide",
        "decline ask_review overturn",
        "withdraw request_answer",
        "miss_answer decide",
    ):
        assert any(story in one for one in told), story


def test_accounts_come_back_and_their_ladders_climb() -> None:
    penalties = ladder_of_practice()

    assert penalties["dao_ke_77"] == [
        Penalty.WARNING,
        Penalty.RESTRICTION,
        Penalty.RESTRICTION,
        Penalty.SUSPENSION,  # the fourth, raised by a missed answer
        Penalty.SUSPENSION,
    ]
    assert penalties["youhui_zhuan"][-1] is Penalty.CLOSURE
    assert penalties["kefu_zhongxin_009"] == [Penalty.CLOSURE, Penalty.NO_REGISTRATION]
    assert sum(len(several) >= 2 for several in penalties.values()) >= 5
    assert {penalty for several in penalties.values() for penalty in several} == set(Penalty)


def ladder_of_practice() -> dict[str, list[Penalty]]:
    """Each account's penalties in order of time, as the rules give them."""
    decided = sorted(
        ((ago, case, step) for case in CASES for ago, step in case.decided()),
        key=lambda made: -made[0],
    )
    count: Counter[tuple[str, str]] = Counter()
    penalties: dict[str, list[Penalty]] = defaultdict(list)
    for _, case, step in decided:
        account, clause = case.subject.account, policy().clause(step.with_.clause or "")
        if account is None or clause is None:
            continue
        forgiven = case.did()[-1] == "overturn"
        strike = count[account, clause.code] + 1
        raised = policy().procedure.answer.raise_by * ("miss_answer" in case.did())
        due = measure_of(due_rung(clause, strike, raised))
        wanted = step.with_.measure
        asked = type(due)(wanted.penalty, wanted.scope, wanted.duration) if wanted else None
        penalties[account].append(choose_measure(due, asked, step.with_.departure).penalty)
        count[account, clause.code] += not forgiven
    return penalties


def test_a_change_on_appeal_is_milder_than_what_was_decided() -> None:
    changed = [(case, step) for case, step in everything() if step.do == "change"]

    for case, step in changed:
        assert case.subject.account is not None
        assert step.with_.measure is not None
        was = ladder_of_practice()[case.subject.account][-1]
        assert step.with_.measure.penalty.height < was.height


def test_example_posts_are_half_and_half() -> None:
    lines = (EXAMPLES / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    posts = [json.loads(line) for line in lines]

    assert len(posts) == 12
    assert all(set(post) == {"text", "label", "account", "topic"} for post in posts)
    assert Counter(post["label"] for post in posts) == {0: 6, 1: 6}
    assert max(Counter(post["account"] for post in posts).values()) >= 3


def test_no_figure_of_the_practice_cases_is_presented_as_measured() -> None:
    assert Basis.MEASURED not in {clause.basis for clause in policy().clauses}
