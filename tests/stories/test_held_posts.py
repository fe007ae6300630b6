"""Texts that wait before they appear: delayed, looked at, withheld with reasons, appealed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.stories.posts_of import (
    APP,
    BAD,
    CLEAN,
    MILD,
    WHY,
    WORST,
    hand_in,
    post,
    with_three_words,
)
from tests.stories.stage import Stage, refused, stage_on_fakes, stage_on_postgres

from gongdao.domain.access.model import NOBODY
from gongdao.domain.kernel.errors import BadInput, MovedOn, NotFound
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.posts import (
    HeldPostId,
    HeldPostStep,
    Level,
    Opinion,
    PostReleased,
    PostStage,
    PostWithheld,
)


@pytest.fixture
def house() -> Stage:
    return with_three_words(stage_on_fakes())


def told(stage: Stage, of: str, reader: Reader = Reader.AUTHOR) -> list[str]:
    return stage.told(CaseId(of), reader)


def in_group(stage: Stage, text: str, author: str = "li_si") -> str:
    stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP)
    return hand_in(stage, text, author=author, place="g-1")


def test_what_nothing_stands_out_in_appears_at_once(house: Stage) -> None:
    of = hand_in(house, CLEAN)

    assert post(house, of).stage is PostStage.APPEARED
    assert post(house, of).because == "nothing_found"
    assert told(house, of) == []


def test_a_delayed_post_is_released_by_the_clock_and_its_author_knew_when_and_why(
    stage: Stage,
) -> None:
    stage = with_three_words(stage)
    of = hand_in(stage, MILD, reference="draft-1")
    me = stage.account("li_si")
    waits = stage.app.screening.posts.my_own(of, me)

    assert waits.appears_at == stage.clock() + timedelta(minutes=15)
    assert [each.zh for each in waits.why] == ["辱骂或歧视"]
    assert [each.passage for each in waits.found] == ["笨手笨脚"]
    letter = stage.last_letter(CaseId(of), "held_delayed")
    assert "draft-1" in letter
    assert "辱骂或歧视" in letter
    assert f"/mine/posts/{of}/" in letter
    stage.tick(minutes=14)
    assert post(stage, of).waits
    stage.tick(minutes=1)
    assert post(stage, of).stage is PostStage.APPEARED
    assert post(stage, of).because == "time_came"
    stage.tick(hours=1)
    assert stage.strikes("li_si") == 0


def test_its_author_edits_it_and_it_appears_or_takes_it_back(house: Stage) -> None:
    posts, me = house.app.screening.posts, house.account("li_si")
    mended, gone = hand_in(house, BAD), hand_in(house, BAD)

    with refused("not_found", NotFound):
        posts.edit(mended, CLEAN, house.account("zhang_san"))
    with refused("held.moved_on", MovedOn):
        posts.edit(mended, CLEAN, me, version=9)
    posts.edit(mended, CLEAN, me)
    posts.take_back(gone, me)

    assert post(house, mended).stage is PostStage.APPEARED
    assert post(house, mended).text == CLEAN
    assert post(house, gone).stage is PostStage.TAKEN_BACK
    with refused("held.over"):
        posts.take_back(mended, me)
    assert [each.id for each in posts.mine(me)] == [gone, mended]
    assert posts.mine(NOBODY) == []


def test_the_owner_of_the_group_looks_first_and_never_withholds(house: Stage) -> None:
    looks, owner = house.app.screening.looks, house.account("wang_wu")
    mine, theirs = in_group(house, BAD), in_group(house, BAD, author="qian_qi")
    group = post(house, mine).group or ""
    ana = house.hire("ana", Role.REVIEWER)

    assert {each.id for each in looks.of_group(group, owner)} == {mine, theirs}
    with refused("not_found", NotFound):
        looks.of_group(group, house.account("li_si"))
    assert looks.queue(ana).posts == []
    with refused("held.not_your_turn"):
        looks.release(mine, "", ana)
    with refused("held.owner_withholds"):
        looks.withhold(mine, WHY, owner)
    looks.release(mine, "我们群里开玩笑", owner)
    looks.pass_on(theirs, Opinion.UNSURE, "说不准", owner)

    assert post(house, mine).stage is PostStage.RELEASED
    assert [each.id for each in looks.queue(ana).posts] == [theirs]
    assert looks.queue(ana).posts[0].passed[0].note == "说不准"
    assert house.records.labels.counted() == []  # an owner's word is no label


def test_an_owner_who_does_not_look_is_passed_over_and_their_own_text_goes_to_the_desk(
    house: Stage,
) -> None:
    late, own = in_group(house, BAD), in_group(house, BAD, author="wang_wu")

    assert post(house, own).level is Level.DESK
    house.tick(hours=5)
    assert post(house, late).level is Level.DESK
    assert post(house, late).overdue == 1


def test_a_reviewer_releases_it_and_the_alarm_counts_as_false(stage: Stage) -> None:
    stage = with_three_words(stage)
    of, ana = hand_in(stage, BAD), stage.hire("ana", Role.REVIEWER)

    assert told(stage, of) == ["held_waits"]
    stage.app.screening.looks.release(of, "", ana, version=1)

    assert post(stage, of).stage is PostStage.RELEASED
    assert told(stage, of) == ["held_waits", "held_released"]
    (label,) = stage.records.labels.counted()
    assert (label.category, label.true, label.of) == (Category.ABUSE, False, of)
    assert [each.evidence for each in label.findings] == ["蠢如木头 (plain)"]
    with refused("held.over"):
        stage.app.screening.looks.release(of, "", ana)


def test_withholding_is_a_decision_with_reasons_and_an_overturned_one_lets_it_appear(
    stage: Stage,
) -> None:
    stage = with_three_words(stage)
    of, ana = hand_in(stage, BAD), stage.hire("ana", Role.REVIEWER)
    bo, me = stage.hire("bo", Role.REVIEWER), stage.account("li_si")
    with refused("reasons.too_short"):
        stage.app.screening.looks.withhold(of, replace(WHY, reasons="骂人"), ana)
    assert post(stage, of).waits  # nothing half kept
    case = stage.app.screening.looks.withhold(of, WHY, ana)

    kept = stage.app.screening.posts.my_own(of, me)
    assert kept.stage is PostStage.WITHHELD
    assert kept.text == BAD
    assert kept.case == case
    assert "decision_to_respondent" in stage.told(case, Reader.RESPONDENT)
    assert WHY.reasons in stage.last_letter(case, "decision_to_respondent")
    assert stage.strikes("li_si") == 1

    decision = stage.case(case).decision
    assert decision is not None
    appeal = stage.appealed(decision, me)
    assert stage.reviewer_of(appeal, ana, bo) == bo  # whoever withheld it does not hear it
    stage.app.reviewing.overturn(appeal, "这是玩笑，上下文清楚，不构成辱骂。", bo)

    assert post(stage, of).stage is PostStage.RELEASED
    assert stage.strikes("li_si") == 0


def test_two_people_look_at_the_gravest_and_never_the_same_one(house: Stage) -> None:
    looks, ana = house.app.screening.looks, house.hire("ana", Role.REVIEWER)
    bo, of = house.hire("bo", Role.REVIEWER), in_group(house, WORST)

    assert post(house, of).level is Level.DESK  # no owner is asked
    for act in (lambda: looks.release(of, "", ana), lambda: looks.withhold(of, WHY, ana)):
        with refused("held.needs_two"):
            act()
    looks.pass_on(of, Opinion.WITHHOLD, "针对个人", ana)
    with refused("held.looked_already"):
        looks.withhold(of, WHY, ana)
    with refused("held.last_look"):
        looks.pass_on(of, Opinion.UNSURE, "", bo)
    looks.withhold(of, WHY, bo)
    assert post(house, of).stage is PostStage.WITHHELD


def test_nobody_looks_at_their_own_text(house: Stage) -> None:
    ana, looks = house.hire("ana", Role.REVIEWER), house.app.screening.looks
    of = hand_in(house, BAD, author="li_si")
    me = replace(house.account("li_si"), roles=ana.roles)

    with refused("held.own"):
        looks.release(of, "", me)
    with refused("not_found", NotFound):
        looks.at_desk(of, me)
    with refused("not_found", NotFound):
        looks.release(of, "", house.account("zhang_san"))
    assert looks.queue(me).posts == []


def test_what_nobody_looks_at_in_time_appears_or_goes_to_the_lead(house: Stage) -> None:
    second, third = hand_in(house, BAD), hand_in(house, WORST)
    ana = house.hire("ana", Role.REVIEWER)
    chief = house.hire("chief", Role.SENIOR_REVIEWER)
    house.tick(days=3)

    assert post(house, second).because == "nobody_looked"
    assert told(house, second) == ["held_waits", "held_unseen"]
    assert post(house, third).level is Level.LEAD
    assert told(house, third) == ["held_waits", "held_still_waits"]
    assert [n.to for n in house.notices(CaseId(third)) if n.reader is Reader.STAFF] == [
        chief.person
    ]
    with refused("held.for_the_lead"):
        house.app.screening.looks.pass_on(third, Opinion.RELEASE, "", ana)
    with refused("held.needs_two"):
        house.app.screening.looks.release(third, "", chief)
    house.tick(days=3)
    assert post(house, third).stage is PostStage.APPEARED  # no text waits for ever


def test_a_wish_and_an_accounts_standing_move_the_moment(house: Stage) -> None:
    later = house.clock() + timedelta(hours=3)
    longer = with_three_words(house, extra_delay=lambda _: timedelta(days=30))
    none = with_three_words(house, extra_delay=lambda _: timedelta(hours=-1))

    assert post(house, hand_in(house, MILD, wish=later)).appears_at == later
    assert post(house, hand_in(house, CLEAN, wish=later)).appears_at == later
    day = timedelta(minutes=15 + 1440)  # the pack's most
    assert post(house, hand_in(longer, MILD)).appears_at == house.clock() + day
    assert post(house, hand_in(none, MILD)).appears_at == house.clock()
    with refused("held.bad_wish", BadInput):
        hand_in(house, MILD, wish=house.clock() + timedelta(days=400))


def test_odd_texts_and_names_are_refused_or_borne(house: Stage) -> None:
    storm = "好" + "\u0301" * 9000 + BAD
    bad = {
        "held.empty": " \n ",
        "held.too_long": "长" * 1_000_000,
        "text.broken": "坏\ud800",
    }
    for code, text in bad.items():
        with refused(code, BadInput):
            hand_in(house, text)
    with refused("held.no_author", BadInput):
        hand_in(house, CLEAN, author=" ")
    with refused("held.name_too_long", BadInput):
        hand_in(house, CLEAN, reference="长" * 201)
    of = hand_in(house, storm, reference="same")
    assert post(house, of).found[0].passage == "蠢如木头"
    with refused("held.waits_already"):
        hand_in(house, CLEAN + MILD, reference="same")
    for _ in range(20):
        house.app.screening.posts.edit(of, BAD, house.account("li_si"))
    with refused("held.too_many_edits"):
        house.app.screening.posts.edit(of, CLEAN, house.account("li_si"))
    for name in ("\x00", "no-id", "长"):
        with refused("not_found", NotFound):
            house.app.screening.posts.read(name, APP)


@pytest.mark.django_db
def test_the_database_holds_that_other_eyes_look_and_that_reasons_are_there() -> None:
    stage = with_three_words(stage_on_postgres())
    looks, ana = stage.app.screening.looks, stage.hire("ana", Role.REVIEWER)
    of, again = hand_in(stage, WORST), hand_in(stage, BAD)
    looks.pass_on(of, Opinion.RELEASE, "", ana)
    by, now = Actor(Role.REVIEWER, ana.person), stage.clock()
    name = stage.records.new_id()
    withheld = PostWithheld(at=now, by=by, case=name, decision=name, clause="abuse.insult")  # type: ignore[arg-type]  # an id like any other
    cases: list[tuple[str, int, HeldPostStep, str]] = [
        (of, 2, PostReleased(at=now, by=by, note=None), "looked at"),
        (again, 1, withheld, "without a decision"),
        (again, 1, replace(withheld, by=Actor(Role.GROUP_OWNER, ana.person)), "by a reviewer"),
    ]
    for which, version, step, said in cases:
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            stage.records.held_posts.add(which, [step], after=version)
    assert stage.records.held_posts.get(HeldPostId(of)).version == 2
