"""The whole house on records in memory, with the real stories, packs and calendar."""

from datetime import datetime
from functools import cache

from cryptography.fernet import Fernet
from tests.fakes.around_appeals import around_appeals
from tests.fakes.clock import MONDAY, SettableClock, counting_ids
from tests.fakes.disputes import disputes_on_fakes
from tests.fakes.firms import firms_on_fakes
from tests.fakes.lists import MemoryCaseLists
from tests.fakes.mailboxes import MemoryMailboxes, MemoryUnmaskings
from tests.fakes.memory import Memory
from tests.fakes.organisations import organisations_on_fakes
from tests.fakes.people import MemoryCodes, MemoryOutbox, MemoryParties, MemoryStaff, MemoryTexts
from tests.fakes.protection import protection_on_fakes
from tests.fakes.queues import MemoryQueues
from tests.fakes.screening import screening_on_fakes
from tests.fakes.standing import standing_on_fakes
from tests.fakes.streams import (
    MemoryAppeals,
    MemoryCases,
    MemoryDeadlines,
    MemoryDecisions,
    MemoryGroups,
    MemoryInterims,
    MemoryNotices,
    MemoryOwnerTasks,
    MemoryReceipts,
    MemoryReports,
    MemorySanctions,
)
from tests.fakes.training import training_on_fakes
from tests.fakes.vault import vault_on_fakes
from tests.fakes.webhooks import MemoryWebhooks
from tests.parts.kernel.published import calendar_of_2026

from gongdao import bootstrap
from gongdao.bootstrap import App
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.policy.book import PackBook
from gongdao.storage.field_cipher import FieldCipher
from gongdao.storage.people import Secrets

ADDRESS = "https://gongdao.example"


@cache
def shipped_packs() -> PackBook:
    """The packs of the repository, read once."""
    return bootstrap.pack_book()


def house(start: datetime = MONDAY) -> App:
    """A new, empty house at a moment; its clock is a `SettableClock`."""
    memory, ids, clock = Memory(), counting_ids(), SettableClock(start)
    texts = MemoryTexts(memory)
    queues = MemoryQueues(memory, Weighing(shipped_packs()), clock)
    cases, reports = MemoryCases(memory, queues), MemoryReports(memory)
    appeals, mailboxes = MemoryAppeals(memory), MemoryMailboxes(memory)
    notices, deadlines = MemoryNotices(memory), MemoryDeadlines(memory)
    records = Records(
        work=memory,
        texts=texts,
        parties=MemoryParties(memory, ids),
        staff=MemoryStaff(memory, appeals),
        codes=MemoryCodes(memory),
        reports=reports,
        receipts=MemoryReceipts(),
        cases=cases, decisions=MemoryDecisions(memory),
        sanctions=MemorySanctions(memory),
        **around_appeals(memory, appeals, ids),
        interims=MemoryInterims(memory),
        notices=notices, deadlines=deadlines,
        queues=queues,
        mailboxes=mailboxes,
        unmaskings=MemoryUnmaskings(memory), groups=MemoryGroups(memory),
        owner_tasks=MemoryOwnerTasks(memory),
        **vault_on_fakes(memory, ids),
        **firms_on_fakes(memory, cases, queues),
        **disputes_on_fakes(memory), **organisations_on_fakes(memory),
        **screening_on_fakes(memory), **training_on_fakes(memory),
        **standing_on_fakes(memory, cases), **protection_on_fakes(memory, ids),
        outbox=MemoryOutbox(memory), webhooks=MemoryWebhooks(memory),
        packs=shipped_packs(),
        calendar=calendar_of_2026(),
        clock=clock,
        new_id=ids,
        address=ADDRESS,
    )  # fmt: skip
    lists = MemoryCaseLists(cases, reports, appeals, notices, deadlines, mailboxes, texts)
    secrets = Secrets(FieldCipher((Fernet.generate_key(),)), b"a key for tests")
    return bootstrap.join(records, lists, secrets)
