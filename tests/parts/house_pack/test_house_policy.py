"""What the operator's own rules promise to the people who are judged by them."""

from datetime import date

import pytest
from tests.parts.house_pack.shipped import pack, policy, problems

from gongdao.domain.decisions.rules import due_rung, measure_of
from gongdao.domain.policy.model import Basis, Clause, Penalty, Scope, SubjectKind


def clause(code: str) -> Clause:
    found = policy().clause(code)
    assert found is not None
    return found


def test_the_checker_finds_nothing_wrong() -> None:
    assert problems() == []


def test_every_clause_is_reached_from_a_category() -> None:
    reached = {code for category in policy().categories for code in category.clauses}

    assert reached == {one.code for one in policy().clauses}


def test_every_subject_can_be_reported() -> None:
    fitting = {kind for category in policy().categories for kind in category.subjects}

    assert fitting == set(SubjectKind)


@pytest.mark.parametrize("one", policy().clauses, ids=lambda one: one.code)
def test_a_clause_shows_what_falls_under_it_and_what_does_not(one: Clause) -> None:
    assert len(one.examples) >= 2
    assert len(one.counter_examples) >= 2
    assert one.in_force.holds_on(date(2026, 11, 21))


LADDERS = [
    # Mission row B7: the first rungs that the articles name, and the third time.
    ("inducement.share", 1, Penalty.RESTRICTION, Scope.POSTING, "24h"),
    ("inducement.off_site", 1, Penalty.RESTRICTION, Scope.POSTING, "24h"),
    ("inducement.share", 3, Penalty.CLOSURE, Scope.ACCOUNT, "None"),
    ("inducement.off_site", 3, Penalty.CLOSURE, Scope.ACCOUNT, "None"),
    ("marketing.false_claim", 1, Penalty.RECTIFICATION, Scope.CONTENT, "3d"),
    ("marketing.false_claim", 2, Penalty.RESTRICTION, Scope.POSTING, "7d"),
    ("marketing.false_claim", 3, Penalty.CLOSURE, Scope.ACCOUNT, "None"),
    ("abuse.harassment", 1, Penalty.RESTRICTION, Scope.MESSAGING, "7d"),
    ("abuse.harassment", 2, Penalty.SUSPENSION, Scope.ACCOUNT, "15d"),
    ("abuse.harassment", 3, Penalty.CLOSURE, Scope.ACCOUNT, "None"),
    ("fraud.funds", 1, Penalty.CLOSURE, Scope.ACCOUNT, "None"),
    ("fraud.funds", 2, Penalty.NO_REGISTRATION, Scope.ACCOUNT, "None"),
    ("fraud.funds", 9, Penalty.NO_REGISTRATION, Scope.ACCOUNT, "None"),
    # The operator's own: a quarrel climbs slowly.
    ("abuse.insult", 1, Penalty.WARNING, Scope.CONTENT, "None"),
    ("abuse.insult", 4, Penalty.RESTRICTION, Scope.POSTING, "7d"),
    ("abuse.insult", 5, Penalty.SUSPENSION, Scope.ACCOUNT, "15d"),
]


@pytest.mark.parametrize(("code", "strike", "penalty", "scope", "duration"), LADDERS)
def test_a_ladder_says(
    code: str, strike: int, penalty: Penalty, scope: Scope, duration: str
) -> None:
    measure = measure_of(due_rung(clause(code), strike))

    assert (measure.penalty, measure.scope) == (penalty, scope)
    assert str(measure.duration) == duration


def test_what_the_articles_say_is_marked_as_claimed() -> None:
    claimed = {one.code: one.source for one in policy().clauses if one.basis is Basis.CLAIMED}

    assert claimed == dict.fromkeys(
        (
            "abuse.harassment",
            "fraud.funds",
            "inducement.off_site",
            "inducement.share",
            "marketing.false_claim",
        ),
        "001_40f9f88a08b58fc2",
    )


def test_an_unanswered_question_raises_the_penalty_as_an_article_claims() -> None:
    answer = policy().procedure.answer

    assert (str(answer.span), answer.raise_by) == ("48h", 1)
    assert (answer.source, answer.basis) == ("000_e0db3b226a0a5e32", Basis.CLAIMED)


@pytest.mark.parametrize("code", ["review.extortion", "review.not_genuine"])
def test_a_consumer_review_is_never_deleted(code: str) -> None:
    one = clause(code)

    assert "不会被删除" in one.definition.zh
    assert "never deleted" in one.definition.en
    assert "ecommerce.39" in {basis.code for basis in one.legal_basis}
    assert one.ladder[0].penalty is not Penalty.CLOSURE


@pytest.mark.parametrize(
    ("code", "until", "goes_on"),
    [
        ("abuse", "decided", False),
        ("infringement", "decided", False),
        ("review", "decided", False),
        ("fraud", "decided", True),
        ("privacy", "decided", True),
        ("inducement", "accepted", True),
        ("threat", "accepted", True),
    ],
)
def test_withdrawing_ends_what_concerns_the_reporter_alone(
    code: str, until: str, *, goes_on: bool
) -> None:
    category = policy().category(code)

    assert category is not None
    assert (category.withdrawal.until, category.withdrawal.case_goes_on) == (until, goes_on)


def test_two_levels_of_appeal_and_four_ways_outside() -> None:
    appeals = policy().appeals

    assert [(str(level.window), level.senior) for level in appeals.levels] == [
        ("180d", False),
        ("30d", True),
    ]
    assert [route.code for route in appeals.routes] == [
        "consumer_association",
        "12315",
        "12377",
        "court",
    ]


def test_the_pack_holds_while_its_clauses_do() -> None:
    first = pack().in_force.from_

    assert all(one.in_force.holds_on(first) for one in policy().clauses)
