"""Telling people: a notice is written, kept as sent, put into the inbox and queued as mail."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gongdao.domain.flows.issuing import LANGUAGES, issue
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import NoticeId, PersonId
from gongdao.domain.notices import rules
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import CasePolicy
from gongdao.domain.policy.statement_words import StatementWords

Gaps = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """What fills a notice's gaps: some the same in both languages, some not."""

    both: Gaps = field(default_factory=dict)
    zh: Gaps = field(default_factory=dict)
    en: Gaps = field(default_factory=dict)

    def in_(self, language: str) -> dict[str, str]:
        """The gaps in one language."""
        return {**self.both, **(self.zh if language.startswith("zh") else self.en)}


AT_ONCE = 20
"""So many reporters are told within the step itself; the others right after it, by the worker."""

REST = "tell_reporters"
"""The outbox topic that tells the others."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Writes notices. Runs in the transaction of the step that it tells about."""

    records: Records

    def tell(self, to: PersonId, reader: Reader, template: str, case: Case, *gaps: Gap) -> NoticeId:
        """Write one notice in both languages, keep it as sent, and queue its mail."""
        r = self.records
        found = rules.template(r.pack(case.pack), template)
        links = self._links(case, to, reader)
        mask = masking(r, case) if reader is Reader.RESPONDENT else None

        def written(language: str) -> tuple[str, str]:
            filled = self._of_case(case, language)
            for gap in gaps:
                filled.update(gap.in_(language))
            if mask is not None:
                filled = {name: mask(value) for name, value in filled.items()}
            filled.update(links)
            return rules.write(found.in_(language), filled)

        return issue(r, to, reader, template, case.id, written)

    def tell_reporters(
        self, case: Case, template: str, *gaps: Gap, but: PersonId | None = None
    ) -> list[tuple[PersonId, NoticeId]]:
        """Tell every reporter of a case the same, `but` one who was told otherwise.

        A case can rest on a million reports: the first are told here, and given back; the others
        are promised to the worker, with the words sealed.
        """
        r = self.records
        people = [person for person in case.reporters if person != but]
        told = [
            (person, self.tell(person, Reader.REPORTER, template, case, *gaps))
            for person in people[:AT_ONCE]
        ]
        if len(people) > AT_ONCE:
            said = json.dumps([[dict(g.both), dict(g.zh), dict(g.en)] for g in gaps])
            rest = {
                "case": case.id,
                "template": template,
                "gaps": r.texts.seal(said, None),
                "but": but or "",
                "at": r.clock().isoformat(),
                "from": str(AT_ONCE),
                "to": str(len(people)),
            }
            r.outbox.post(REST, r.new_id(), rest)
        return told

    def words(self, case: Case, language: str) -> StatementWords:
        """The pack's words for measures and outcomes."""
        return self.records.statement_words(case.pack, language)

    def due(self, case: Case, due_at: datetime, *, provisional: bool) -> Gap:
        """A due date, with a remark where its year is not published yet."""
        year = due_at.astimezone(CHINA).year
        remark = {
            language: self.words(case, language).provisional.format(year=year)
            if provisional
            else ""
            for language in LANGUAGES
        }
        return Gap(
            both={"due_at": shown(due_at)},
            zh={"provisional_note": remark["zh"]},
            en={"provisional_note": remark["en"]},
        )

    def _links(self, case: Case, to: PersonId, reader: Reader) -> Gaps:
        """The code that opens this case to this person, and the pages that it opens."""
        r = self.records
        if reader is Reader.STAFF:
            return {}
        code = r.codes.issue(case.id, to)
        if reader is Reader.REPORTER:
            return {"receipt": code, "track_link": f"{r.address}/track/{code}/"}
        return {
            "appeal_code": code,
            "appeal_link": f"{r.address}/appeal/{code}/",
            "answer_link": f"{r.address}/answer/{code}/",
        }

    def _of_case(self, case: Case, language: str) -> dict[str, str]:
        r = self.records
        policy = r.policy(case.pack)
        category = policy.category(case.category)
        return {
            "case": case.id,
            "subject": r.opened(case.subject.ref),
            "category": category.title.in_(language) if category else case.category,
            "received_at": shown(case.opened_at),
            "routes": routes(policy, language),
        }


def shown(moment: datetime) -> str:
    """A moment as a notice names it, on China's clock."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def routes(policy: CasePolicy, language: str) -> str:
    """The ways that lead outside, a line each."""
    mark = "：" if language.startswith("zh") else ": "
    return "\n".join(
        f"· {route.title.in_(language)}{mark}{route.detail.in_(language)}"
        for route in policy.appeals.routes
    )
