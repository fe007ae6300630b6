"""
Rule packs on disk.

`packs/<platform>/` holds the current version of a platform's pack, `packs/<platform>/<version>/`
an older one. Folders without a `pack.yaml` (examples, drafts) are passed over.
"""

from collections.abc import Iterator
from pathlib import Path

from gongdao.domain.kernel.errors import BadInput

_SUFFIXES = {".yaml", ".yml"}


def read_pack_texts(root: Path) -> dict[str, dict[str, bytes]]:
    """Read the YAML files of each pack, raw, by folder (`wechat`, `wechat/2026-05-01`) and name."""
    if not root.is_dir():
        raise BadInput(
            "pack.no_folder",
            "There is no folder of rule packs at {root}. Set GONGDAO_PACKS to the right one.",
            root=str(root),
        )
    return {folder.relative_to(root).as_posix(): _files(folder) for folder in _pack_folders(root)}


def _pack_folders(root: Path) -> Iterator[Path]:
    for platform in _folders(root):
        yield platform
        for version in _folders(platform):
            if (version / "pack.yaml").is_file():
                yield version


def _folders(above: Path) -> list[Path]:
    return sorted(p for p in above.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))


def _files(folder: Path) -> dict[str, bytes]:
    found = sorted(p for p in folder.iterdir() if p.suffix in _SUFFIXES and p.is_file())
    try:
        return {path.name: path.read_bytes() for path in found}
    except OSError as problem:
        raise BadInput(
            "pack.unreadable",
            "{file} cannot be read: {reason}. Check that you may read it.",
            file=str(problem.filename),
            reason=str(problem.strerror),
        ) from problem
