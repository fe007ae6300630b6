"""Files that are up to something, made here; none of them is kept in the repository."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image


def picture(folder: Path, size: tuple[int, int] = (40, 30), **saved: Any) -> Path:
    """A small picture."""
    path = folder / "picture.png"
    Image.new("RGB", size, "white").save(path, **saved)
    return path


def bomb(folder: Path) -> Path:
    """A few kilobytes that say that they are 12 000 points high and wide."""
    path = folder / "bomb.png"
    Image.new("1", (12_000, 12_000)).save(path)
    return path


def photo_with_a_place(folder: Path) -> Path:
    """A photo that says where it was taken, and lies on its side."""
    path = folder / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x9286] = "taken at home"
    Image.new("RGB", (80, 20), "red").save(path, exif=exif)
    return path


def running_pdf(folder: Path) -> Path:
    """A PDF that opens a program, fetches an address and carries a file."""
    path = folder / "running.pdf"
    document = pikepdf.new()
    page = document.add_blank_page()
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = script
    page.obj.AA = pikepdf.Dictionary(O=launch)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://evil.example/beacon"),
    )
    page.obj.Annots = pikepdf.Array([link])
    document.attachments["payload.exe"] = b"MZ payload"
    document.docinfo["/Author"] = "Zhang San"
    document.save(path)
    return path


def chained_pdf(folder: Path) -> Path:
    """A PDF whose jumps within it, its outline, form and names end in something that runs."""
    path = folder / "chained.pdf"
    document = pikepdf.new()
    page = document.add_blank_page().obj
    name, made = pikepdf.Name, pikepdf.Dictionary

    def jump(**more: Any) -> pikepdf.Dictionary:
        return made(S=name.GoTo, D=[page, name.Fit], **more)

    def run(number: int, kind: str = "Launch") -> pikepdf.Dictionary:
        return made(S=name("/" + kind), F=f"run-{number}.exe")

    indirect = document.make_indirect(run(1))
    deep = run(2)
    for _ in range(60):
        deep = made(X=deep)
    actions = [
        jump(Next=run(3)),
        jump(Next=jump(Next=indirect)),
        jump(Next=[jump(), run(4, "SubmitForm")]),
        jump(Next=document.make_indirect(pikepdf.Array([jump(), indirect]))),
        jump(Next=run(5, "NewInNextYearsReaders")),
        run(6, "Rendition"),
        jump(),
    ]
    page.Annots = [
        document.make_indirect(made(Subtype=name.Link, Rect=[0, 0, 9, 9], A=each))
        for each in actions
    ]
    page.Annots[6].PA = run(7, "URI")
    item = document.make_indirect(made(Title="b", A=run(8)))
    first = document.make_indirect(made(Title="a", A=jump(Next=run(9)), Next=item))
    document.Root.Outlines = made(First=first, Last=item)
    document.Root.Names = made(Pages=made(Names=["a", run(10, "GoToR"), "b", indirect]))
    document.Root.AcroForm = made(Fields=[], Deep=deep)
    document.save(path)
    return path


def locked_pdf(folder: Path) -> Path:
    """A PDF that asks for a password."""
    path = folder / "locked.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return path


def office(folder: Path, *names: str, content: bytes = b"<x/>") -> Path:
    """A document with these files in it."""
    path = folder / "document.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as document:
        for name in ("[Content_Types].xml", "word/document.xml", *names):
            document.writestr(name, content)
    return path


def broken_png() -> bytes:
    """A picture whose points are not what its header says."""
    made = io.BytesIO()
    Image.new("RGB", (50, 50)).save(made, "PNG")
    content = bytearray(made.getvalue())
    at = content.index(b"IDAT") + 8
    content[at : at + 20] = zlib.compress(b"nonsense")[:20].ljust(20, b"\0")
    return bytes(content)
