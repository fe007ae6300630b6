"""Rule packs, readable by anybody."""

from django.http import HttpRequest
from ninja import Query, Router

from gongdao.api.schemas import CellOut, PackOut, RowOut, TableOut
from gongdao.bootstrap import app
from gongdao.domain.policy.comparing import Quote, compare
from gongdao.domain.policy.topics import About

router = Router(tags=["packs"])


@router.get("/packs", response=list[PackOut], operation_id="list_packs")
def list_packs(request: HttpRequest) -> list[PackOut]:
    """The newest pack of every platform."""
    del request
    book = app().packs
    newest = [book.versions(platform)[0] for platform in book.platforms()]
    return [
        PackOut(platform=p.platform, version=p.version, title_zh=p.title.zh, title_en=p.title.en)
        for p in newest
    ]


@router.get("/packs/compare", response=TableOut, operation_id="compare_packs")
def compare_packs(
    request: HttpRequest,
    p: Query[list[str]],
    about: About = About.APPEAL,
) -> TableOut:
    """Packs side by side on one topic; every figure with its source and basis."""
    del request
    book = app().packs
    table = compare([book.versions(name)[0] for name in p], about)
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


@router.get("/packs/{platform}", response=dict[str, object], operation_id="read_pack")
def read_pack(request: HttpRequest, platform: str) -> dict[str, object]:
    """A platform's newest pack, whole, as it is written."""
    del request
    return (
        app()
        .packs.versions(platform)[0]
        .model_dump(mode="json", by_alias=True, exclude_defaults=True)
    )


def _cell(quote: Quote) -> CellOut:
    return CellOut(
        text_zh=quote.text.zh,
        text_en=quote.text.en,
        source=quote.source,
        as_of=quote.as_of.isoformat(),
        basis=quote.basis.value,
        used=quote.used,
    )
