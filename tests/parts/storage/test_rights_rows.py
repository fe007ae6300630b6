"""What the database itself refuses of notices about rights."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongdao.storage.counter_notice_models import RightsNoticeRow
from gongdao.storage.models import SealedText

pytestmark = pytest.mark.django_db

EFFECTIVE = {
    "measure": "hide",
    "measure_at": timezone.now(),
    "statement": "a" * 64,
    "effective_at": timezone.now(),
    "respondent": uuid4(),
    "files": 1,
}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"statement": "b" * 64}, "no statement of reasons"),
        ({"statement": None}, "no statement of reasons"),
        ({"effective_at": None}, "rights_measure_needs_effect"),
        ({"files": 0}, "rights_measure_needs_effect"),
        ({"respondent": None}, "rights_measure_needs_effect"),
    ],
)
def test_no_measure_without_effect_and_statement(
    change: dict[str, object], constraint: str
) -> None:
    SealedText.objects.create(digest="a" * 64, salt=b"s" * 16, cipher=b"c")
    row = {**EFFECTIVE, **change}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RightsNoticeRow.objects.create(
            id=uuid4(),
            version=1,
            number=uuid4().hex[:10],
            right="copyright",
            stage="in_force",
            notifier=uuid4(),
            given_at=timezone.now(),
            **row,
        )
