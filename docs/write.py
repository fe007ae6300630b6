"""Writes docs/reference from the code: `./dev docs`, or `python -m docs.write`.

`pages()` gives what the folder should hold now; tests/architecture/test_docs.py compares.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from docs import source
from docs.source import ROOT, Attribute, attributes, sentences
from pydantic import BaseModel
from typer.main import get_command

from gongdao.cli.main import app
from gongdao.domain.kernel.events import Personal
from gongdao.domain.policy.pack import RulePack
from gongdao.site.config import Config
from gongdao.storage.codec import KINDS
from gongdao.web.failures import status_of

FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Written by ./dev docs from the code. Change the code, not this page. -->\n\n"
STREAMS = {
    "case": "Case",
    "decision": "Decision",
    "sanction": "Sanction",
    "interim": "Interim measure",
    "standing": "Grade of an account",
    "appeal": "Appeal",
    "notice": "Notice",
    "deadline": "Deadline",
    "mail": "Mailbox",
    "exhibit": "Exhibit",
    "look": "Look at an exhibit",
    "packet": "Packets",
    "journal": "Entry of a journal",
    "way_back": "Way back",
    "identity": "Look at an identity",
    "group": "Group",
    "owner_task": "Task of a group's owner",
    "materials": "Material for an appeal",
    "verification": "Proofs of who somebody is",
    "dictation": "Appeal taken down over the phone",
    "rights_notice": "Notice about rights",
    "organisation": "Organisation",
    "dispute": "Dispute with an outside platform",
    "flag": "Flag on a buyer",
    "settlement": "Settlement",
    "lexicon": "Entry of a lexicon",
    "screening": "Models of screening",
    "learner": "Learner",
    "certificate": "Certificate",
    "training_duty": "Course of a quarter",
    "held_post": "Text that waits before it appears",
    "misuse": "Misuse of reporting",
    "protection": "Protection of an account",
}
"""The streams in the order in which a reader meets them; the others come after them."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; empty if it has no row."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *lines]) + "\n\n"


def code(text: object) -> str:
    """A piece of code; nothing for nothing."""
    return f"`{text}`" if str(text) else ""


# The command line -------------------------------------------------------------------------------


def commands(command: Any = None, path: str = "gongdao") -> Iterator[tuple[str, Any]]:
    """Every command of `gongdao` that can be run, by its whole name."""
    command = command or get_command(app)
    for name, each in getattr(command, "commands", {}).items():
        if getattr(each, "commands", None):
            yield from commands(each, f"{path} {name}")
        elif not each.hidden:
            yield f"{path} {name}", each


def cli() -> str:
    """The page of the command line."""
    text = (
        "# The command line\n\n"
        "`./dev gongdao …` runs these in the project's environment. Where something is refused,\n"
        "the stable code and the hint stand on standard error, and the command ends with 1; with\n"
        "2 if what was given cannot be read. `--json` prints for programs.\n\n"
    )
    return text + "".join(_command(name, each) for name, each in commands())


def _command(name: str, command: Any) -> str:
    shown = [each for each in command.params if not getattr(each, "hidden", False)]
    given = [each for each in shown if each.param_type_name == "argument"]
    asked = [each for each in shown if each.param_type_name == "option"]
    usage = " ".join(
        [name, *(_placeholder(each) for each in given), *(["[options]"] * bool(asked))]
    )
    rows = [(code(_spelled(each)), _meaning(each)) for each in (*given, *asked)]
    told = " ".join((command.help or "").split())
    return f"## {name}\n\n```sh\n{usage}\n```\n\n{told}\n\n" + table(("given", "meaning"), rows)


def _placeholder(argument: Any) -> str:
    name = argument.name.upper() + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _spelled(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.name.upper())
    takes = "" if parameter.is_flag else f" {parameter.name.upper()}"
    return ", ".join((*parameter.opts, *parameter.secondary_opts)) + takes


def _meaning(parameter: Any) -> str:
    said = getattr(parameter, "help", None) or ""
    default = parameter.default
    if isinstance(default, str | int) and not isinstance(default, bool) and default:
        said += f" Default: `{default}`."
    return said.strip()


# Settings, events, refusals ---------------------------------------------------------------------


def settings() -> str:
    """The page of the settings."""
    rows = [
        (
            code(each.name),
            code(each.default),
            each.meaning + (" **Secret.**" if each.secret else ""),
        )
        for each in Config().describe()
    ]
    return (
        "# Settings\n\n"
        "Environment variables, all of them optional. An empty one counts as not set; a wrong\n"
        "value is refused with `config.invalid` before anything starts. Secrets are never shown\n"
        "or logged. `./dev` sets `GONGDAO_DATA` to `.gongdao` beside itself, unless it is set. In\n"
        "practice mode everything lies in a folder `practice` below `GONGDAO_DATA`.\n\n"
        + table(("variable", "default", "meaning"), rows)
    )


def events() -> str:
    """The page of the events."""
    text = (
        "# Events\n\n"
        "Everything that happened is one of these, appended to the stream of the thing it\n"
        "happened to and never changed. Each also says when (`at`) and by whom (`by`).\n"
        "Events hold no free text: a `Sealed` is the salted digest of a text that lies encrypted\n"
        "outside, so that the text can go and the event stays provable.\n\n"
    )
    text += table(
        ("personal data", "means"),
        [(code(each.value), words) for each in Personal for words in [_of_member(each)]],
    )
    streams = dict.fromkeys(kind.split(".")[0] for kind in KINDS)
    others = {each: each.replace("_", " ").capitalize() for each in streams}
    for stream, title in (STREAMS | {k: v for k, v in others.items() if k not in STREAMS}).items():
        text += f"## {title}\n\n"
        for kind, event in KINDS.items():
            if kind.split(".")[0] == stream:
                text += f"### {kind}\n\n{sentences(event)} Personal data: `{event.personal}`.\n\n"
                text += _fields(attributes(event))
    return text


def refusals() -> str:
    """The page of the refusals."""
    known, found = source.chinese(), source.refusals()
    by_code: dict[str, list[source.Refusal]] = {}
    for each in found:
        by_code.setdefault(each.code, []).append(each)
    kinds = [
        (code(name), sentences(kind), str(status_of(kind("kind", "Kind."))))
        for name, kind in source.KINDS.items()
        if name in {each.kind for each in found}
    ]
    text = (
        "# Refusals\n\n"
        "Every refusal has a stable code and a hint that says what to do next. Page, API and\n"
        "command line show the same code. A gap such as `{most}` is filled with what it names.\n"
        "What only an operator reads at the command line may be in English alone.\n\n"
    )
    return text + table(("kind", "means", "HTTP"), kinds) + _codes(by_code, known)


def _codes(by_code: Mapping[str, list[source.Refusal]], known: Mapping[str, str]) -> str:
    rows = []
    for name, said in by_code.items():
        hints = dict.fromkeys(each.sentence for each in said)
        both = [f"{each}<br>{known[each]}" if known.get(each) else each for each in hints]
        kinds = dict.fromkeys(code(each.kind) for each in said)
        places = dict.fromkeys(code(each.place) for each in said)
        rows.append((code(name), ", ".join(kinds), "<br>".join(both), "<br>".join(places)))
    return table(("code", "kind", "hint", "said in"), rows)


# Rule packs -------------------------------------------------------------------------------------


def packs() -> str:
    """The page of the rule packs' fields."""
    text = (
        "# Rule packs, field by field\n\n"
        "What may stand in the files of a pack; [how to add one](../how-to/add-a-pack.md) begins\n"
        "with an example and says how lengths, shares and disagreeing figures are written.\n"
        "Unknown fields are refused. `tuple[…]` is a list; what is `| None` may be left out;\n"
        "`Durations`, `Shares`, `Counts` and `Texts` are one [Figure](#figure) or a list.\n\n"
    )
    return text + "".join(_model(each) for each in _models())


def _models() -> list[type]:
    """Every model and every list of words below RulePack, each before what it is made of."""
    found: list[type] = []
    waiting: list[type] = [RulePack]
    while waiting:
        each = _written(waiting.pop(0))
        if each in found:
            continue
        found.append(each)
        hints = [f.annotation for f in getattr(each, "model_fields", {}).values()]
        inner = [kind for hint in hints for kind in source.types_in(hint)]
        waiting += [kind for kind in (*inner, *each.__bases__) if _ours(kind)]
    return found


def _written(kind: type) -> type:
    """The class as it stands in the source: Figure, where the hint says Figure[Number]."""
    generic = getattr(kind, "__pydantic_generic_metadata__", {})
    return generic.get("origin") or kind


def _ours(kind: type) -> bool:
    kind = _written(kind)
    plain = issubclass(kind, BaseModel | Enum) and kind.__module__.startswith("gongdao.")
    return plain and bool(attributes(kind))


def _model(kind: type) -> str:
    text = f"## {kind.__name__}\n\n{sentences(kind)}"
    bases = [f"[{b.__name__}](#{b.__name__.lower()})" for b in kind.__bases__ if _ours(b)]
    text += f" It also has the fields of {', '.join(bases)}.\n\n" if bases else "\n\n"
    if issubclass(kind, Enum):
        words = {each.name: each.words for each in attributes(kind)}
        rows = [(code(member.value), words.get(member.name, "")) for member in kind]
        return text + table(("value", "means"), rows)
    return text + _fields(attributes(kind))


def _fields(fields: Iterable[Attribute]) -> str:
    rows = [(code(each.name.rstrip("_")), code(each.type), each.words) for each in fields]
    return table(("field", "type", "what it is"), rows)


def _of_member(member: Enum) -> str:
    words = {each.name: each.words for each in attributes(type(member))}
    return words.get(member.name) or "No personal data."


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli,
    "settings.md": settings,
    "events.md": events,
    "refusals.md": refusals,
    "packs.md": packs,
}


def pages() -> dict[str, str]:
    """Every reference page by its file name, as it would be written now."""
    return {name: NOTE + page().rstrip() + "\n" for name, page in PAGES.items()}


def main() -> None:
    """Write every page, and say which ones have changed."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        file = FOLDER / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
