"""What stands beside a case on its parties' pages: who one is, a call, papers for outside."""

from typing import Any

from gongdao.bootstrap import app
from gongdao.web import words
from gongdao.web.public.opened import Opened


def of(case: Opened) -> dict[str, Any]:
    """Links to what is offered now; each is left out where it is not."""
    stories = app().around_appeals
    papers = stories.papers.offered(case.view, words.language())
    found: dict[str, Any] = {"papers_url": case.url("papers") if papers else ""}
    if _talked(case):
        found["talk_url"] = case.url("talk")
    if case.is_reporter:
        return found
    calls = stories.phoning.of_case(case.view.id, case.caller)
    if stories.verifying.offered(case.view.id, case.caller):
        found["proofs_url"] = case.url("proofs")
    if calls:
        found["phoned_url"], found["phoned"] = case.url("phoned"), calls[0].stage
    return found


def _talked(case: Opened) -> bool:
    """Whether there is a talk, or its reporter may offer one."""
    inside = app().disputes.talks_inside
    if inside.of_case(case.view.id, case.caller):
        return True
    return case.is_reporter and inside.offered(case.view.id, case.caller) is not None
