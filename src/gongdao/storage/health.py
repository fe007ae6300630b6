"""How the database is, for `gongdao doctor`."""

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongdao.domain.kernel.events import Role
from gongdao.storage.heartbeats import Beat, beats
from gongdao.storage.models import Account, NoticeRow
from gongdao.storage.webhook_tables import WebhookSending


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the database found."""

    version: str
    """PostgreSQL's own, such as `16.4`."""
    pending: tuple[str, ...]
    """Migrations that were not applied."""
    beats: tuple[Beat, ...]
    jobs_failed: int
    mails_failed: int
    mails_retrying: int
    operators: int
    webhooks_given_up: int = 0
    webhooks_retrying: int = 0
    reports_in_trouble: int = 0
    """Acknowledged, and could not be put in line yet."""
    reports_waiting: int = 0
    """Acknowledged more than a minute ago, and not in line."""


def health() -> Health:
    """Look; on an empty database everything but the version and the migrations is nought."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        version = str(cursor.fetchone()[0]).split()[0]
    pending = _pending()
    if pending:
        return Health(version, pending, (), 0, 0, 0, 0)
    mails = NoticeRow.objects
    sendings = WebhookSending.objects.filter(target__removed_at=None)
    return Health(
        version=version,
        pending=(),
        beats=tuple(beats()),
        jobs_failed=_failed_jobs(),
        mails_failed=mails.filter(email="failed").count(),
        mails_retrying=mails.filter(email="retrying").count(),
        operators=Account.objects.filter(
            is_active=True, roles__contains=[Role.OPERATOR.value]
        ).count(),
        webhooks_given_up=sendings.filter(state="given_up").count(),
        webhooks_retrying=sendings.filter(state="waiting", attempts__isnull=False)
        .distinct()
        .count(),
        reports_in_trouble=_reports("trouble is not null"),
        reports_waiting=_reports("trouble is null and received_at < now() - interval '1 minute'"),
    )


def _pending() -> tuple[str, ...]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(str(migration) for migration, _backwards in plan)


def _reports(which: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(sum(count), 0) from reports_waiting where {which}")  # noqa: S608 – our own words
        return int(cursor.fetchone()[0])


def _failed_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pgqueuer where status = 'failed'")
        return int(cursor.fetchone()[0])
