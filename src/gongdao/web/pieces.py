"""
What the recurring pieces of the pages take: plain, frozen views, one per piece.

Whoever builds a page fills these from a projection and hands them to the tag of the same name in
`templatetags/pieces.py`. All texts are already in the reader's language; all datetimes are aware.
Nothing here decides or reads anything.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

TOO_FEW = 20
"""Below this many, a share says nothing: the page shows the count and says so."""
HASH_SHOWN = 12
"""Hex digits of a leaf hash in its short form."""
SOON = timedelta(hours=24)
"""With less than this left, a clock turns amber and says that time is running out."""


class Tone(StrEnum):
    """What an entry's colour stands for; its icon and words say the same."""

    PLAIN = "plain"
    DECISION = "decision"
    RESTORED = "restored"
    URGENT = "urgent"


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit, as the person sees it whose time it is."""

    what: str
    """What has to happen by then: "Decide on the report"."""
    due: datetime
    now: datetime
    rule: str
    """The rule in words: "30 working days from acceptance"."""
    source: str
    """Where the rule comes from: a law with its article, or the pack and version."""
    state: ClockState = ClockState.RUNNING
    provisional: bool = False
    """The working calendar of that year is not published yet, so that the date may move."""
    paused_because: str = ""
    missed_means: str = ""
    """What follows now that the time has passed."""

    @property
    def left(self) -> timedelta:
        """Time left; negative once it has passed."""
        return self.due - self.now

    @property
    def standing(self) -> str:
        """`running`, `soon`, `paused`, `missed` or `done`: a running clock may be late already."""
        if self.state is not ClockState.RUNNING:
            return self.state.value
        if self.left < timedelta(0):
            return "missed"
        return "soon" if self.left < SOON else "running"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. The role is said, never the name of a protected person."""

    at: datetime
    role: str
    words: str
    detail: str = ""
    leaf: str = ""
    """Hex hash of its leaf in the log; shown short, whole on demand."""
    proof_url: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Right:
    """One way to go on after a decision: an appeal, an authority, a court."""

    title: str
    detail: str
    until: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A decision with its reasons, as a letter (B6). Every paragraph is plain text."""

    title: str
    number: str
    issued: datetime
    to: str
    by: str
    """The deciding role and operator."""
    facts: tuple[str, ...]
    clause_title: str
    clause_text: str
    clause_version: str
    """Pack, version and code: "house 2026.1 · abuse.insult"."""
    reasons: tuple[str, ...]
    sanction: str
    """The measure, or that there is none."""
    scope: str
    duration: str
    how: str
    """Whether a person or a machine found and decided."""
    rights: tuple[Right, ...]
    code: str
    """With it anybody who holds the letter can check it."""
    legal_basis: tuple[str, ...] = ()
    leaf: str = ""
    verify_url: str = ""
    clause_url: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that something was handed in."""

    code: str
    """Ungrouped or grouped by hyphens; shown in groups of four."""
    received: datetime
    what: str
    leaf: str
    track_url: str
    """Absolute, since it goes into the QR code."""
    download_url: str = ""
    signed_url: str = ""
    """Of the receipt that programs check."""
    proves: tuple[str, ...] = ()
    """What it proves, in sentences; empty for the house's own three."""
    place: str = ""
    """Where it stands in the public log, in words."""
    log_url: str = ""
    """Of the page that says what the log is."""


@dataclass(frozen=True, slots=True)
class MeterItem:
    """One thing asked for: whether it is there, and what it adds or would add."""

    title: str
    there: bool
    adds: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was reported or shown as it was at that moment, folded until asked for."""

    title: str
    kind: str
    """What it is, in a word: post, message, picture."""
    taken: datetime
    text: str = ""
    image_url: str = ""
    image_words: str = ""
    """What the picture shows, for those who do not see it."""
    shows: str = ""
    """What it is meant to show."""
    leaf: str = ""
    sensitive: bool = True
    """Folded, and pictures blurred and grey, until asked for."""


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A rule in words, with examples both ways (B4)."""

    code: str
    title: str
    definition: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    source: str
    version: str
    since: date
    until: date | None = None
    legal_basis: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a comparison with where it comes from; empty text: the source does not say."""

    text: str
    source: str = ""
    as_of: date | None = None
    claimed: bool = False
    """Somebody's claim, neither measured nor law."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison: as many cells as the comparison has columns."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several rule packs side by side."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """A line with a gap would put a value under the wrong platform."""
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"{row.title}: {len(row.cells)} cells, {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class FieldError:
    """What to mend, and the id of the field to mend it in (empty: the form as a whole)."""

    field_id: str
    words: str
    code: str = ""
    """Our stable code of it, shown small: with it somebody can ask us about it."""


class TaskStatus(StrEnum):
    """How far a task is."""

    DONE = "done"
    BEGUN = "begun"
    TODO = "todo"
    LATER = "later"
    """Cannot be started before others are done."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list."""

    title: str
    status: TaskStatus
    url: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something one can do: a link, or with `post` a form of one button."""

    title: str
    url: str
    post: bool = False
    quiet: bool = False
    """Possible, but nothing that we suggest: never the filled button."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The three questions that every page answers without scrolling."""

    stands: str
    """Where it stands now."""
    next: str
    """What happens next."""
    clock: Clock | None = None
    """By when; without one the page says that there is no time limit."""
    actions: tuple[Action, ...] = ()
    """What I can do now, likeliest first; none: it says that nothing needs doing."""
    nothing: str = ""
    """What to say where nothing can be done, if not that we will tell you."""
    dated: bool = False
    """What comes next says its own moment: nothing is said of a time limit."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Cursor paging: an empty url means that there is nothing that way."""

    newer_url: str
    older_url: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """The page before a step that matters."""

    title: str
    words: str
    consequences: tuple[str, ...]
    """What will happen, one sentence each."""
    button: str
    post_url: str
    back_url: str
    decides: bool = False
    """The step issues a decision or an official statement: the button is seal red."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Names and values that travel with the form."""


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One notice in the inbox."""

    subject: str
    words: str
    at: datetime
    url: str
    unread: bool = False
    sent: str = ""
    """How else it was sent and when, or that it could not be."""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to see a list; `count` None where it is not known."""

    title: str
    url: str
    current: bool = False
    count: int | str | None = None
    group: str = ""
    """The line in which it stands, where there are several; those of one follow each other."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One case in the desk's queue."""

    number: str
    title: str
    why: str
    """Why it stands here, in words."""
    url: str
    clock: Clock | None = None
    current: bool = False
    tags: tuple[str, ...] = ()
    id: str = ""
    """By which it keeps the focus when the list is shown anew."""
