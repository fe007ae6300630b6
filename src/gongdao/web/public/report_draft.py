"""A report while it is being written: kept in the session, so that nothing is lost on the way."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from django.http import HttpRequest

from gongdao.domain.flows.reporting import Submission
from gongdao.domain.policy.model import SubjectKind
from gongdao.web.public import sealed

_DRAFT = "report_draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has written so far; every text may be empty."""

    token: str
    """Names this one report: sending it twice keeps one."""
    kind: str = ""
    ref: str = ""
    account: str = ""
    snapshot: str = ""
    category: str = ""
    statement: str = ""
    remedy: str = ""
    contact: str = ""
    language: str = ""
    linked: str = ""
    """`link`: a link filled in the first step; `app`: one that an app signed, which stands."""
    group: str = ""
    """As a link named it. A stranger's link does not say whose owner is asked: see `submission`."""
    files: str = ""
    """Tokens of the files that go with it, with blanks between."""
    captured: str = ""
    left_out: str = ""
    """Names of what a link said and could not be used."""

    @classmethod
    def new(cls) -> Self:
        """One in which nothing is written."""
        return cls(token=secrets.token_urlsafe(16))

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The draft of this session, or a new one."""
        kept = sealed.get(request, _DRAFT)
        known = {field.name for field in fields(cls)}
        texts = {name: str(value) for name, value in kept.items() if name in known}
        return cls(**{"token": secrets.token_urlsafe(16), **texts})

    def keep(self, request: HttpRequest) -> None:
        """Keep it in the session."""
        sealed.put(request, _DRAFT, asdict(self))

    @staticmethod
    def forget(request: HttpRequest) -> None:
        """Begin anew next time."""
        sealed.drop(request, _DRAFT)

    def with_(self, values: Mapping[str, Any]) -> Self:
        """The draft with what a form collected."""
        return replace(self, **{name: str(value or "") for name, value in values.items()})

    def values(self) -> dict[str, Any]:
        """What the forms show."""
        return asdict(self)

    @property
    def said_where(self) -> bool:
        """Whether the first step is done."""
        return bool(self.kind and self.ref and self.snapshot)

    @property
    def said_what(self) -> bool:
        """Whether the second step is done."""
        return bool(self.category and self.statement)

    def submission(self) -> Submission:
        """What is filed."""
        return Submission(
            subject_kind=SubjectKind(self.kind),
            subject_ref=self.ref,
            snapshot=self.snapshot,
            category=self.category,
            statement=self.statement,
            account=self.account or None,
            remedy=self.remedy or None,
            contact=self.contact or None,
            language=self.language or "zh-hans",
            group=self.group or None if self.linked == "app" else None,
        )
