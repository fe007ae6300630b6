"""Papers for authorities outside, filled in from a case as one side sees it.

They are built from that side's view of the case and its own exhibits, as a packet is: what was
never put into the view cannot stand in a paper (invariant 3). Whatever the file does not hold stays
a gap in brackets; nobody's identity is filled in, not even that of whoever asks for the paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.casefile import CaseFiles, CaseView, DecisionView
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import CaseId, PackRef
from gongdao.domain.policy.ways import PaperForm, PaperSide, PaperWords

SHORT = 16
"""Digits of a hash by which a file is named on paper."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One line of the list of annexes."""

    number: str
    name: str
    digest: str
    """The first digits of its SHA-256."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A paper that can be made today."""

    code: str
    route: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, filled in as far as the file goes."""

    code: str
    language: str
    day: date
    case: CaseId
    title: str
    addressee: str
    rows: tuple[tuple[str, str], ...]
    requests: tuple[str, ...]
    facts: tuple[str, ...]
    own_words: tuple[str, ...]
    """What this side wrote in its own appeals."""
    annexes: tuple[Annex, ...]
    remarks: tuple[str, ...]
    words: PaperWords


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a case, from one's own chair."""

    records: Records
    files: CaseFiles
    exhibiting: Exhibiting

    def offered(self, view: CaseView, language: str) -> list[Offered]:
        """The papers that one can have today; none before anything was decided."""
        return [
            Offered(form.code, form.route, form.title.in_(language), form.source)
            for form in self._forms(view)
        ]

    def make(
        self, case_id: CaseId, code: str, language: str, caller: Caller, operator: str
    ) -> Paper:
        """One of them; NotFound where it is not in force today, or nobody's on this chair."""
        view = self.files.open(case_id, caller)
        form = next((each for each in self._forms(view) if each.code == code), None)
        ways = self.records.pack(_ref(view)).ways
        if form is None or ways is None:
            raise not_found()
        known = self._known(view, language, operator)

        def filled(text: str) -> str:
            return text.format_map(known)

        return Paper(
            code=form.code,
            language=language,
            day=self._today(),
            case=view.id,
            title=form.title.in_(language),
            addressee=form.addressee.in_(language),
            rows=tuple(
                (row.label.in_(language), filled(row.value.in_(language))) for row in form.rows
            ),
            requests=tuple(filled(each.in_(language)) for each in form.requests),
            facts=tuple(filled(each.in_(language)) for each in form.facts),
            own_words=tuple(each.grounds for each in view.appeals if each.grounds),
            annexes=self._annexes(view, ways.words, language, caller),
            remarks=tuple(each.in_(language) for each in form.remarks),
            words=ways.words,
        )

    def _forms(self, view: CaseView) -> tuple[PaperForm, ...]:
        if view.decision is None or view.seat not in {Seat.RESPONDENT, Seat.REPORTER}:
            return ()
        ways = self.records.pack(_ref(view)).ways
        return ways.papers_on(self._today(), PaperSide(view.seat.value)) if ways else ()

    def _today(self) -> date:
        return self.records.clock().astimezone(CHINA).date()

    def _known(self, view: CaseView, language: str, operator: str) -> Mapping[str, str]:
        decision = view.decision
        words = self.records.statement_words(_ref(view), language)
        policy = self.records.policy(_ref(view))
        gap = "［　］" if language.startswith("zh") else "［ ］"
        clause = policy.clause(decision.clause) if decision and decision.clause else None
        return {
            "case": view.id,
            "category": view.category_title(language),
            "decision": decision.id if decision else gap,
            "decided_at": shown(decision.decided_at) if decision else gap,
            "outcome": words.outcomes[decision.outcome] if decision else gap,
            "clause": clause.title.in_(language) if clause else gap,
            "subject": view.subject_ref or gap,
            "account": view.account or gap,
            "appeals": _appeals(view, language) or gap,
            "operator": operator,
            "day": f"{self._today():%Y-%m-%d}",
        }

    def _annexes(
        self, view: CaseView, words: PaperWords, language: str, caller: Caller
    ) -> tuple[Annex, ...]:
        found = [
            Annex(
                f"{words.exhibit.in_(language)} {each.number}",
                each.name,
                each.file.sha256[:SHORT],
            )
            for each in self.exhibiting.of_case(view.id, caller)
            if each.mine and each.file is not None
        ]
        return (*_letters(view.decision, words, language), *found)


def _letters(decision: DecisionView | None, words: PaperWords, language: str) -> tuple[Annex, ...]:
    """The letter of the decision, for whoever got it."""
    if decision is None or decision.statement_zh is None:
        return ()
    return (Annex(words.letter.in_(language), decision.id, decision.digest[:SHORT]),)


def _appeals(view: CaseView, language: str) -> str:
    """One's own appeals in a line."""
    zh = language.startswith("zh")
    names = _STAGES_ZH if zh else _STAGES_EN
    told = [
        f"第 {a.level} 级，{shown(a.filed_at)} 提出，{names[a.stage]}"
        if zh
        else f"level {a.level}, filed {shown(a.filed_at)}, {names[a.stage]}"
        for a in view.appeals
    ]
    return ("；" if zh else "; ").join(told)


_STAGES_ZH = {
    "filed": "等待复核",
    "waiting": "等待复核",
    "under_review": "复核中",
    "upheld": "维持",
    "changed": "变更",
    "overturned": "撤销",
}
_STAGES_EN = {
    "filed": "waiting",
    "waiting": "waiting",
    "under_review": "being heard",
    "upheld": "upheld",
    "changed": "changed",
    "overturned": "overturned",
}


def _ref(view: CaseView) -> PackRef:
    platform, _, version = view.pack.partition("@")
    return PackRef(platform, version)
