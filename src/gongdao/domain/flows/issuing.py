"""Issuing a notice: its letters sealed and kept as sent, in the inbox, and queued as mail."""

from collections.abc import Callable

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import SYSTEM
from gongdao.domain.kernel.ids import CaseId, NoticeId, PersonId
from gongdao.domain.notices.model import Letter, NoticeIssued, Reader

MAIL = "mail"
"""The outbox topic that sends a notice by e-mail."""

LANGUAGES = ("zh", "en")

Written = Callable[[str], tuple[str, str]]
"""The subject and the body in one language."""


def issue(
    r: Records, to: PersonId, reader: Reader, template: str, about: str, written: Written
) -> NoticeId:
    """Issue one notice in both languages, within the unit of work of the step it tells about.

    `about` is the id of the file that it belongs to: a case, or whatever else is kept.
    """
    texts = [text for language in LANGUAGES for text in written(language)]
    sealed = iter(r.texts.seal_all(texts, to))
    letters = {language: Letter(next(sealed), next(sealed)) for language in LANGUAGES}
    notice = NoticeId(r.new_id())
    issued = NoticeIssued(
        at=r.clock(),
        by=SYSTEM,
        notice=notice,
        to=to,
        reader=reader,
        template=template,
        case=CaseId(about),
        language=r.parties.language(to),
        zh=letters["zh"],
        en=letters["en"],
    )
    r.notices.add(notice, [issued], after=0)
    if r.parties.address(to) is not None:
        r.outbox.post(MAIL, notice, {"notice": notice})
    return notice
