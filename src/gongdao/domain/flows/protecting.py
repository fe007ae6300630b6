"""Looking after one's own account: devices and sessions, the freeze code, a second address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import keeper, not_found
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.file_clocks import Limit, cancel, start
from gongdao.domain.flows.protection_letters import policy_of, tell, write_to
from gongdao.domain.flows.protection_views import AccountView, account_view
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.errors import BadInput, MovedOn, Refused, hint_noop
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.protection import rules
from gongdao.domain.protection.events import Change, Keyed, ProtectionStep
from gongdao.domain.protection.model import Protection, protection_id
from gongdao.domain.verification.ports import KnownDevice

Chance = Callable[[int], bytes]
"""Bytes that nobody can guess; chance is handed in."""
T = TypeVar("T")
_TRIES = 4
_ADDRESS = re.compile(r"[^@\s<>\",;]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}")
CHANGED = {
    Change.PASSWORD: Gap(zh={"what": "登录密码"}, en={"what": "the password"}),
    Change.FACTOR_ADDED: Gap(
        zh={"what": "新增了通行密钥或验证器"}, en={"what": "a passkey or an app was added"}
    ),
    Change.FACTOR_REMOVED: Gap(
        zh={"what": "移除了通行密钥或验证器"}, en={"what": "a passkey or an app was taken away"}
    ),
    Change.RECOVERY_CODES: Gap(zh={"what": "恢复码"}, en={"what": "the recovery codes"}),
}
"""What a notice says was changed."""


@dataclass(frozen=True, slots=True)
class Protecting:
    """Everything that the owner of an account can do for its safety while they are in."""

    records: Records
    chance: Chance

    def of(self, caller: Caller, key: str = "") -> AccountView:
        """One's own account: devices with their sessions, contacts, and what happened."""
        person = self._me(caller)
        return account_view(self.records, person, self._held(person), key)

    def closed(self, person: PersonId) -> bool:
        """Whether nobody may be signed in to this account."""
        held = self.records.protections.of(person)
        return held is not None and held.now.closed

    def device_seen(self, person: PersonId, mark: str, label: str) -> KnownDevice:
        """Somebody signed in here; the owner is told of a device that was not known."""
        return at_last(lambda: self._seen(person, mark, label))

    def session_seen(self, person: PersonId, key: str, device: str, label: str) -> None:
        """Keep that a session is used."""
        r = self.records
        with r.work():
            r.sessions.keep(person, key, device, label, r.clock())

    def end_session(self, caller: Caller, session: str) -> None:
        """Sign out somewhere; it ends with its next request. NotFound for anybody else's."""
        r, person = self.records, self._me(caller)
        with r.work():
            r.sessions.end(person, session)
            held = self._held(person)
            self._add(held, rules.sessions_ended(held.now, 1, r.clock()))

    def forget_device(self, caller: Caller, device: str, key: str) -> None:
        """Take a device off the list, and sign out what runs on it, but not this session."""
        r, person = self.records, self._me(caller)
        with r.work():
            running = [s for s in r.sessions.of(person, key, r.clock()) if s.device == device]
            r.devices.forget(person, device)
            ended = [s for s in running if not s.here]
            for each in ended:
                r.sessions.end(person, each.id)
            if ended:
                held = self._held(person)
                self._add(held, rules.sessions_ended(held.now, len(ended), r.clock()))

    def end_others(self, caller: Caller, key: str) -> int:
        """Sign out everywhere but here; how many sessions that were."""
        r, person = self.records, self._me(caller)
        with r.work():
            number = r.sessions.end_all(person, but=key)
            if number:
                held = self._held(person)
                self._add(held, rules.sessions_ended(held.now, number, r.clock()))
        return number

    def make_code(self, caller: Caller) -> str:
        """A new freeze code, shown this once."""
        r, person = self.records, self._me(caller)
        code = rules.written_code(self.chance(rules.CODE_BYTES))
        with r.work():
            held = self._held(person)
            self._add(held, rules.make_code(held.now, keyed(r, code), r.clock()))
        return code

    def name_backup(self, caller: Caller, address: str) -> None:
        """Name a second address and send it a code; the same one again begins its year anew."""
        r, person, policy = self.records, self._me(caller), policy_of(self.records)
        plain = address.strip()
        if not _ADDRESS.fullmatch(plain) or not plain.isprintable():
            raise BadInput(
                "protection.bad_address",
                hint_noop("Write an e-mail address such as ana@example.org."),
            )
        if plain.casefold() == r.sign_ins.address(person).casefold():
            raise Refused(
                "protection.same_address",
                hint_noop("This is the account's own address. Name another one."),
            )
        code = rules.written_code(self.chance(rules.CODE_BYTES))
        with r.work():
            held = self._held(person)
            before = held.now.backup
            same = before is not None and r.texts.open(before.contact) == plain
            contact = before.contact if before and same else r.texts.seal(plain, person)
            step = rules.name_backup(held.now, contact, keyed(r, code), policy, r.clock())
            self._add(held, step)
            write_to(r, person, contact, "account_backup_code", Gap(both={"code": code}))

    def confirm_backup(self, caller: Caller, code: str) -> None:
        """The code came back; from now on a year runs."""
        r, person, policy = self.records, self._me(caller), policy_of(self.records)
        with r.work():
            held = self._held(person)
            step = rules.confirm_backup(held.now, keyed(r, code), policy, r.clock())
            self._add(held, step)
            name = held.now.id
            cancel(r, name, [DeadlineKind.BACKUP], "confirmed", rules.by(person))
            asked = policy.backup
            limit = Limit(asked.confirm_every, asked.source, [asked.remind_before])
            start(r, DeadlineKind.BACKUP, name, name, limit)

    def remove_backup(self, caller: Caller) -> None:
        """Take the second address away."""
        r, person = self.records, self._me(caller)
        with r.work():
            held = self._held(person)
            steps = rules.remove_backup(held.now, r.clock())
            if steps:
                self._add(held, *steps)
                name = held.now.id
                cancel(r, name, [DeadlineKind.BACKUP], "removed", rules.by(person))

    def sign_in_changed(self, person: PersonId, what: Change) -> None:
        """A password or a factor was changed: the owner is told, with a link that freezes.

        Refused for an account that was frozen meanwhile: then the change must not stand either.
        """
        at_last(lambda: self._sign_in_changed(person, what))

    def address_changed(self, person: PersonId, before: str, after: str) -> None:
        """The account has another address: the old one and the second one are told too.

        Refused for an account that was frozen meanwhile: then the change must not stand either.
        """
        at_last(lambda: self._address_changed(person, before, after))

    def _sign_in_changed(self, person: PersonId, what: Change) -> None:
        r, link = self.records, self._secret()
        with r.work():
            held, policy = self._held(person), policy_of(r)
            step = rules.sign_in_changed(held.now, what, keyed(r, link), policy, r.clock())
            self._add(held, step)
            tell(r, person, "account_changed", CHANGED[what], not_me(r, link))

    def _address_changed(self, person: PersonId, before: str, after: str) -> None:
        r, link = self.records, self._secret()
        with r.work():
            held, policy = self._held(person), policy_of(r)
            seals = (r.texts.seal(before, person), r.texts.seal(after, person))
            step = rules.address_changed(held.now, seals, keyed(r, link), policy, r.clock())
            self._add(held, step)
            gap = not_me(r, link)
            tell(r, person, "account_address_changed", gap)
            write_to(r, person, seals[0], "account_address_changed", gap)
            backup = rules.usable_backup(held.now, r.clock())
            if backup is not None:
                write_to(r, person, backup.contact, "account_address_changed", gap)

    def _seen(self, person: PersonId, mark: str, label: str) -> KnownDevice:
        r = self.records
        with r.work():
            known = r.devices.known(person, mark)
            nothing_listed = known is None and not r.devices.of(person)
            device = r.devices.seen(person, mark, label, r.clock())
            if known is None and pack_of_the_day(r.packs, r.clock()).protection is not None:
                self._new_device(person, device, nothing_listed=nothing_listed)
                self._forget_unused(person, device)
        return device

    def _new_device(self, person: PersonId, device: KnownDevice, *, nothing_listed: bool) -> None:
        r, link = self.records, self._secret()
        held, policy = self._held(person), policy_of(r)
        # A list that somebody emptied is no account that is new.
        first = nothing_listed and not held.now.signed_in
        step = rules.signed_in_anew(
            held.now, device.id, device.label, keyed(r, link), policy, r.clock(), first=first
        )
        self._add(held, step)
        if step.link is not None:
            browser = Gap(both={"browser": device.label})
            tell(r, person, "account_new_device", browser, not_me(r, link))

    def _forget_unused(self, person: PersonId, new: KnownDevice) -> None:
        r, most = self.records, policy_of(self.records).devices.most
        others = [each for each in r.devices.of(person) if each.id != new.id]
        if len(others) < most:
            return
        running = {session.device for session in r.sessions.of(person, "", r.clock())}
        others.sort(key=lambda each: (each.id in running, each.last_seen), reverse=True)
        for each in others[most - 1 :]:
            r.devices.forget(person, each.id)

    def _secret(self) -> str:
        return rules.written_code(self.chance(rules.CODE_BYTES))

    def _me(self, caller: Caller) -> PersonId:
        person = keeper(caller).person
        if person is None:
            raise not_found()
        return person

    def _held(self, person: PersonId) -> Held[Protection]:
        return held_or_new(self.records, person)

    def _add(self, held: Held[Protection], *steps: ProtectionStep) -> None:
        add(self.records, held, *steps)


def at_last(act: Callable[[], T]) -> T:
    """Do something again where another browser was faster: whoever freezes is not told to retry."""
    for _ in range(_TRIES):
        try:
            return act()
        except MovedOn:
            continue
    return act()


def held_or_new(r: Records, person: PersonId) -> Held[Protection]:
    """Somebody's protection; one that has not begun stands at version 0."""
    held = r.protections.of(person)
    return held or Held(Protection(protection_id(person), person, r.clock()), 0)


def add(r: Records, held: Held[Protection], *steps: ProtectionStep) -> None:
    """Keep what happened, and before it the beginning where there is none yet."""
    first = [] if held.version else [rules.begin(held.now.person, r.clock())]
    r.protections.add(held.now.id, [*first, *steps], after=held.version)


def keyed(r: Records, secret: str) -> Keyed:
    """The digest by which a secret is found again."""
    return r.parties.subject_key("protection", rules.plain_code(secret))


def not_me(r: Records, link: str) -> Gap:
    """The way out, for a letter."""
    return Gap(both={"link": f"{r.address}/freeze/not-me/{link}/"})
