"""`gongdao lexicon retire`, `keep` and `restore`: a person judges an entry that was proposed."""

from collections.abc import Callable
from typing import Annotated

import typer

from gongdao import bootstrap
from gongdao.bootstrap.own_models import AT_THE_COMMAND_LINE
from gongdao.cli.database import use_installation
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.retiring import Retiring
from gongdao.domain.policy.screening import Category

Entry = Annotated[str, typer.Argument(help="The entry, as `gongdao lexicon numbers` writes it.")]
Why = Annotated[str, typer.Option(help="Why, in ten characters or more; it stays on record.")]
Of = Annotated[Category | None, typer.Option(help="Which one, where categories share it.")]
_Judges = Callable[[Retiring, str, str, Caller], None]


def register(lists: typer.Typer) -> None:
    """Add these commands to those of the lists."""
    lists.command("retire")(retire)
    lists.command("keep")(keep)
    lists.command("restore")(restore)


def retire(entry: Entry, why: Why, category: Of = None) -> None:
    """Stop matching an entry that is proposed for retirement; it stays in its list."""
    _judge(Retiring.retire, entry, why, category, "is retired: no text is flagged for it any more")


def keep(entry: Entry, why: Why, category: Of = None) -> None:
    """Go on matching an entry that is proposed for retirement."""
    _judge(Retiring.keep, entry, why, category, "is kept")


def restore(entry: Entry, why: Why, category: Of = None) -> None:
    """Match a retired entry again."""
    _judge(Retiring.restore, entry, why, category, "is matched again")


def _judge(judges: _Judges, entry: str, why: str, category: Category | None, done: str) -> None:
    with use_installation():
        story = bootstrap.app().screening.retiring
        found = story.named(entry, category, AT_THE_COMMAND_LINE).entry
        judges(story, found.id, why, AT_THE_COMMAND_LINE)
    print(f"{found.entry} ({found.category}) {done}.")
