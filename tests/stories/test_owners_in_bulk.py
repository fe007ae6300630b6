"""Reports that are put in line together: whom they name is asked no more."""

import json

from django.db import connection
from tests.stories.http_teller import about
from tests.stories.stage import Stage
from tests.stories.test_many_reports import (
    differences,
    house,  # noqa: F401 – a fixture
    key,  # noqa: F401 – a fixture
    sent,
    sorted_out,
)

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.asking_owners import ASK_OWNER, AskingOwners
from gongdao.domain.kernel.events import Role


def test_reports_that_join_in_bulk_end_the_turn_of_an_owner_whom_they_name(
    house: Stage,  # noqa: F811
    key: str,  # noqa: F811
) -> None:
    app = Caller(None, frozenset({Role.APP}))
    house.app.owning.name("g-1", ("wang_wu",), "周末跑步群", 80, app)
    first = house.report(subject_ref="p-1", group="g-1").case
    post = {**about("p-1"), "contact": None, "group": "g-1"}
    sent(key, post, {**post, "statement": "群主 wang_wu 也在骂人，请处理。"}, {**about("p-2")})
    assert sorted_out() == 3
    with connection.cursor() as cursor:
        cursor.execute("select payload from pgqueuer where entrypoint = %s", [ASK_OWNER])
        ((payload,),) = cursor.fetchall()
    job = json.loads(bytes(payload))
    assert (job["case"], len(job["reports"].split())) == (first, 2)
    asking = AskingOwners(house.records, house.app.owning)
    asking(job)
    asking(job)
    (task,) = house.records.owner_tasks.of_case(first)
    assert (task.now.stage, task.now.why) == ("skipped", "conflict")
    assert differences() == []

    sent(key, post)
    assert sorted_out() == 1
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pgqueuer where entrypoint = %s", [ASK_OWNER])
        assert cursor.fetchone() == (1,), "nobody is asked any more"
