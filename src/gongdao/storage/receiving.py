"""Keeping many reports in one transaction, on connections of their own beside Django's.

What is acknowledged is one row: an encrypted packet with every report of the batch, its leaf and
its words. The tables of reports and cases are filled from it by `sorting.py`, in bulk, in order.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.db import close_old_connections, connections

from gongdao.domain.flows.receiving import Arrival, Receiving
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.kernel.ids import NewId, PersonId
from gongdao.domain.policy.pack import digest as digest_of_pack
from gongdao.storage import codec
from gongdao.storage.case_files import PgDecisions
from gongdao.storage.idempotency import check_key
from gongdao.storage.job_queue import connect
from gongdao.storage.people import PgCodes, Secrets, account_digest
from gongdao.storage.signing_keys import PgReceipts, Received, Signer
from gongdao.storage.waiting_packets import Gathering, Packed, pack

KNOWN_ACCOUNTS = 50_000
"""So many accounts are remembered by a process, so that each is looked up once."""
SIGNER_SECONDS = 5.0
"""So long a process signs with the key that it knows: a rotation reaches it within that time."""

_ACCOUNTS = "select account_digest, id from party where account_digest = any(%s)"
_NEW_ACCOUNTS = """
    insert into party (id, account_digest, account, language, created_at)
    select * from unnest(%s::uuid[], %s::text[], %s::bytea[], %s::text[], %s::timestamptz[])
    on conflict (account_digest) do nothing
"""
_CLAIM = """
    insert into idempotency_key (scope, key, request_digest, status, answer, created_at)
    select * from unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::bytea[],
        %s::timestamptz[]) as claimed (scope, key)
    order by claimed.scope, claimed.key
    on conflict (scope, key) do nothing returning scope, key
"""
_ANSWERED = """
    select k.scope, k.key, k.request_digest, k.status, k.answer from idempotency_key k
    join unnest(%s::text[], %s::text[]) as asked (scope, key) using (scope, key)
"""
_KEEP = """
    insert into reports_waiting (received_at, count, codes, packet, tries)
    values (%b, %b, %b, %b, 0)
"""
CREATED = 201
SEALS, SALT = 3, 16
"""Texts of a report that are sealed, and bytes that each is sealed with."""
Connection = psycopg.AsyncConnection[Any]
T = TypeVar("T")
PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Once:
    """An Idempotency-Key, in whose name it counts, and what was sent under it."""

    scope: str
    key: str
    request: str
    """Keyed digest."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with: now, or when it was first sent."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """An arrival, and the key under which it is taken once."""

    arrival: Arrival
    once: Once | None = None


@dataclass(slots=True)
class _Made:
    """A report that is ready to be kept."""

    incoming: Incoming
    packed: Packed
    received: Received


@dataclass(slots=True)
class PgReceiving:
    """The intake's own way to the database. Belongs to one event loop."""

    receiving: Receiving
    secrets: Secrets
    codes: PgCodes
    receipts: PgReceipts
    random_bytes: Callable[[int], bytes]
    new_id: NewId
    render: Callable[[SignedReceipt], bytes]
    """The body of an answer."""
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "intake"))
    _free: list[Connection] = field(default_factory=list)
    _accounts: dict[str, PersonId] = field(default_factory=dict)
    _signer: Signer | None = None
    _signer_until: float = 0.0
    _cited: set[str] = field(default_factory=set)

    def once(self, scope: str, key: str, request: str) -> Once:
        """What `idempotency.once` counts by; BadInput for a key that is none."""
        check_key(key)
        return Once(scope, key, self.secrets.keyed("request", request))

    async def keep(self, batch: Sequence[Incoming]) -> Sequence[Answer | GongdaoError]:
        """Keep a batch; an error of the database means that nothing of it was acknowledged."""
        open_connection = await self._connection()
        try:
            answers = await self._keep(open_connection, batch)
        except BaseException:
            await open_connection.close()
            raise
        self._free.append(open_connection)
        return answers

    async def ask(self, do: Callable[[], T]) -> T:
        """Ask the database as the pages do, in the one thread that does that here."""

        def asked() -> T:
            close_old_connections()
            return do()

        return await asyncio.get_running_loop().run_in_executor(self._thread, asked)

    async def close(self) -> None:
        """Close every connection."""
        for idle in self._free:
            await idle.close()
        self._free.clear()
        await self.ask(connections.close_all)
        self._thread.shutdown()

    async def _keep(self, to: Connection, batch: Sequence[Incoming]) -> list[Answer | GongdaoError]:
        signer = await self._sign_with()
        await self._cite(batch)
        people = await self._people(to, batch)
        salts = self._salts(SEALS * len(batch))
        made = [self._make(incoming, people, salts) for incoming in batch]
        signed = signer.sign([each.received for each in made])
        answers = [Answer(CREATED, self.render(receipt)) for receipt in signed]
        if all(incoming.once is None for incoming in batch):
            await self._insert(to, made)
            return list(answers)
        async with to.transaction():
            said = await self._claim(to, batch, answers)
            kept = [one for one, won in zip(made, said, strict=True) if won is None]
            if kept:
                await self._insert(to, kept)
        return [won or answer for won, answer in zip(said, answers, strict=True)]

    def _salts(self, number: int) -> Iterator[bytes]:
        """Asked for all at once: the system is slow to answer, however little it is asked for."""
        drawn = self.random_bytes(SALT * number)
        return (drawn[begin : begin + SALT] for begin in range(0, len(drawn), SALT))

    def _make(
        self, incoming: Incoming, people: Mapping[str, PersonId], salts: Iterator[bytes]
    ) -> _Made:
        arrival, texts = incoming.arrival, Gathering(salts.__next__)
        account = arrival.reporter_account
        reporter = PersonId(self.new_id()) if account is None else people[account]
        report = self.receiving.report(arrival, reporter, texts)
        body = codec.encode(report)
        leaf = codec.leaf_hash(codec.report_entry(body))
        code = self.codes.of_report(report.id)
        submission = arrival.submission
        packed = Packed(
            body=body,
            leaf=leaf,
            code=self.codes.digest_of_own(code),
            texts=texts.kept,
            account=(submission.account or "").strip() or None,
            newcomer=account is None,
            contact=(submission.contact or "").strip() or None,
            language="zh-hans" if submission.language.startswith("zh") else "en",
        )
        return _Made(incoming, packed, Received(code, report.id, report.received_at, leaf.hex()))

    async def _insert(self, to: Connection, made: Sequence[_Made]) -> None:
        packed = [each.packed for each in made]
        received_at = min(each.incoming.arrival.received_at for each in made)
        codes = b"".join(each.code for each in packed)
        packet = pack(packed, self.secrets.fields)
        await to.execute(_KEEP, [received_at, len(packed), codes, packet], binary=True)

    async def _claim(
        self,
        to: Connection,
        batch: Sequence[Incoming],
        answers: Sequence[Answer],
    ) -> list[Answer | GongdaoError | None]:
        """For each of the batch what was answered before, or None where it is answered now."""
        first: dict[tuple[str, str], tuple[Once, Answer]] = {}
        for incoming, answer in zip(batch, answers, strict=True):
            if incoming.once is not None:
                key = (incoming.once.scope, incoming.once.key)
                first.setdefault(key, (incoming.once, answer))
        scopes, keys = [scope for scope, _ in first], [key for _, key in first]
        columns: list[list[Any]] = [
            scopes,
            keys,
            [once.request for once, _ in first.values()],
            [answer.status for _, answer in first.values()],
            [self.secrets.fields.encrypt(answer.body) for _, answer in first.values()],
            [batch[0].arrival.received_at] * len(first),
        ]
        won = {tuple(row) for row in await (await to.execute(_CLAIM, columns)).fetchall()}
        before = await (await to.execute(_ANSWERED, [scopes, keys])).fetchall()
        known = {(scope, key): rest for scope, key, *rest in before}
        said: list[Answer | GongdaoError | None] = []
        for incoming in batch:
            once = incoming.once
            if once is None or (won and (once.scope, once.key) in won):
                said.append(None)
                # The same key twice in one batch: the second is answered as the first was.
                won.discard((once.scope, once.key)) if once else None
            else:
                said.append(self._again(once, *known[once.scope, once.key]))
        return said

    def _again(self, once: Once, request: str, status: int, answer: bytes) -> Answer | GongdaoError:
        if request != once.request:
            return BadInput(
                "idempotency.reused",
                hint_noop("This key was used for another request. Use a new one."),
            )
        return Answer(status, (self.secrets.decrypt(answer) or "").encode())

    async def _people(self, to: Connection, batch: Sequence[Incoming]) -> dict[str, PersonId]:
        """The parties of all accounts that report, made where they are new."""
        accounts = {a.arrival.reporter_account for a in batch} - {None, ""}
        digests = {
            account: account_digest(self.secrets, account) for account in accounts if account
        }
        missing = {d: name for name, d in digests.items() if d not in self._accounts}
        if missing:
            await self._look_up(to, list(missing))
            new = [digest for digest in sorted(missing) if digest not in self._accounts]
            if new:
                now = batch[0].arrival.received_at
                await self._enter(to, new, missing, now)
                await self._look_up(to, new)
        found = {account: self._accounts[digest] for account, digest in digests.items()}
        if len(self._accounts) > KNOWN_ACCOUNTS:
            self._accounts.clear()
        return found

    async def _look_up(self, to: Connection, digests: list[str]) -> None:
        rows = await (await to.execute(_ACCOUNTS, [digests])).fetchall()
        self._accounts.update({digest: PersonId(str(party)) for digest, party in rows})

    async def _enter(
        self,
        to: Connection,
        digests: list[str],
        names: Mapping[str, str],
        now: datetime,
    ) -> None:
        number = len(digests)
        columns: list[list[Any]] = [
            [UUID(self.new_id()) for _ in digests],
            digests,
            [self.secrets.encrypt(names[digest].strip()) for digest in digests],
            ["zh-hans"] * number,
            [now] * number,
        ]
        await to.execute(_NEW_ACCOUNTS, columns)

    async def _cite(self, batch: Sequence[Incoming]) -> None:
        """Keep once a process how the packs read that reports rest on."""
        for each in {id(i.arrival.pack): i.arrival.pack for i in batch}.values():
            if str(each.ref) not in self._cited:
                await self.ask(partial(PgDecisions().cite, each.ref, digest_of_pack(each)))
                self._cited.add(str(each.ref))

    async def _sign_with(self) -> Signer:
        if self._signer is None or monotonic() > self._signer_until:
            self._signer = await self.ask(self.receipts.signer)
            self._signer_until = monotonic() + SIGNER_SECONDS
        return self._signer

    async def _connection(self) -> Connection:
        while self._free:
            idle = self._free.pop()
            if not idle.closed and not idle.broken:
                return idle
        opened = await connect("gongdao intake")
        # A commit that takes longer than clients wait is given up, and said to be.
        await opened.execute(f"set statement_timeout = '{PATIENCE_SECONDS}s'")
        return opened
