"""A course that somebody has begun: its first section is read."""

from datetime import timedelta

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.studying import Opened

_READ = timedelta(minutes=4)


def begin(app: App, code: str, who: Caller) -> None:
    """Read the first section of a course, and turn its page."""
    section = app.records.courses.get(code).sections[0]
    opened = Opened(code, section.code, app.records.clock() - _READ)
    app.training.studying.turn(opened, None, who)
