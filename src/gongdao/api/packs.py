"""Rule packs, readable by anybody."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.schemas import CellOut, PackOut, RowOut, TableOut
from gongdao.bootstrap import app
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.policy.comparing import Quote, compare
from gongdao.domain.policy.topics import About

router = Router(tags=["packs"])
_MOST = 12
"""Packs side by side: as many as there are platforms, and one more."""

Names = Annotated[list[str], Query(min_length=1, max_length=_MOST)]


@router.get("/packs", auth=door.ANYBODY, response=list[PackOut], operation_id="list_packs")
def list_packs(request: HttpRequest) -> list[PackOut]:
    """The pack of every platform that is in force today."""
    del request
    book, day = app().packs, _today()
    found = (book.in_force(platform, day) for platform in book.platforms())
    return [
        PackOut(platform=p.platform, version=p.version, title_zh=p.title.zh, title_en=p.title.en)
        for p in found
    ]


@router.get("/packs/compare", auth=door.ANYBODY, response=TableOut, operation_id="compare_packs")
def compare_packs(request: HttpRequest, p: Names, about: About = About.APPEAL) -> TableOut:
    """Packs side by side on one topic; every figure with its source and basis."""
    del request
    book, day = app().packs, _today()
    table = compare([book.in_force(name, day) for name in p], about, day)
    return TableOut(
        about=about.value,
        columns=[column.ref.platform for column in table.columns],
        rows=[
            RowOut(
                key=row.key,
                label_zh=row.label.zh,
                label_en=row.label.en,
                cells=[[_cell(quote) for quote in cell] for cell in row.cells],
            )
            for row in table.rows
        ],
    )


@router.get(
    "/packs/{platform}",
    auth=door.ANYBODY,
    response=dict[str, object],
    operation_id="read_pack",
)
def read_pack(request: HttpRequest, platform: str) -> dict[str, object]:
    """A platform's pack that is in force today, whole, as it is written."""
    del request
    pack = app().packs.in_force(platform, _today())
    return pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _today() -> date:
    """The day on the clock that the rules run on."""
    return app().records.clock().astimezone(CHINA).date()


def _cell(quote: Quote) -> CellOut:
    return CellOut(
        text_zh=quote.text.zh,
        text_en=quote.text.en,
        source=quote.source,
        as_of=quote.as_of.isoformat(),
        basis=quote.basis.value,
        used=quote.used,
    )
