"""A stolen account is frozen by its owner's code, and comes back to nobody but them."""

from datetime import timedelta
from typing import Any

import pytest
from tests.fakes.people import MemoryOutbox
from tests.fakes.protection import MemoryProtections, MemorySignIns, SignIn
from tests.stories.stage import Stage, refused, stage_on_fakes

from gongdao.domain.access.model import Caller
from gongdao.domain.deadlines.model import Deadline, DeadlineKind
from gongdao.domain.flows.protection_letters import ALARM, Alarming
from gongdao.domain.kernel.errors import BadInput, MovedOn, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.protection.events import Change, Proof
from gongdao.domain.protection.model import Stage as Standing

HOME, OFFICE = "li@home.example", "li@office.example"
THIEF, THIEFS_OTHER = "thief@elsewhere.example", "other@elsewhere.example"
CODES = ("12345678", "87654321")


@pytest.fixture
def stage() -> Stage:
    """Give a house on fakes."""
    return stage_on_fakes()


def owner(stage: Stage) -> Caller:
    """Somebody with an account, a freeze code of old and recovery codes."""
    parties = stage.records.parties
    person = parties.by_account("li_si")
    parties.reachable(person, HOME)
    sign_ins(stage).enter(person, SignIn(HOME, "a long password", CODES, stage.clock()))
    return Caller(person)


def sign_ins(stage: Stage) -> MemorySignIns:
    found = stage.records.sign_ins
    assert isinstance(found, MemorySignIns)
    return found


def letters(stage: Stage, to: str) -> list[str]:
    """The bodies that were sent to a contact outside the inbox, oldest first."""
    outbox = stage.records.outbox
    assert isinstance(outbox, MemoryOutbox)
    jobs = outbox.promised(ALARM).values()
    opened = stage.records.texts.open
    return [opened(Sealed(j["body"])) or "" for j in jobs if opened(Sealed(j["to"])) == to]


def code_in(letter: str) -> str:
    """The code that a letter holds."""
    words = letter.replace("/", " ").split()
    plain = (word.rpartition("：")[2] for word in words)
    return next(word for word in plain if word.count("-") == 4)


def standing(stage: Stage, me: Caller) -> Standing:
    held = stage.records.protections.of(PersonId(str(me.person)))
    assert held is not None
    return held.now.stage


def templates(stage: Stage, me: Caller) -> list[str]:
    found = stage.records.notices.inbox(PersonId(str(me.person)), 50)
    return [notice.template for notice in reversed(found)]


def with_backup(stage: Stage, me: Caller) -> None:
    mine = stage.app.protection.mine
    mine.name_backup(me, OFFICE)
    mine.confirm_backup(me, code_in(letters(stage, OFFICE)[-1]))


def stolen(stage: Stage, me: Caller) -> str:
    """Somebody signs in elsewhere and changes what they can; the owner's freeze code."""
    person, mine = PersonId(str(me.person)), stage.app.protection.mine
    home = mine.device_seen(person, "home", "Firefox · Linux")
    mine.session_seen(person, "k-home", home.id, home.label)
    with_backup(stage, me)
    code = mine.make_code(me)
    assert "account_new_device" not in templates(stage, me)
    stage.clock.pass_(days=30)

    away = mine.device_seen(person, "thief", "Chrome · Windows")
    mine.session_seen(person, "k-thief", away.id, away.label)
    assert templates(stage, me)[-1] == "account_new_device"
    sign_ins(stage).give_back(person, THIEF)
    mine.address_changed(person, HOME, THIEF)
    assert "/freeze/not-me/" in letters(stage, HOME)[-1]
    assert "/freeze/not-me/" in letters(stage, OFFICE)[-1]
    mine.name_backup(me, THIEFS_OTHER)
    mine.confirm_backup(me, code_in(letters(stage, THIEFS_OTHER)[-1]))
    mine.make_code(me)  # the thief's: the owner's own still freezes
    assert mine.of(me, "k-thief").others == 1
    return code


def test_a_stolen_account_is_frozen_and_comes_back_to_its_owner_alone(stage: Stage) -> None:
    me = owner(stage)
    person = PersonId(str(me.person))
    mine, freezing = stage.app.protection.mine, stage.app.protection.freezing
    code = stolen(stage, me)
    freezing.freeze(code.lower().replace("-", " "))
    freezing.freeze(code)
    assert standing(stage, me) is Standing.FROZEN
    assert mine.of(me).others == 0
    assert stage.records.sign_ins.address(person) == HOME
    assert "freeze/back" in letters(stage, OFFICE)[-1]

    freezing.ask(HOME, Proof.BACKUP)
    assert code_in(letters(stage, OFFICE)[-1])
    assert sum("验证码" in each for each in letters(stage, THIEFS_OTHER)) == 0
    begun = freezing.begin(code_in(letters(stage, OFFICE)[-1]))
    with refused("protection.wait"):
        freezing.finish(begun.code, "another long password")
    stage.clock.pass_(hours=24)
    with refused("account.weak_password", BadInput):
        freezing.finish(begun.code, "short")
    freezing.finish(begun.code, "another long password")
    assert standing(stage, me) is Standing.ACTIVE
    assert mine.of(me).devices == ()
    backup = mine.of(me).backup
    assert backup is not None
    assert (backup.address, backup.confirmed) == (OFFICE, True)
    with refused("protection.unknown_code", NotFound):
        freezing.freeze(code)
    assert [line.kind for line in mine.of(me).trail[:3]] == [
        "thawed",
        "return_begun",
        "return_asked",
    ]


def test_a_thief_who_begins_the_way_back_is_stopped_by_link_and_by_code(stage: Stage) -> None:
    me = owner(stage)
    mine, freezing = stage.app.protection.mine, stage.app.protection.freezing
    with_backup(stage, me)
    code = mine.make_code(me)
    stage.clock.pass_(days=8)
    freezing.freeze(code)
    freezing.ask(HOME, Proof.ADDRESS)
    begun = freezing.begin(code_in(letters(stage, HOME)[-1]))
    assert begun.opens_at - stage.clock() == timedelta(hours=72)
    link = code_in(letters(stage, OFFICE)[-1])
    freezing.look(link)
    freezing.freeze(link)
    assert standing(stage, me) is Standing.FROZEN
    with refused("protection.unknown_code", NotFound):
        freezing.finish(begun.code, "another long password")
    with refused("protection.unknown_code", NotFound):
        freezing.freeze(link)  # played again
    freezing.ask(HOME, Proof.ADDRESS)
    freezing.begin(code_in(letters(stage, HOME)[-1]))
    freezing.ask(HOME, Proof.BACKUP)  # the stronger proof goes before
    strong = freezing.begin(code_in(letters(stage, OFFICE)[-1]))
    assert strong.opens_at - stage.clock() == timedelta(hours=24)
    freezing.freeze(code)
    stage.clock.pass_(days=2)
    with refused("protection.unknown_code", NotFound):
        freezing.finish(strong.code, "another long password")


def test_a_recovery_code_opens_once_and_only_codes_from_before(stage: Stage) -> None:
    me = owner(stage)
    mine, freezing = stage.app.protection.mine, stage.app.protection.freezing
    code = mine.make_code(me)
    stage.clock.pass_(days=3)
    freezing.freeze(code)
    with refused("protection.unknown_code", NotFound):
        freezing.begin_by_recovery_code(HOME, CODES[0])  # made within the week
    other = owner(stage_two := stage_on_fakes())
    code = stage_two.app.protection.mine.make_code(other)
    stage_two.clock.pass_(days=8)
    freezing = stage_two.app.protection.freezing
    with refused("protection.unknown_code", NotFound):
        freezing.begin_by_recovery_code(HOME, CODES[0])  # of an account that is not frozen
    freezing.freeze(code)
    with refused("protection.unknown_code", NotFound):
        freezing.begin_by_recovery_code(HOME, "00000000")
    begun = freezing.begin_by_recovery_code(HOME, CODES[0])
    stage_two.clock.pass_(hours=25)
    freezing.check(begun.code)
    stage_two.clock.pass_(days=14)
    with refused("protection.return_over"):
        freezing.finish(begun.code, "another long password")
    with refused("protection.unknown_code", NotFound):
        freezing.begin_by_recovery_code(HOME, CODES[0])  # used up
    freezing.begin_by_recovery_code(HOME, CODES[1])


def test_a_thousand_wrong_codes_and_the_code_of_another_freeze_nothing(stage: Stage) -> None:
    me = owner(stage)
    freezing = stage.app.protection.freezing
    stage.app.protection.mine.make_code(me)
    other = stage.account("wang_wu")
    theirs = stage.app.protection.mine.make_code(other)
    for number in range(1000):
        with pytest.raises(NotFound):
            freezing.freeze(f"{number:020d}")
    for strange in ("", "🧊" * 9_000, "null\0", "' or 1=1"):
        with pytest.raises(NotFound):
            freezing.freeze(strange)
    freezing.freeze(theirs)
    assert standing(stage, me) is Standing.ACTIVE
    assert standing(stage, other) is Standing.FROZEN
    freezing.ask("nobody@nowhere.example", Proof.BACKUP)
    freezing.ask(HOME, Proof.ADDRESS)  # not frozen: nothing is sent
    assert letters(stage, HOME) == []


def test_a_backup_address_lapses_after_its_year_and_is_reminded_before(stage: Stage) -> None:
    me = owner(stage)
    mine, freezing = stage.app.protection.mine, stage.app.protection.freezing
    with refused("protection.bad_address", BadInput):
        mine.name_backup(me, "no address\r\nBcc: x@y.zz")
    with refused("protection.same_address"):
        mine.name_backup(me, HOME.upper())
    mine.name_backup(me, OFFICE)
    with refused("protection.wrong_backup_code"):
        mine.confirm_backup(me, "AAAA-BBBB-CCCC-DDDD-EEEE")
    stage.clock.pass_(hours=25)
    with refused("protection.wrong_backup_code"):
        mine.confirm_backup(me, code_in(letters(stage, OFFICE)[-1]))
    with_backup(stage, me)
    code = mine.make_code(me)
    stage.tick(days=340)
    assert templates(stage, me)[-1] == "account_backup_due"
    with_backup(stage, me)
    stage.tick(days=360)
    view = mine.of(me).backup
    assert view is not None
    assert view.confirmed
    stage.tick(days=20)
    assert templates(stage, me)[-1] == "account_backup_lapsed"
    freezing.freeze(code)
    before = len(letters(stage, OFFICE))
    freezing.ask(HOME, Proof.BACKUP)
    assert len(letters(stage, OFFICE)) == before


def test_what_the_owner_must_do_in_time_waits_up_to_the_cap(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    me = owner(stage)
    code = stage.app.protection.mine.make_code(me)
    case = stage.accepted(ana, account="li_si").case
    stage.app.investigating.request_answer(
        case, "请说明这句话是不是您写的，在什么情况下写的。", ana
    )

    def answer() -> Deadline:
        running = stage.records.deadlines.running(case)
        return next(h.now for h in running if h.now.kind is DeadlineKind.ANSWER)

    assert not answer().halts
    stage.app.protection.freezing.freeze(code)
    assert [halt.pause.reason for halt in answer().halts] == ["account_frozen"]
    stage.tick(days=9)
    assert "answer_missed" not in stage.told(case)
    stage.tick(days=9)
    assert "answer_missed" in stage.told(case)


def test_a_notice_of_a_new_device_comes_a_few_times_a_day_and_staff_read_no_secret(
    stage: Stage,
) -> None:
    me = owner(stage)
    person = PersonId(str(me.person))
    mine = stage.app.protection.mine
    for number in range(9):
        mine.device_seen(person, f"mark-{number}", "Edge · Windows")
    assert templates(stage, me).count("account_new_device") == 5
    mine.sign_in_changed(person, Change.PASSWORD)
    assert templates(stage, me)[-1] == "account_changed"
    freezing = stage.app.protection.freezing
    with refused("not_found", NotFound):
        freezing.trail_of(person, stage.hire("ana", Role.REVIEWER))
    lines = freezing.trail_of(person, stage.hire("olga", Role.OPERATOR))
    assert len(lines) == 11
    assert {line.detail for line in lines} == {"", "Edge · Windows", "password"}
    with refused("not_found", NotFound):
        mine.end_session(me, "4b518e56-dde3-4053-a6c5-9426c5c006e0")


def test_letters_to_other_contacts_carry_seals_alone(stage: Stage) -> None:
    me = owner(stage)
    stage.app.protection.mine.name_backup(me, OFFICE)
    outbox = stage.records.outbox
    assert isinstance(outbox, MemoryOutbox)
    payload = next(iter(outbox.promised(ALARM).values()))
    assert OFFICE not in str(payload)
    sent: list[tuple[str, ...]] = []

    class Post:
        def send(self, to: str, subject: str, body: str, message: str) -> None:
            sent.append((to, subject, body, message))

    Alarming(stage.records, Post())(payload)
    assert sent[0][0] == OFFICE


def test_a_list_that_somebody_emptied_is_no_new_account_and_is_never_long(stage: Stage) -> None:
    me = owner(stage)
    person, mine = PersonId(str(me.person)), stage.app.protection.mine
    home = mine.device_seen(person, "home", "Firefox · Linux")
    mine.session_seen(person, "k-home", home.id, home.label)
    assert templates(stage, me) == []
    mine.forget_device(me, home.id, "k-thief")
    mine.device_seen(person, "thief", "Chrome · Windows")
    assert templates(stage, me) == ["account_new_device"]
    for number in range(60):
        stage.clock.pass_(minutes=1)
        seen = mine.device_seen(person, f"mark-{number}", "Edge · Windows")
        if number == 3:
            mine.session_seen(person, "k-home", seen.id, seen.label)
    stage.clock.pass_(minutes=1)
    listed = mine.of(me).devices
    assert len(listed) == 20
    assert sum(bool(each.sessions) for each in listed) == 1  # what is in use stays


def test_codes_to_one_contact_keep_none_from_another(stage: Stage) -> None:
    me = owner(stage)
    with_backup(stage, me)
    code = stage.app.protection.mine.make_code(me)
    stage.clock.pass_(days=8)
    freezing = stage.app.protection.freezing
    freezing.freeze(code)
    for _ in range(6):
        freezing.ask(HOME, Proof.ADDRESS)  # somebody who reads that mailbox, or nobody at all
    assert sum("验证码：" in each for each in letters(stage, HOME)) == 3
    freezing.ask(HOME, Proof.BACKUP)
    freezing.begin(code_in(letters(stage, OFFICE)[-1]))
    assert standing(stage, me) is Standing.RECOVERING


def test_whoever_freezes_need_not_try_again_because_a_thief_was_faster(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = owner(stage)
    code = stage.app.protection.mine.make_code(me)
    plain, times = MemoryProtections.add, [0]

    def late(self: MemoryProtections, *given: Any, **more: Any) -> Any:
        times[0] += 1
        if times[0] < 3:
            raise MovedOn("moved_on", "Somebody else was faster.")
        return plain(self, *given, **more)

    monkeypatch.setattr(MemoryProtections, "add", late)
    stage.app.protection.freezing.freeze(code)
    assert standing(stage, me) is Standing.FROZEN
    with refused("protection.is_frozen"):
        stage.app.protection.mine.sign_in_changed(PersonId(str(me.person)), Change.PASSWORD)
    with refused("protection.is_frozen"):
        stage.app.protection.mine.address_changed(PersonId(str(me.person)), HOME, THIEF)
