"""Drafts of appeals in PostgreSQL, encrypted."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from gongdao.domain.appeals.drafts import Draft, Passage, moved_on
from gongdao.domain.kernel.ids import DecisionId, PersonId
from gongdao.domain.kernel.texts import check_characters
from gongdao.storage.appeal_draft_models import AppealDraft
from gongdao.storage.people import Secrets
from gongdao.storage.streams import as_uuid


@dataclass(frozen=True, slots=True)
class PgDrafts:
    """Everybody's drafts."""

    secrets: Secrets

    def of(self, decision: DecisionId, person: PersonId) -> Draft:
        row = AppealDraft.objects.filter(decision=as_uuid(decision), person=as_uuid(person)).first()
        if row is None:
            return Draft(decision, person)
        opened = self.secrets.decrypt(row.cipher)
        kept = json.loads(opened) if opened else {}  # no key opens it any more: begin anew
        passages = {name: Passage(*each) for name, each in kept.items()}
        return Draft(decision, person, row.version, passages, row.saved_at)

    def keep(self, draft: Draft, after: int, forget_at: datetime) -> None:
        passages = {
            name: [each.text, each.version, each.writer] for name, each in draft.passages.items()
        }
        check_characters(*(each.text for each in draft.passages.values()))
        cipher = self.secrets.encrypt(json.dumps(passages, ensure_ascii=False))
        row = {
            "version": draft.version,
            "cipher": cipher,
            "saved_at": draft.saved_at,
            "forget_at": forget_at,
        }
        whose = {"decision": as_uuid(draft.decision), "person": as_uuid(draft.person)}
        if after:
            if not AppealDraft.objects.filter(**whose, version=after).update(**row):
                raise moved_on()
            return
        try:
            with transaction.atomic():
                AppealDraft.objects.create(**whose, **row)
        except IntegrityError as problem:
            raise moved_on() from problem

    def forget(self, decision: DecisionId, person: PersonId) -> None:
        AppealDraft.objects.filter(decision=as_uuid(decision), person=as_uuid(person)).delete()

    def tidy(self, now: datetime) -> int:
        return AppealDraft.objects.filter(forget_at__lt=now).delete()[0]
