"""Joins the intake's fast route to its records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.adapters.group_commit import GroupCommit
from gongdao.adapters.problems import is_outage as is_outage  # noqa: PLC0414
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.receiving import Arrival, Receiving
from gongdao.domain.flows.sorting import Sorting
from gongdao.domain.flows.submitting import Submission
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.kernel.errors import PeerFailed, hint_noop

if TYPE_CHECKING:
    from asyncio import Future

    from gongdao.storage.api_keys import Holder
    from gongdao.storage.receiving import Answer as Answer  # noqa: PLC0414
    from gongdao.storage.receiving import Incoming, PgReceiving
    from gongdao.storage.receiving import Once as Once  # noqa: PLC0414
    from gongdao.storage.sorting import PgSorting


@dataclass(frozen=True, slots=True, repr=False)
class Intake:
    """What the fast route may ask for. Belongs to one event loop."""

    receiving: Receiving
    kept_by: "PgReceiving"
    line: "GroupCommit[Incoming, Answer]"

    def check(self, submission: Submission, reporter_account: str | None) -> Arrival:
        """Refused, unless it can be taken."""
        return self.receiving.check(submission, reporter_account)

    def once(self, scope: str, key: str, request: str) -> "Once":
        """An Idempotency-Key with what was sent under it; BadInput for a key that is none."""
        return self.kept_by.once(scope, key, request)

    def put(self, arrivals: "Sequence[tuple[Arrival, Once | None]]") -> "list[Future[Answer]]":
        """Let arrivals in, all or none; PeerFailed where there is no room."""
        from gongdao.storage.receiving import Incoming  # noqa: PLC0415

        return self.line.put_all([Incoming(arrival, once) for arrival, once in arrivals])

    async def holder(self, secret: str) -> "Holder | None":
        """Who an API key stands for."""
        return await self.kept_by.ask(lambda: bootstrap.api_keys().holder(secret))

    async def allow(self, address: str, proof: str | None) -> None:
        """Count one more report from an address; Refused where it needs a proof of work."""
        await self.kept_by.ask(lambda: bootstrap.allow_report(address, proof))

    async def look_at_proof(self, address: str, proof: str) -> None:
        """Refuse a proof of work that is none, before what came with it is read."""
        await self.kept_by.ask(lambda: bootstrap.look_at_proof(address, proof))

    async def close(self) -> None:
        """Keep what waits, then close."""
        await self.line.close()
        await self.kept_by.close()


def intake(render: Callable[[SignedReceipt], bytes]) -> Intake:
    """The intake of this process; `render` writes the body of an answer."""
    from gongdao.storage.people import PgCodes  # noqa: PLC0415 – once Django is set up
    from gongdao.storage.receiving import PgReceiving  # noqa: PLC0415
    from gongdao.storage.signing_keys import PgReceipts  # noqa: PLC0415

    house = bootstrap.app()
    receiving = Receiving(house.records)
    kept_by = PgReceiving(
        receiving=receiving,
        secrets=house.secrets,
        codes=PgCodes(house.secrets),
        receipts=PgReceipts(house.secrets, house.records.address),
        random_bytes=chance.random_bytes,
        new_id=chance.new_id,
        render=render,
    )
    return Intake(receiving, kept_by, GroupCommit(kept_by.keep))


def sorting() -> "PgSorting":
    """What puts acknowledged reports in line."""
    from gongdao.storage.sorting import PgSorting  # noqa: PLC0415

    house = bootstrap.app()
    records = house.records
    flow = Sorting(records, Clocks(records))
    weighing = house.reweighing.weighing
    believing = house.standing.believing
    return PgSorting(flow, weighing, believing, house.secrets, records.new_id, records.clock)


def no_database() -> PeerFailed:
    """What people are told while the database is gone, or has no room."""
    return PeerFailed(
        "server.no_database",
        hint_noop("The database does not answer now; nothing was kept. Try again later."),
        seconds=5,
    )
