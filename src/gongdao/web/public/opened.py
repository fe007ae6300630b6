"""Opening a case for one of its two sides: with the code of a receipt or notice, or signed in."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.kernel.ids import CaseId, PackRef
from gongdao.domain.policy.model import CasePolicy
from gongdao.web import words
from gongdao.web.public import limits

_GROUP = 4
_MOST = 40
"""Characters of a code that are looked at; a real one has twenty."""
_BY_CODE = {
    (Seat.REPORTER, "case"): "track_case",
    (Seat.REPORTER, "messages"): "track_messages",
    (Seat.REPORTER, "evidence"): "track_evidence",
    (Seat.REPORTER, "chain"): "track_chain",
    (Seat.REPORTER, "packet"): "track_packet",
    (Seat.REPORTER, "papers"): "track_papers",
    (Seat.REPORTER, "talk"): "track_talk",
    (Seat.REPORTER, "withdraw"): "track_withdraw",
    (Seat.REPORTER, "take_up"): "track_take_up",
    (Seat.REPORTER, "ask_review"): "track_review",
    (Seat.REPORTER, "answer_question"): "track_question",
    (Seat.RESPONDENT, "case"): "appeal_case",
    (Seat.RESPONDENT, "evidence"): "appeal_evidence",
    (Seat.RESPONDENT, "chain"): "appeal_chain",
    (Seat.RESPONDENT, "packet"): "appeal_packet",
    (Seat.RESPONDENT, "papers"): "appeal_papers",
    (Seat.RESPONDENT, "talk"): "appeal_talk",
    (Seat.RESPONDENT, "proofs"): "appeal_proofs",
    (Seat.RESPONDENT, "phoned"): "appeal_phoned",
    (Seat.RESPONDENT, "answer"): "answer_case",
    (Seat.RESPONDENT, "appeal"): "appeal_write",
    (Seat.RESPONDENT, "rectify"): "appeal_rectify",
    (Seat.RESPONDENT, "answer_question"): "appeal_question",
}

_NAMED = {"messages", "evidence", "chain", "packet", "papers", "proofs", "phoned", "talk"}
"""Pages of somebody signed in that have a name of their own."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case, who looks at it, and by which way they came in."""

    view: CaseView
    caller: Caller
    code: str = ""
    """The code that opened it; empty for somebody signed in."""

    @property
    def is_reporter(self) -> bool:
        """Whether it is seen from the reporter's chair; else from the respondent's."""
        return self.view.seat is Seat.REPORTER

    @property
    def policy(self) -> CasePolicy:
        """The rules by which it is judged."""
        return app().records.policy(self.pack)

    @property
    def pack(self) -> PackRef:
        """The pack by which it is judged."""
        platform, _, version = self.view.pack.partition("@")
        return PackRef(platform, version)

    @property
    def letter_outcome(self) -> str:
        """Under which heading the letter says what is decided, in the reader's language."""
        return app().records.statement_words(self.pack, words.language()).outcome

    def url(self, step: str = "case") -> str:
        """The address of the case, or of one thing to do in it, by the same way in."""
        if self.code:
            return reverse(_BY_CODE[self.view.seat, step], args=[self.code])
        if step == "case":
            return reverse("mine_case", args=[self.view.id])
        if step in _NAMED:
            return reverse(f"mine_{step}", args=[self.view.id])
        return reverse("mine_step", args=[self.view.id, step])


def grouped(written: str) -> str:
    """A code as we write it, in groups of four, however it was typed."""
    plain = "".join(c for c in written.upper() if c.isalnum())[:_MOST]
    return "-".join(plain[i : i + _GROUP] for i in range(0, len(plain), _GROUP))


def by_code(request: HttpRequest, code: str) -> Opened:
    """The case that a code opens; NotFound for any other code, and guessing is soon locked."""
    view, caller = limits.looked_up(request, lambda: app().files.by_code(code))
    return Opened(view, caller, grouped(code))


def by_id(request: HttpRequest, case_id: str) -> Opened:
    """A case of somebody signed in; NotFound unless they have a part in it."""
    caller = caller_of(request.user)
    view = app().files.open(CaseId(case_id), caller)
    if view.seat not in {Seat.REPORTER, Seat.RESPONDENT}:
        raise not_found()
    return Opened(view, caller)
