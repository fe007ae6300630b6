"""What an appeal is asked to bring: a card for each thing, with its upload, and the meter above.

`page` gives the template `pieces/materials.html` what it needs; `take` does what its forms ask.
Any page of a case may show them: the forms post to the page's own address.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.completeness import State
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.material_views import MaterialsView, SaidFinding, ShownMaterial
from gongdao.domain.flows.materials import Materials
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, ExhibitId
from gongdao.domain.policy.evidence_standard import Holder
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, incoming, pieces, words

FIELD = "material"
"""A form with this field is one of a card's."""
DOES = "do"
STATES: words.Words = {
    "missing": gettext_lazy("Not there yet"),
    "being_read": gettext_lazy("Being read; this takes up to a minute"),
    "to_mend": gettext_lazy("To mend"),
    "asked": gettext_lazy("One question left"),
    "passed": gettext_lazy("Passed"),
}
_ICONS = {
    State.MISSING: "circle-dashed",
    State.BEING_READ: "clock",
    State.TO_MEND: "circle-alert",
    State.ASKED: "circle-alert",
    State.PASSED: "circle-check",
}


@dataclass(frozen=True, slots=True)
class Mending:
    """What was found, and how to mend it."""

    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only the person knows. `answer` is empty where nothing was answered."""

    code: str
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to bring."""

    code: str
    title: str
    required: bool
    why: str
    shows: list[str]
    focus: str
    formats: str
    accept: str
    """For the browser's own dialog: endings of the formats that are taken."""
    state: str
    state_words: str
    icon: str
    gain: int
    mendings: list[Mending]
    questions: list[Question]
    exhibits: list[exhibit_pieces.Shown]
    ids: list[str]
    others: list[tuple[str, str]]
    """Own exhibits that do not stand for it yet, to choose from."""
    source: str
    as_of: str

    @property
    def pairs(self) -> list[tuple[str, exhibit_pieces.Shown]]:
        """Each exhibit with its id."""
        return list(zip(self.ids, self.exhibits, strict=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole list, ready for its template."""

    cards: list[Card]
    meter: list[pieces.MeterItem]
    share: int
    passed: int
    required: int
    holder: str
    holders: list[tuple[str, str]]


def page(decision: DecisionId, case: CaseId, caller: Caller) -> Shown | None:
    """What the caller is asked to bring; None where it is not theirs to appeal."""
    try:
        view = _materials().view(decision, caller)
    except (NotFound, Refused):
        return None
    mine = [each for each in app().exhibiting.of_case(case, caller) if each.mine]
    return _shown(view, mine)


def for_staff(appeal: AppealId, case: CaseId, caller: Caller) -> Shown | None:
    """The same list for the desk; None for whoever has another chair at the case."""
    try:
        view = _materials().seen_by_staff(appeal, caller)
    except NotFound:
        return None
    return _shown(view, app().exhibiting.of_case(case, caller), case)


def asked(request: HttpRequest) -> bool:
    """Whether a form of one of the cards was sent."""
    return request.method == "POST" and FIELD in request.POST


def take(
    request: HttpRequest, decision: DecisionId, case: CaseId, caller: Caller
) -> list[pieces.FieldError]:
    """Do what one of the forms asks; what stands against it."""
    material = request.POST[FIELD]
    try:
        return _do(request, decision, material, case, caller)
    except GongdaoError as problem:
        return [pieces.FieldError(f"material-{material}", hint_of(problem), problem.code)]


def _do(
    request: HttpRequest, decision: DecisionId, material: str, case: CaseId, caller: Caller
) -> list[pieces.FieldError]:
    exhibit = ExhibitId(request.POST.get("exhibit", ""))
    match request.POST.get(DOES, ""):
        case "detach":
            _materials().detach(decision, material, exhibit, caller)
        case "attach":
            _materials().attach(decision, material, exhibit, caller)
        case "answer":
            yes, question = request.POST.get("yes") == "yes", request.POST.get("question", "")
            _materials().answer(decision, material, caller, yes=yes, question=question)
        case "holder":
            _materials().name_holder(decision, _holder(request), caller)
        case _:
            return _upload(request, decision, material, case, caller)
    return []


def _upload(
    request: HttpRequest, decision: DecisionId, material: str, case: CaseId, caller: Caller
) -> list[pieces.FieldError]:
    _materials().must_be_asked(decision, material, caller)
    came = incoming.taken(request)
    errors = [pieces.FieldError(f"file-{material}", e.words, e.code) for e in came.errors]
    if came.tokens:
        brought = app().exhibiting.attach(case, came.tokens, Said(), caller)
        for exhibit in brought:
            _materials().attach(decision, material, exhibit, caller)
    return errors


def _holder(request: HttpRequest) -> Holder:
    said = request.POST.get("holder", "")
    return Holder(said) if said in set(Holder) else Holder.PERSON


def _materials() -> Materials:
    return app().around_appeals.materials


def _shown(view: MaterialsView, exhibits: list[ExhibitView], case: str = "") -> Shown:
    cards = [_card(each, exhibits, case) for each in view.shown]
    required = [each for each in view.shown if each.state.required]
    language = words.language()
    return Shown(
        cards=cards,
        meter=[_meter(each) for each in required],
        share=view.complete.share,
        passed=sum(each.passed for each in required),
        required=len(required),
        holder=view.holder.value,
        holders=[(each.code.value, each.title.in_(language)) for each in view.holders],
    )


def _meter(each: ShownMaterial) -> pieces.MeterItem:
    title = each.material.title.in_(words.language())
    state = each.state
    if each.passed:
        adds = _("It counts in full.")
    else:
        said = _("%(state)s. Once it passes, the whole gains %(n)d of 100.")
        adds = said % {"state": words.said(STATES, state.state.value), "n": state.gain}
    return pieces.MeterItem(title, each.passed, adds, f"#material-{each.material.code}")


def _card(each: ShownMaterial, exhibits: list[ExhibitView], case: str) -> Card:
    language, material, state = words.language(), each.material, each.state
    by_id = {seen.id: seen for seen in exhibits}
    there = [by_id[one] for one in state.exhibits if one in by_id]
    others = [seen for seen in exhibits if seen.id not in state.exhibits]
    return Card(
        code=material.code,
        title=material.title.in_(language),
        required=state.required,
        why=material.why.in_(language),
        shows=[one.in_(language) for one in material.shows],
        focus=material.focus.in_(language),
        formats=" · ".join(one.upper() for one in material.formats),
        accept=",".join(f".{one}" for one in material.formats),
        state=state.state.value,
        state_words=words.said(STATES, state.state.value),
        icon=_ICONS[state.state],
        gain=state.gain,
        mendings=[_mending(one, language) for one in each.findings],
        questions=[
            Question(one.code, one.question.in_(language), _answer(answer=one.answer))
            for one in each.questions
        ],
        exhibits=exhibit_pieces.listed(there, case),
        ids=[seen.id for seen in there],
        others=[(seen.id, _choice(seen)) for seen in others],
        source=material.source,
        as_of=f"{material.as_of}",
    )


def _mending(said: SaidFinding, language: str) -> Mending:
    return Mending(said.found.in_(language), said.mend.in_(language))


def _answer(*, answer: bool | None) -> str:
    return {None: "", True: "yes", False: "no"}[answer]


def _choice(seen: ExhibitView) -> str:
    return _("Exhibit %(n)d: %(name)s") % {"n": seen.number, "name": seen.name}
