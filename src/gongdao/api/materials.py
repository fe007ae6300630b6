"""What an appeal is asked to bring, and bringing it."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.guidance import BothOut
from gongdao.api.schemas import Strict
from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.material_views import MaterialsView, ShownMaterial
from gongdao.domain.flows.materials import Materials
from gongdao.domain.kernel.ids import AppealId, DecisionId, ExhibitId
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.evidence_standard import Holder

router = Router(tags=["appeals"])
_Code = Annotated[str, Field(max_length=80)]


class MaterialFindingOut(Schema):
    """What was found, and how to mend it."""

    code: str
    found: BothOut
    mend: BothOut


class MaterialQuestionOut(Schema):
    """What no program can judge, and what was answered; null where it was not."""

    code: str
    question: BothOut
    answer: bool | None


class MaterialOut(Schema):
    """One thing that is asked, and how it stands."""

    material: str
    title: BothOut
    why: BothOut
    shows: list[BothOut]
    focus: BothOut = Field(description="What the reviewer looks at.")
    formats: list[str]
    required: bool
    state: str = Field(description="`missing`, `being_read`, `to_mend`, `asked` or `passed`.")
    gain: int = Field(description="Percent that the whole gains once it passes.")
    exhibits: list[str]
    findings: list[MaterialFindingOut]
    questions: list[MaterialQuestionOut]

    @classmethod
    def of(cls, shown: ShownMaterial) -> "MaterialOut":
        """As the story shows it."""
        material, state = shown.material, shown.state
        return cls(
            material=material.code,
            title=_both(material.title),
            why=_both(material.why),
            shows=[_both(each) for each in material.shows],
            focus=_both(material.focus),
            formats=list(material.formats),
            required=state.required,
            state=state.state.value,
            gain=state.gain,
            exhibits=list(state.exhibits),
            findings=[
                MaterialFindingOut(
                    code=each.code,
                    found=_both(each.found),
                    mend=_both(each.mend),
                )
                for each in shown.findings
            ],
            questions=[
                MaterialQuestionOut(
                    code=each.code, question=_both(each.question), answer=each.answer
                )
                for each in shown.questions
            ],
        )


class MaterialsOut(Schema):
    """The whole list."""

    share: int = Field(description="Of the required material by weight, in percent: what passed.")
    holder: Holder
    gaps: list[str] = Field(description="What did not pass, by what mending it gains.")
    materials: list[MaterialOut]

    @classmethod
    def of(cls, view: MaterialsView) -> "MaterialsOut":
        """As the story shows it."""
        return cls(
            share=view.complete.share,
            holder=view.holder,
            gaps=list(view.complete.missing),
            materials=[MaterialOut.of(each) for each in view.shown],
        )


class MaterialIn(Strict):
    """What is to stand for it, and what you say of it. What is left out stays as it is."""

    exhibits: list[_Code] | None = Field(
        None, max_length=60, description="Your exhibits that stand for it: these and no others."
    )
    answers: dict[_Code, bool] = Field(default_factory=dict, max_length=20)


class HolderIn(Strict):
    """As what you appeal."""

    holder: Holder = Holder.PERSON


@router.get(
    "/decisions/{decision}/materials",
    auth=door.PARTY,
    response=MaterialsOut,
    operation_id="list_materials",
)
def listed(request: HttpRequest, decision: str) -> MaterialsOut:
    """What your appeal against a decision is asked to bring, and how each thing stands."""
    return _list(DecisionId(decision), door.caller(request))


@router.put(
    "/decisions/{decision}/materials/{material}",
    auth=door.PARTY,
    response=MaterialsOut,
    operation_id="bring_material",
)
def bring(request: HttpRequest, decision: str, material: str, payload: MaterialIn) -> HttpResponse:
    """Say which of your exhibits stand for it, and answer what is asked; then read the list."""
    who, about = door.caller(request), DecisionId(decision)

    def do() -> MaterialsOut:
        wanted = payload.exhibits
        exhibits = None if wanted is None else [ExhibitId(each) for each in wanted]
        _materials().put(about, material, exhibits, payload.answers, who)
        return _list(about, who)

    return door.answered(request, do, door.DONE)


@router.put(
    "/decisions/{decision}/holder",
    auth=door.PARTY,
    response=MaterialsOut,
    operation_id="name_holder",
)
def name_holder(request: HttpRequest, decision: str, payload: HolderIn) -> HttpResponse:
    """Say as what you appeal: what is asked follows from it."""
    who, about = door.caller(request), DecisionId(decision)

    def do() -> MaterialsOut:
        _materials().name_holder(about, payload.holder, who)
        return _list(about, who)

    return door.answered(request, do, door.DONE)


@router.get(
    "/appeals/{appeal}/materials",
    auth=door.READER,
    response=MaterialsOut,
    operation_id="read_appeal_materials",
)
def of_appeal(request: HttpRequest, appeal: str) -> MaterialsOut:
    """The same list for staff, held against the day on which the appeal was filed."""
    return MaterialsOut.of(_materials().seen_by_staff(AppealId(appeal), door.caller(request)))


def _materials() -> Materials:
    return app().around_appeals.materials


def _list(decision: DecisionId, who: Caller) -> MaterialsOut:
    return MaterialsOut.of(_materials().view(decision, who))


def _both(words: Words) -> BothOut:
    return BothOut(zh=words.zh, en=words.en)
