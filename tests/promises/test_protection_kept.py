"""What is promised of the protection of accounts, of sessions and of what people sign in with."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session as KeptSession
from tests.fakes.protection import MemorySignIns, SignIn
from tests.stories.stage import Stage, refused

from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.protection import rules
from gongdao.domain.protection.model import Stage as Standing
from gongdao.domain.protection.model import protection_id
from gongdao.storage.accounts import PgAccounts

LATER = datetime(2099, 1, 1, tzinfo=UTC)
LONG = "correct-horse-battery"


def person(stage: Stage, name: str) -> PersonId:
    """Somebody with an account."""
    found = stage.records.sign_ins
    address = f"{name}@home.example"
    if not isinstance(found, MemorySignIns):
        return PgAccounts(stage.records.parties).create(address, name, [], password=LONG).party
    who = stage.records.parties.newcomer(address, "zh-hans")
    found.enter(who, SignIn(address, LONG))
    return who


def living(stage: Stage, key: str) -> str:
    """The key of a session that has not run out."""
    if not isinstance(stage.records.sign_ins, MemorySignIns):
        KeptSession.objects.create(session_key=key, session_data="", expire_date=LATER)
    return key


class TestProtections:
    def test_it_is_found_by_its_person_and_by_each_of_its_secrets(self, stage: Stage) -> None:
        r, who = stage.records, person(stage, "li")
        assert r.protections.of(who) is None
        assert r.protections.opened_by("a" * 64) is None
        with r.work():
            begun = rules.begin(who, stage.clock())
            held = r.protections.add(protection_id(who), [begun], after=0)
            code = rules.make_code(held.now, "a" * 64, stage.clock())
            held = r.protections.add(held.now.id, [code], after=1)
        found = r.protections.opened_by("a" * 64)
        assert found is not None
        assert (found.now.person, found.version) == (who, 2)
        assert r.protections.opened_by("b" * 64) is None
        assert r.protections.of(person(stage, "wang")) is None
        assert held.now.stage is Standing.ACTIVE


class TestSessions:
    def test_the_one_used_last_first_and_the_asking_one_is_marked(self, stage: Stage) -> None:
        r, who, other = stage.records, person(stage, "li"), person(stage, "wang")
        keys = [living(stage, f"key-{number}") for number in range(3)]
        device = r.new_id()
        with r.work():
            for key in keys[:2]:
                r.sessions.keep(who, key, device, "Firefox", stage.clock())
                stage.clock.pass_(minutes=5)
            r.sessions.keep(other, keys[2], "", "Edge", stage.clock())
            r.sessions.keep(who, keys[0], device, "Firefox", stage.clock())
        found = r.sessions.of(who, keys[0], stage.clock())
        assert [(s.device, s.label, s.here) for s in found] == [
            (device, "Firefox", True),
            (device, "Firefox", False),
        ]
        assert found[0].began_at < found[0].last_seen
        with r.work(), refused("not_found", NotFound):
            r.sessions.end(other, found[0].id)
        with r.work():
            r.sessions.end(who, found[1].id)
            assert len(r.sessions.of(who, "", stage.clock())) == 1
            assert r.sessions.end_all(who, but=keys[0]) == 0
            assert r.sessions.end_all(who) == 1
            assert r.sessions.of(who, "", stage.clock()) == []
            assert len(r.sessions.of(other, "", stage.clock())) == 1


class TestSignIns:
    def test_an_address_is_given_back_unless_it_is_anothers(self, stage: Stage) -> None:
        sign_ins, who = stage.records.sign_ins, person(stage, "li")
        person(stage, "wang")
        assert sign_ins.holder(" LI@home.example ") == who
        assert sign_ins.holder("nobody@home.example") is None
        with stage.records.work():
            assert not sign_ins.give_back(who, "wang@home.example")
            assert sign_ins.give_back(who, "old@home.example")
            sign_ins.leave_one_address(who)
        assert sign_ins.address(who) == "old@home.example"
        assert sign_ins.holder("li@home.example") is None
        assert sign_ins.address(stage.records.parties.newcomer(None, "en")) == ""

    def test_a_weak_password_is_refused_and_no_codes_are_no_proof(self, stage: Stage) -> None:
        sign_ins, who = stage.records.sign_ins, person(stage, "li")
        with stage.records.work():
            with pytest.raises(BadInput):
                sign_ins.renew(who, "short", stage.clock())
            sign_ins.renew(who, "another-horse-battery", stage.clock())
            assert not sign_ins.use_recovery_code(who, "12345678", stage.clock())
