"""The records in PostgreSQL; can be imported once Django is set up."""

from gongdao.adapters import chance
from gongdao.adapters.calendars import load_calendar
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.policy.book import PackBook
from gongdao.site.config import Config
from gongdao.storage import case_files, clocks_and_notices, groups, mailboxes, people, reports
from gongdao.storage.interims import PgInterims
from gongdao.storage.outbox import PgOutbox
from gongdao.storage.signing_keys import PgReceipts
from gongdao.storage.triage import PgQueues
from gongdao.storage.webhooks import PgWebhooks
from gongdao.storage.work import unit_of_work


def pg_records(
    config: Config, secrets: people.Secrets, texts: people.PgTexts, packs: PackBook, clock: Clock
) -> Records:
    """Every port joined to its tables."""
    codes = people.PgCodes(secrets)
    queues = PgQueues(Weighing(packs), clock)
    return Records(
        work=unit_of_work,
        texts=texts,
        parties=people.PgParties(secrets, chance.new_id),
        staff=people.PgStaff(),
        codes=codes,
        reports=reports.PgReports(codes),
        receipts=PgReceipts(secrets, config.address),
        cases=case_files.PgCases(queues),
        decisions=case_files.PgDecisions(),
        sanctions=case_files.PgSanctions(),
        appeals=case_files.PgAppeals(),
        interims=PgInterims(),
        notices=clocks_and_notices.PgNotices(),
        deadlines=clocks_and_notices.PgDeadlines(),
        queues=queues,
        groups=groups.PgGroups(),
        owner_tasks=groups.PgOwnerTasks(),
        mailboxes=mailboxes.PgMailboxes(),
        unmaskings=mailboxes.PgUnmaskings(),
        outbox=PgOutbox(),
        webhooks=PgWebhooks(secrets),
        packs=packs,
        calendar=load_calendar(config.calendar_overrides),
        clock=clock,
        new_id=chance.new_id,
        address=config.address,
    )
