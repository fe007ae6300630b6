"""What somebody hostile tries at doors of posts, talks, misuse and protection, and does not get."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.test import Client
from tests.fakes.protection import MemorySignIns, SignIn
from tests.stories.posts_of import BAD, CLEAN, hand_in, post, with_three_words
from tests.stories.stage import (
    REASONS,
    Stage,
    declined,
    refused,
    show_on_pages,
    stage_on_fakes,
)
from tests.stories.test_credibility_pages import signed_in
from tests.stories.test_cried_wolf import UNFOUNDED, WHY, file_of, limited, misusing
from tests.stories.test_talk_inside_pages import Pages

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.errors import BadInput, MovedOn, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.screening.posts import PostStage

MISSING = "AAAA-AAAA-AAAA"


def working_here(stage: Stage, name: str) -> Caller:
    """Somebody reported who works here, too."""
    return Caller(stage.account(name).person, frozenset({Role.REVIEWER}))


def test_whom_a_marked_report_was_about_neither_reads_nor_hears_the_appeal(fakes: Stage) -> None:
    ana, bo = (fakes.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    wolf = fakes.account("wang_wu")
    limited(fakes, wolf, ana)
    found = file_of(fakes, wolf)
    about = found.measures[0].id
    misusing(fakes).object(about, "我报告的内容后来被作者改掉了，截图在附件里。", wolf)
    reported = working_here(fakes, "li_si")
    reads = fakes.app.standing.credibility
    assert reads.to_hear(reported, "zh") == ()
    assert len(reads.to_hear(bo, "zh")) == 1
    with refused("not_found", NotFound):
        misusing(fakes).hear(found.id, about, REASONS, reported, overturned=False)
    misusing(fakes).hear(found.id, about, REASONS, bo, overturned=False)


class Meanwhile:
    """Texts before the first of which is sealed something else happens."""

    def __init__(self, texts: Any, act: Callable[[], None]) -> None:
        self.texts, self.acts = texts, [act]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.texts, name)

    def seal(self, *given: Any) -> Any:
        if self.acts:
            self.acts.pop()()
        return self.texts.seal(*given)


def test_the_second_of_two_who_hear_at_once_changes_nothing(fakes: Stage) -> None:
    ana, bo, cy = (fakes.hire(name, Role.REVIEWER) for name in ("ana", "bo", "cy"))
    wolf = fakes.account("wang_wu")
    limited(fakes, wolf, ana)
    found = file_of(fakes, wolf)
    about = found.measures[0].id
    misusing(fakes).object(about, "我报告的内容后来被作者改掉了，截图在附件里。", wolf)

    def first() -> None:
        misusing(fakes).hear(found.id, about, REASONS, bo, overturned=True)

    slow = fakes.with_(texts=Meanwhile(fakes.records.texts, first))
    with pytest.raises(MovedOn):
        misusing(slow).hear(found.id, about, REASONS, cy, overturned=False)


def test_a_reporters_page_tells_nobody_that_they_were_reported(fakes: Stage) -> None:
    ana, bo = (fakes.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    wolf = fakes.account("wang_wu")
    other = fakes.report(wolf, subject_ref="post-99", account="zhao_liu")
    fakes.app.deciding.decide(other.case, declined(), ana)
    misusing(fakes).mark(other.case, 1, UNFOUNDED, WHY, ana)
    limited(fakes, wolf, ana)
    fakes.report(wolf)
    reads = fakes.app.standing.credibility
    seen = reads.of_reporter(other.case, 1, working_here(fakes, "li_si"), "zh")
    all_of_it = reads.of_reporter(other.case, 1, bo, "zh")
    assert all_of_it is not None
    assert (len(all_of_it.seen.asides), len(all_of_it.seen.marks)) == (1, 5)
    assert seen is None


@pytest.mark.parametrize("wish", [datetime(2030, 1, 1), datetime.max], ids=str)  # noqa: DTZ001, DTZ901
def test_a_wish_without_an_offset_is_refused(wish: datetime) -> None:
    house = with_three_words(stage_on_fakes())
    with refused("held.bad_wish", BadInput):
        hand_in(house, CLEAN, wish=wish)
    with refused("held.bad_wish", BadInput):
        hand_in(house, CLEAN, wish=datetime.max.replace(tzinfo=timezone(-timedelta(hours=23))))
    early = datetime.min.replace(tzinfo=timezone(timedelta(hours=23)))
    assert post(house, hand_in(house, CLEAN, wish=early)).stage is PostStage.APPEARED


def test_nobody_floods_a_stranger_by_naming_their_address(fakes: Stage) -> None:
    person = fakes.records.parties.by_account("li_si")
    signs, mine, me = fakes.records.sign_ins, fakes.app.protection.mine, Caller(person)
    assert isinstance(signs, MemorySignIns)
    signs.enter(person, SignIn("li@home.example", "a long password", (), fakes.clock()))
    for number in range(5):
        mine.name_backup(me, f"you{number % 2}@elsewhere.example")
    with refused("protection.too_often", most=5):
        mine.name_backup(me, "you@elsewhere.example")
    for _ in range(20):
        mine.make_code(me)
    with refused("protection.too_often", most=20):
        mine.make_code(me)
    fakes.clock.pass_(hours=25)
    for strange in ("a\0b@example.org", "a\x1b[2J@example.org", "a\u202eb@example.org"):
        with refused("protection.bad_address", BadInput):
            mine.name_backup(me, strange)
    mine.name_backup(me, "me@office.example")
    mine.make_code(me)


def test_odd_input_at_the_new_doors(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = with_three_words(postgres)
    show_on_pages(stage, monkeypatch)
    talk = Pages(stage, "en")
    talk.ask()
    talk.open()
    talk.do(False, do="come", name="阿四")
    for yuan in ("1e999999", "1e99", "-1e999999", "NaN", "Infinity", "1" * 5000):
        said = {"kind_1": "refund", "by_1": "invited", "text_1": "退款", "days": "3"}
        talk.do(False, 400, do="offer", yuan_1=yuan, signed="阿四", **said)
    long = talk.do(True, 400, do="say", text="请打 13800138000。" * 40_000)
    assert "between one character" in long
    anybody = Client(headers={"accept-language": "en"})
    for how in ("backup", "address", "recovery_code"):
        for address in ("a\0b@example.org", "\ud800".encode("utf-8", "surrogatepass"), "🧊" * 999):
            given = {"address": address, "how": how, "recovery_code": "1234-5678-9012-3456-7890"}
            assert anybody.post("/freeze/back/", given).status_code < 500
    for path in ("/freeze/", "/freeze/back/code/", "/freeze/back/finish/"):
        given = {"code": "a\0b", "password": "a\0b", "again": "a\0b"}
        assert anybody.post(path, given).status_code in {404, 429}
    for number in ("/", " / ", "..", "\0", "9" * 5000):
        answer = anybody.get("/learn/check/", {"number": number}, follow=True)
        assert answer.status_code in {200, 404, 429}
    for path in ("/learn/%00/", "/learn/check/%00/", "/learn/shared/%00/", "/freeze/not-me/%00/"):
        assert anybody.get(path).status_code in {404, 429}


def test_a_group_owner_sends_a_version_of_five_thousand_digits(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = with_three_words(postgres)
    show_on_pages(stage, monkeypatch)
    stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, Caller(None, frozenset({Role.APP})))
    of = hand_in(stage, BAD, place="g-1")
    client = signed_in(stage.account("wang_wu"), "wang_wu")
    at = f"/mine/groups/{post(stage, of).group}/posts/{of}/"
    assert client.post(at, {"do": "release", "version": "9" * 5000}).status_code < 500


def test_wrong_numbers_of_certificates_are_slowed_down(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    client = Client()
    tried = [client.get(f"/api/v1/certificates/{MISSING}").status_code for _ in range(40)]
    assert set(tried) == {404, 429}


def test_a_stranger_keeps_nobody_from_coming_back(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    given = {"address": "li@home.example", "how": "backup"}
    stranger, owner = (Client(REMOTE_ADDR=f"203.0.113.{n}") for n in (7, 8))
    tried = [stranger.post("/freeze/back/", given).status_code for _ in range(6)]
    assert tried == [302] * 5 + [429]
    guess = {**given, "how": "recovery_code", "recovery_code": "1234-5678-9012-3456-7890"}
    guessed = [stranger.post("/freeze/back/", guess).status_code for _ in range(10)]
    assert (guessed[0], guessed[-1]) == (404, 429)
    assert owner.post("/freeze/back/", given).status_code == 302
