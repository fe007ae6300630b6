"""How appeals ended, and what was learned of it, in PostgreSQL."""

from django.db import connection

from gongdao.domain.appeals.likelihood import Model, Outcome
from gongdao.domain.appeals.model import Appeal
from gongdao.domain.kernel.ids import AppealId, PersonId
from gongdao.storage import codec
from gongdao.storage.case_files import PgAppeals
from gongdao.storage.models import AppealRow
from gongdao.storage.outcome_models import AppealOutcome, ForecastModel
from gongdao.storage.streams import as_uuid

_UNNOTED = """
    select r.id from appeal_row r
    where r.closed_at is not null
      and not exists (select 1 from appeal_outcome o where o.appeal = r.id)
    order by r.closed_at, r.id limit %s
"""
_NOTE = """
    insert into appeal_outcome (appeal, decided_at, weighed, body)
    select id, closed_at, %s, %s from appeal_row where id = %s
    on conflict do nothing
"""


class PgOutcomes:
    """Outcomes, the appeals of somebody, and models."""

    def __init__(self, appeals: PgAppeals) -> None:
        self.appeals = appeals

    def unnoted(self, limit: int) -> list[AppealId]:
        with connection.cursor() as cursor:
            cursor.execute(_UNNOTED, [limit])
            return [AppealId(str(id_)) for (id_,) in cursor.fetchall()]

    def note(self, appeal: AppealId, outcome: Outcome | None) -> None:
        body = codec.encode(outcome) if outcome is not None else ""
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [outcome is not None, body, as_uuid(appeal)])

    def latest(self, limit: int) -> list[Outcome]:
        rows = AppealOutcome.objects.filter(weighed=True).order_by("-decided_at", "appeal")
        bodies = list(rows.values_list("body", flat=True)[:limit])
        return [codec.decode(body, Outcome) for body in reversed(bodies)]

    def count(self) -> tuple[int, int]:
        weighed = AppealOutcome.objects.filter(weighed=True).count()
        return weighed, AppealOutcome.objects.filter(weighed=False).count()

    def of_person(self, person: PersonId, limit: int) -> list[Appeal]:
        rows = AppealRow.objects.filter(appellant=as_uuid(person)).order_by("-filed_at", "-id")
        ids = [str(id_) for id_ in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.appeals.several(ids)]

    def keep(self, model: Model) -> None:
        ForecastModel.objects.create(trained_at=model.card.trained_at, body=codec.encode(model))

    def models(self, limit: int) -> list[Model]:
        rows = ForecastModel.objects.order_by("-id").values_list("body", flat=True)
        return [codec.decode(body, Model) for body in rows[:limit]]
