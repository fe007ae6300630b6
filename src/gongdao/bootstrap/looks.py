"""Looking at exhibits: the reader of pictures, and what is done with pictures."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gongdao.adapters.file_reading import ChildFileReader
from gongdao.adapters.picture_files.tools import PillowTools
from gongdao.adapters.picture_reading.process import ReadingProcess, installed
from gongdao.domain.flows.asking_looks import LOOK
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.looking import LookAt
from gongdao.domain.flows.looking import Looking as Looking  # noqa: PLC0414 - one place to join
from gongdao.domain.flows.reading_files import LookAtAny, ReadFileAt
from gongdao.domain.flows.records import Records

if TYPE_CHECKING:
    from gongdao.adapters.jobs import JobRunner
    from gongdao.storage.people import Secrets

reading_installed = installed
FILES = ChildFileReader()
READER = ReadingProcess()
"""Starts nothing until it is asked to read; its process ends with ours."""
LOOK_SECONDS = 2
"""So long a new exhibit may wait in an empty queue."""


def looking(records: Records, secrets: "Secrets") -> Looking:
    """The story, with tools that recognise pictures under this installation's key."""
    tools = PillowTools(bytes.fromhex(secrets.keyed("pieces of pictures", "")))
    return Looking(records, Exhibiting(records), tools)


def look_runner() -> "JobRunner":
    """What looks at exhibits, apart from the rest."""
    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.adapters.jobs import JobRunner  # noqa: PLC0415
    from gongdao.storage.job_queue import CHANNEL, connect, queries  # noqa: PLC0415

    app = bootstrap.app()
    pictures = LookAt(app.records, READER, app.looking.tools)
    handler = LookAtAny((pictures, ReadFileAt(app.records, FILES)))
    return JobRunner(
        connect=connect,
        queries=queries,
        channel=CHANNEL,
        handlers={LOOK: handler},
        at_once=2,
        poll=timedelta(seconds=LOOK_SECONDS),
    )
