"""The rule packs at hand: where they lie, and reading them."""

import os
from collections.abc import Mapping
from pathlib import Path

from gongdao.adapters.pack_files import read_pack_texts
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.problems import Problem
from gongdao.domain.policy.reading import check_pack, parse_pack


def pack_root() -> Path:
    """Where rule packs lie: GONGDAO_PACKS, or the checkout's packs/, or those of the wheel."""
    chosen = os.environ.get("GONGDAO_PACKS")
    if chosen:
        return Path(chosen)
    here = Path(__file__).resolve().parents[1]
    checkout = here.parents[1]
    return checkout / "packs" if (checkout / "pyproject.toml").is_file() else here / "_packs"


def pack_texts(root: Path | None = None) -> Mapping[str, Mapping[str, bytes]]:
    """Every pack's files as they lie on disk, by folder and name."""
    return read_pack_texts(root or pack_root())


def pack_book(root: Path | None = None) -> PackBook:
    """Every rule pack, read and checked; PackInvalid names the first problem."""
    return PackBook.of(parse_pack(files, origin) for origin, files in pack_texts(root).items())


def pack_problems(root: Path | None = None) -> list[Problem]:
    """Every problem of every pack."""
    texts = pack_texts(root)
    return [problem for origin, files in texts.items() for problem in check_pack(files, origin)]
