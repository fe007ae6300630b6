"""What the worker does with the jobs of the outbox."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gongdao import bootstrap
from gongdao.bootstrap.looks import look_runner
from gongdao.domain.evidence.stamped import STAMP
from gongdao.domain.flows.announcing import WEBHOOK
from gongdao.domain.flows.asking_owners import ASK_OWNER, AskingOwners
from gongdao.domain.flows.calling import Calling
from gongdao.domain.flows.confirming import CONFIRM, Confirming
from gongdao.domain.flows.delivering import Delivering
from gongdao.domain.flows.dispute_reminders import ROBOT
from gongdao.domain.flows.importing import IMPORT, TakeIn
from gongdao.domain.flows.issuing import MAIL
from gongdao.domain.flows.protection_letters import ALARM, Alarming
from gongdao.domain.flows.robot_desk import Ringing
from gongdao.domain.flows.teaching import TEACH
from gongdao.domain.flows.telling import REST, Telling
from gongdao.domain.flows.telling_the_rest import TellingTheRest

if TYPE_CHECKING:
    from gongdao.adapters.jobs import Handler, JobRunner


def job_handlers() -> "Mapping[str, Handler]":
    """What the worker does with each topic of the outbox."""
    from django.conf import settings  # noqa: PLC0415 – settings exist only once Django is set up

    from gongdao.adapters.mail import mailer  # noqa: PLC0415
    from gongdao.bootstrap.public_log import stamping  # noqa: PLC0415

    post = mailer(settings.CONFIG.smtp_url, settings.CONFIG.from_address)
    records = bootstrap.app().records
    return {
        MAIL: Delivering(records, post),
        REST: TellingTheRest(records, Telling(records)),
        CONFIRM: Confirming(records, bootstrap.app().reporting),
        ASK_OWNER: AskingOwners(records, bootstrap.app().reporting.owning),
        STAMP: stamping(),
        ALARM: Alarming(records, post),
        IMPORT: TakeIn(bootstrap.app().disputes.importing),
        TEACH: bootstrap.app().screening.teaching,
    }


def runners() -> "dict[str, JobRunner]":
    """What does the outbox's jobs: mail waits neither for a silent receiver nor for a picture."""
    return {"jobs": job_runner(), "webhooks": webhook_runner(), "looks": look_runner()}


def job_runner() -> "JobRunner":
    """What does the outbox's jobs; the worker starts it and stops it."""
    return _runner(job_handlers())


def webhook_runner() -> "JobRunner":
    """What sends webhooks, apart from the rest: a receiver that is silent holds up no mail."""
    records, post = bootstrap.app().records, bootstrap.webhook_post()
    return _runner({WEBHOOK: Calling(records, post), ROBOT: Ringing(records, post)})


def _runner(handlers: "Mapping[str, Handler]") -> "JobRunner":
    from gongdao.adapters.jobs import JobRunner  # noqa: PLC0415
    from gongdao.storage.job_queue import CHANNEL, connect, queries  # noqa: PLC0415

    return JobRunner(connect=connect, queries=queries, channel=CHANNEL, handlers=handlers)
