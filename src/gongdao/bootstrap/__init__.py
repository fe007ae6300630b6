"""The only place that joins ports to the outside."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gongdao.adapters import chance, receipts
from gongdao.adapters.embedded_postgres import EmbeddedPostgres as EmbeddedPostgres
from gongdao.adapters.webhook_post import HttpPost
from gongdao.bootstrap.appeal_stories import AppealStories, Common, appeal_stories
from gongdao.bootstrap.dispute_stories import DisputeStories, dispute_stories
from gongdao.bootstrap.looks import Looking, looking
from gongdao.bootstrap.pack_shelf import pack_book as pack_book
from gongdao.bootstrap.pack_shelf import pack_problems as pack_problems
from gongdao.bootstrap.pack_shelf import pack_root as pack_root
from gongdao.bootstrap.pack_shelf import pack_texts as pack_texts
from gongdao.bootstrap.protection_stories import ProtectionStories, protection_stories
from gongdao.bootstrap.screening_stories import ScreeningStories, screening_stories
from gongdao.bootstrap.standing_stories import StandingStories, standing_stories
from gongdao.bootstrap.training_stories import TrainingStories, training_stories
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.decisions.model import Sanction
from gongdao.domain.flows.alike import Alike
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.appealing import Appealing
from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.casefile import CaseFiles
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.deadline_missed import Passing
from gongdao.domain.flows.deciding import Deciding
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.holding import Holding
from gongdao.domain.flows.investigating import Investigating
from gongdao.domain.flows.lists import CaseLists, Desk
from gongdao.domain.flows.mailing import Mailing
from gongdao.domain.flows.misusing import Misusing
from gongdao.domain.flows.overturned import WhenOverturned
from gongdao.domain.flows.owning import Owning
from gongdao.domain.flows.pulling import Pulling
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.reviewing import Reviewing
from gongdao.domain.flows.reweighing import Reweighing
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.taking_up import TakingUp
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.unmask import Unmask
from gongdao.domain.flows.uploading import Uploading
from gongdao.domain.flows.webhook_desk import WebhookDesk
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake.proof import Demands
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PackRef, PersonId
from gongdao.domain.policy.book import PackBook, guard_cited
from gongdao.site.config import Config, Mode
from gongdao.site.keys import Keys

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from gongdao.storage.accounts import AccountLine as AccountLine
    from gongdao.storage.accounts import PgAccounts
    from gongdao.storage.api_keys import ApiKeys
    from gongdao.storage.health import Health
    from gongdao.storage.heartbeats import Beat as Beat
    from gongdao.storage.models import Account
    from gongdao.storage.people import Secrets
    from gongdao.storage.proofs import Proofs
    from gongdao.storage.rebuild import Difference as Difference
    from gongdao.storage.signing_keys import PgReceipts
    from gongdao.storage.totals import Totals


WRONG_CODES_PER_MINUTE = 20
"""From one network address. A code has a hundred bits; this keeps guessing from being a load."""


@dataclass(frozen=True, slots=True, repr=False)
class App:
    """Everything that a way in may ask for. Made once a process; holds no state.

    Never written out whole, nor are its parts: with every record behind them it can be gigabytes.
    """

    records: Records
    reporting: Reporting
    investigating: Investigating
    deciding: Deciding
    appealing: Appealing
    around_appeals: AppealStories
    disputes: DisputeStories
    screening: ScreeningStories
    standing: StandingStories
    training: TrainingStories
    protection: ProtectionStories
    reviewing: Reviewing
    holding: Holding
    passing: Passing
    mailing: Mailing
    owning: Owning
    unmask: Unmask
    files: CaseFiles
    desk: Desk
    pulling: Pulling
    alike: Alike
    reweighing: Reweighing
    uploading: Uploading
    exhibiting: Exhibiting
    looking: Looking
    packs: PackBook
    secrets: "Secrets"


def join(records: Records, lists: CaseLists, secrets: "Secrets") -> App:
    """Join the stories to their records; tests join them to fakes."""
    telling, weighing = Telling(records), Weighing(records.packs)
    reweighing = Reweighing(records, weighing)
    clocks, announcing, looks = Clocks(records), Announcing(records), looking(records, secrets)
    sanctioning = Sanctioning(records, telling, clocks, announcing)
    holding = Holding(records, telling, announcing)
    owning = Owning(records, clocks, announcing)
    believing = Believing(records, weighing)
    taking_up = TakingUp(records, believing, telling, clocks, owning)
    misusing = Misusing(records, believing, telling, taking_up)
    reporting = Reporting(records, telling, clocks, holding, owning, believing)
    overturned = WhenOverturned(records, telling, clocks, sanctioning, reporting, holding, misusing)
    appealing = Appealing(records, telling, clocks)
    common = Common(records, telling, clocks, sanctioning, appealing, lists)
    reviewing = Reviewing(records, telling, clocks, sanctioning, reporting, overturned, announcing)
    investigating = Investigating(records, telling, clocks)
    deciding = Deciding(records, telling, clocks, reporting, sanctioning, announcing, holding)
    return App(
        records=records,
        reporting=reporting, investigating=investigating, deciding=deciding,
        appealing=appealing,
        around_appeals=appeal_stories(common),
        disputes=dispute_stories(records, looks, reporting),
        screening=screening_stories(records, reporting, investigating, deciding),
        standing=standing_stories(records, believing, misusing),
        training=training_stories(records, telling, sanctioning),
        protection=protection_stories(records, lists), reviewing=reviewing, holding=holding,
        passing=Passing(
            records, telling, clocks, sanctioning, appealing, reweighing, holding, owning, taking_up
        ),
        mailing=Mailing(records, telling),
        owning=owning,
        unmask=Unmask(records, telling), files=CaseFiles(records),
        desk=Desk(lists, records.clock), pulling=Pulling(records, weighing),
        alike=Alike(records, lists),
        reweighing=reweighing,
        uploading=Uploading(records), exhibiting=Exhibiting(records), looking=looks,
        packs=records.packs, secrets=secrets,
    )  # fmt: skip


@cache
def app() -> App:
    """The installation's stories on its real records; Django must be set up."""
    from django.conf import settings  # noqa: PLC0415 – settings exist only once Django is set up

    return on_postgres(settings.CONFIG, settings.KEYS, chance.now)


def on_postgres(config: Config, keys: Keys, clock: Clock) -> App:
    """The stories on PostgreSQL, with a clock of one's own."""
    from gongdao.bootstrap.pg_records import pg_records  # noqa: PLC0415
    from gongdao.storage import lists, people  # noqa: PLC0415
    from gongdao.storage.field_cipher import FieldCipher  # noqa: PLC0415

    secrets = people.Secrets(FieldCipher(keys.fields), keys.digest)
    texts = people.PgTexts(secrets, chance.salt)
    records = pg_records(config, secrets, texts, pack_book(config.packs), clock)
    return join(records, lists.PgCaseLists(texts), secrets)


def read_once() -> AbstractContextManager[None]:
    """Within it the record of each thing is read once: for a page that only looks."""
    from gongdao.storage import streams  # noqa: PLC0415

    return streams.read_once()


def load_packs() -> None:
    """Hold the packs at hand against those that were cited; PackInvalid names what is wrong."""
    problems = guard_cited(app().packs, cited_packs())
    if problems:
        raise PackInvalid(
            problems[0].code,
            hint_noop("{first} A cited version stays as it was: add a new version instead."),
            first=str(problems[0]),
        )


def cited_packs() -> Mapping[PackRef, str]:
    """Every pack version that a report or decision rests on, with its digest."""
    from gongdao.storage.case_files import PgDecisions  # noqa: PLC0415

    return PgDecisions().cited()


def new_party(language: str) -> str:
    """A party for somebody who signs up."""
    return app().records.parties.newcomer(None, language)


def caller_of(account: "Account | AnonymousUser") -> Caller:
    """The signed-in person at the door; nobody where it is off or frozen."""
    if not account.is_authenticated or not account.is_active or account.frozen_at:
        return NOBODY
    roles = frozenset(Role(role) for role in account.roles)
    return Caller(PersonId(str(account.party_id)), roles)


def passkey_host() -> str:
    """The host that passkeys belong to: that of the installation's address."""
    return urlsplit(app().records.address).hostname or "localhost"


def accounts() -> "PgAccounts":
    """The sign-ins of this installation."""
    from gongdao.storage.accounts import PgAccounts  # noqa: PLC0415

    return PgAccounts(app().records.parties)


def totals() -> "Totals":
    """How much this installation holds, counted by its database."""
    from gongdao.storage.totals import totals as counted  # noqa: PLC0415

    return counted()


def database_health() -> "Health":
    """How the database is: version, migrations, workers, what failed."""
    from gongdao.storage.health import health  # noqa: PLC0415

    return health()


def record_size() -> int:
    """How many records `record_differences` reads."""
    from gongdao.storage.rebuild import amount  # noqa: PLC0415

    return amount()


def record_differences(tick: Callable[[int], object]) -> "Iterator[Difference]":
    """Every row and leaf that is not what its events make of it."""
    from gongdao.storage.rebuild import differences  # noqa: PLC0415

    return differences(app().reweighing.weighing, tick)


def own_postgres(config: Config) -> EmbeddedPostgres:
    """The embedded PostgreSQL of an installation that brings no server of its own."""
    return EmbeddedPostgres(config.data / "postgres")


def webhooks() -> WebhookDesk:
    """What an operator can do with webhooks."""
    return WebhookDesk(app().records, webhook_post(), chance.random_bytes)


def webhook_post() -> HttpPost:
    """What sends webhooks; to plain addresses in practice only."""
    from django.conf import settings  # noqa: PLC0415

    return HttpPost(plain=settings.CONFIG.mode is Mode.PRACTICE)


def signing_keys() -> "PgReceipts":
    """The keys that sign receipts."""
    from gongdao.storage.signing_keys import PgReceipts  # noqa: PLC0415

    return PgReceipts(app().secrets, app().records.address)


receipt_document, verify_receipt = receipts.document, receipts.check


def make_report_months() -> int:
    """Make the partitions of the report table ahead of time; how many were new."""
    from gongdao.storage.partitions import make_months  # noqa: PLC0415

    return make_months(chance.now().date())


def tidy_jobs() -> int:
    """Forget finished jobs, used keys and tries of long ago; how many rows that was."""
    from gongdao.storage import idempotency, protections, rate_limits, webhooks  # noqa: PLC0415
    from gongdao.storage.outbox import KEPT_FOR, forget_finished  # noqa: PLC0415

    now = chance.now()
    kept = idempotency.forget(now) + rate_limits.forget(now) + webhooks.forget(now - KEPT_FOR)
    return forget_finished(now) + kept + protections.forget_ended(now)


def sign_of_life(worker: str, parts: Iterable[str]) -> None:
    """Keep that these parts of a worker are at work now."""
    from gongdao.storage.heartbeats import beat  # noqa: PLC0415

    beat(worker, parts, chance.now())


def last_sign(worker: str) -> None:
    """Forget a worker that stops in good order."""
    from gongdao.storage.heartbeats import stop_beating  # noqa: PLC0415

    stop_beating(worker)


def fresh_connections() -> None:
    """Close database connections that are broken or too old; called between pieces of work."""
    from django.db import close_old_connections  # noqa: PLC0415

    close_old_connections()


def api_keys() -> "ApiKeys":
    """The keys of programs."""
    from gongdao.storage.api_keys import ApiKeys  # noqa: PLC0415

    return ApiKeys(app().secrets, chance.new_id)


def once(scope: str, key: str, request: str, do: Callable[[], tuple[int, str]]) -> tuple[int, str]:
    """Do a thing once under a key; see `storage/idempotency.py`."""
    from gongdao.storage import idempotency  # noqa: PLC0415

    return idempotency.once(app().secrets, scope, key, request, do)


def allow_report(address: str, proof: str | None = None) -> None:
    """Count one more report from a network address; Refused where it needs a proof of work."""
    _proofs().let_in(address, proof, chance.now())


def look_at_proof(address: str, proof: str) -> None:
    """Refuse a proof of work that is none, before what came with it is read."""
    _proofs().look_at(address, proof, chance.now())


def _proofs() -> "Proofs":
    from django.conf import settings  # noqa: PLC0415

    from gongdao.storage.proofs import Proofs  # noqa: PLC0415

    given: Config = settings.CONFIG
    demands = Demands(
        free=given.reports_per_minute,
        proven=given.proven_reports_per_minute,
        bits=given.proof_bits,
        most_bits=given.proof_bits_most,
    )
    return Proofs(app().secrets, chance.salt, demands)


def allow_code(address: str) -> None:
    """Count one more wrong code from a network address; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415

    allow(app().secrets, "code", address, WRONG_CODES_PER_MINUTE, chance.now())


def sanctions_of(account: str) -> list[Sanction]:
    """Every sanction of an account of the operator's app, oldest first."""
    records = app().records
    person = records.parties.known(account)
    return records.sanctions.seen_of(person) if person is not None else []


def known_account(account: str) -> PersonId | None:
    """The party behind an account of the operator's app, if there is one already."""
    return app().records.parties.known(account)
