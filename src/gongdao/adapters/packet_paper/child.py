"""The child: `python -m gongdao.adapters.packet_paper.child FOLDER`, and one line of JSON.

In the folder lie paper.json and the pictures; it leaves packet.pdf there. It bounds itself before
it reads anything that a stranger wrote.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongdao.adapters.confined import bound_oneself
from gongdao.adapters.packet_paper.characters import Shown

MEMORY = 3 * 1024**3
PROCESSOR_SECONDS = 120
TEMPLATES = {"packet": "packet.typ", "authority": "authority.typ"}
WIDE, HIGH = 480, 800
"""Points of a small picture, at most."""


def main() -> None:
    """Print the document."""
    bound_oneself(MEMORY, PROCESSOR_SECONDS)
    folder = Path(sys.argv[1])
    try:
        said: Mapping[str, Any] = {"replaced": printed(folder)}
    except Exception as problem:  # noqa: BLE001 – whatever a document makes of a typesetter
        said = {"why": f"{type(problem).__name__}: {problem}"[:300]}
    sys.stdout.write(json.dumps(said))


def printed(folder: Path) -> list[str]:
    """Lay it out; which characters had to be replaced."""
    import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415 – after the bounds
    import typst  # noqa: PLC0415

    shown = Shown.by([fonts.sans_path(), fonts.serif_path()])
    there = {path.stem for path in folder.glob("*.picture") if _drawn(path)}
    paper = shown.of(json.loads((folder / "paper.json").read_text("utf-8")))
    for section in paper["sections"]:
        for block in section["blocks"]:
            if block.get("picture", "") not in there and "picture" in block:
                block["picture"] = ""
    if shown.replaced:
        label, why = paper["replaced"]
        numbers = " ".join(sorted(shown.replaced))
        row = [label, f"{why}\n{numbers}"]
        paper["sections"][-1]["blocks"].append({"kind": "facts", "rows": [row]})
    (folder / "paper.json").write_text(json.dumps(paper, ensure_ascii=False), "utf-8")
    template = Path(__file__).with_name(TEMPLATES[paper.get("template", "packet")]).read_bytes()
    (folder / "packet.typ").write_bytes(template)
    pdf = typst.compile(
        str(folder / "packet.typ"),
        root=str(folder),
        font_paths=[str(fonts.sans_path().parent)],
        ignore_system_fonts=True,
        pdf_standards="a-2b",
        package_path=str(folder),
        package_cache_path=str(folder),
    )
    (folder / "packet.pdf").write_bytes(pdf)
    return sorted(shown.replaced)


def _drawn(path: Path) -> bool:
    """Draw a picture small; one that cannot be read is left out."""
    from PIL import Image  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = 60_000_000
    try:
        with Image.open(path, formats=["WEBP", "PNG"]) as picture:
            flat = picture.convert("RGB")
        flat.thumbnail((WIDE, HIGH))
        flat.save(path.with_suffix(".jpg"), "JPEG", quality=82)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


if __name__ == "__main__":
    main()
