"""Cases about whoever goes on are looked at a little earlier, told before, and not for longer."""

from datetime import timedelta

import pytest
from tests.stories.http_teller import about
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres
from tests.stories.test_grades_of_accounts import WHY, Fallen, fallen
from tests.stories.test_many_reports import differences, sent, sorted_out
from tests.stories.test_pulling import pulled

from gongdao import bootstrap
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.graded import effects
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.standing.account_rules import Ruling
from gongdao.domain.standing.accounts import Ruled
from gongdao.domain.triage.model import Factor, FactorKind, Waiting

HOUR = timedelta(hours=1)


@pytest.fixture
def on(fakes: Stage) -> Fallen:
    return fallen(fakes)


def about_li_si(stage: Stage, account: str = "li_si") -> CaseId:
    """A case about another post of an account each time."""
    return stage.report(subject_ref=f"post-{stage.records.new_id()}", account=account).case


def waiting(stage: Stage, case: CaseId) -> Waiting:
    found = stage.records.queues.get(case)
    assert found is not None
    return found


def ahead(stage: Stage, case: CaseId) -> timedelta:
    """By how much a case stands before where its category alone would put it."""
    plain = waiting(stage, about_li_si(stage, "sun_qi"))
    mine = waiting(stage, case)
    return (plain.rank - plain.opened_at) - (mine.rank - mine.opened_at)


def test_what_is_told_begins_in_its_time_and_moves_what_waits(on: Fallen) -> None:
    stage = on.stage
    early = about_li_si(stage)
    assert ahead(stage, early) == timedelta(0)  # told, and not begun
    for language, words in (("zh", "像多等了 1 小时那样早一点"), ("en", "waited 1 h longer")):
        letter = stage.last_letter(CaseId(on.account().id), "standing_fell", language)
        assert words in letter
    stage.tick(hours=49)
    assert ahead(stage, early) == HOUR
    assert ahead(stage, about_li_si(stage)) == HOUR
    (factor,) = _factor(stage, early, on.ana)
    assert (factor.points, factor.most) == (2, 3)


def test_it_comes_first_among_equals_and_never_before_what_waited_longer(on: Fallen) -> None:
    stage = on.stage
    stage.tick(hours=49)
    by = stage.hire("dan", Role.REVIEWER)
    long_ago = about_li_si(stage, "sun_qi")
    stage.clock.pass_(hours=1, minutes=1)
    others = [about_li_si(stage, f"acc-{n}") for n in range(3)]
    theirs = about_li_si(stage)
    assert pulled(stage, by) == [long_ago, theirs, *others]


def test_what_the_account_itself_sends_keeps_its_place(on: Fallen) -> None:
    stage, r = on.stage, on.stage.records
    stage.tick(hours=49)
    plain = stage.report(stage.account("wu_shi"), subject_ref="post-1", account="sun_qi").case
    mine = stage.report(on.li_si, subject_ref="post-2", account="sun_qi").case
    assert waiting(stage, mine).rank == waiting(stage, plain).rank
    # Its appeal is heard by the same day as anybody's.
    other = stage.decided(on.bo, account="sun_qi")
    appeals = [stage.appealed(other, stage.account("sun_qi")), stage.appealed(on.decisions[0])]
    running = [r.deadlines.running(r.appeals.get(a).now.case) for a in appeals]
    first, second = ({h.now.due_at for h in each} for each in running)
    assert first == second


def test_healing_an_appeal_in_time_and_one_heard_late_put_it_back_at_once(on: Fallen) -> None:
    stage = on.stage
    stage.tick(hours=49)
    case = about_li_si(stage)
    assert ahead(stage, case) == HOUR
    on.grades().contest(WHY, on.li_si)
    stage.tick(days=20)  # nobody heard it in time: the effects rest
    assert ahead(stage, case) == timedelta(0)
    on.grades().hear(on.account().id, Ruling(Ruled.UPHELD), "三次处置都成立。", on.cai)
    again = effects(stage.records, _person(on.li_si)).priority
    assert ahead(stage, case) == (HOUR if again else timedelta(0))


def test_an_overturned_decision_puts_it_back_in_its_own_transaction(on: Fallen) -> None:
    stage = on.stage
    stage.tick(hours=49)
    case = about_li_si(stage)
    appeal = stage.appealed(on.decisions[2])
    by = stage.reviewer_of(appeal, on.ana, on.bo, on.cai)
    assert ahead(stage, case) == HOUR
    stage.app.reviewing.overturn(appeal, "引用他人的话，不是辱骂。", by)
    assert ahead(stage, case) == timedelta(0)


def test_the_same_on_the_database_and_in_bulk(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    on = fallen(stage)
    early = about_li_si(stage)
    stage.tick(hours=49)
    assert (ahead(stage, early), waiting(stage, early).repetition) == (HOUR, 20)
    key = bootstrap.api_keys().create("app", [Role.APP])
    bodies = [{**about(f"b-{who}"), "contact": None} for who in ("li_si", "sun_qi")]
    for body, who in zip(bodies, ("li_si", "sun_qi"), strict=True):
        body["subject"] = {**body["subject"], "account": who}
    said = sent(key, *bodies)
    assert sorted_out() == 2
    cases = [stage.records.codes.opens(each.json["receipt"])[0] for each in said]
    assert [waiting(stage, each).repetition for each in cases] == [20, 0]
    assert differences() == []
    on.grades().contest(WHY, on.li_si)
    on.grades().hear(on.account().id, Ruling(Ruled.EXCLUDED, (on.sanction(1),)), "是引用。", on.cai)
    assert [waiting(stage, each).repetition for each in (early, *cases)] == [0, 0, 0]
    assert ahead(stage, early) == timedelta(0)
    assert differences() == []


def _factor(stage: Stage, case: CaseId, by: Caller) -> list[Factor]:
    found = stage.app.pulling.standing(case, by)
    assert found is not None
    return [each for each in found.factors if each.kind is FactorKind.REPETITION]


def _person(caller: Caller) -> PersonId:
    assert caller.person is not None
    return caller.person
