"""How long a reviewer waits for the next case with a million open ones.

    ./dev bench triage

A PostgreSQL of its own in a temporary folder, `OPEN` cases in its queues, and `REVIEWERS` who pull
at once, again and again without a pause, through the same story as the desk: `PROCESSES` processes
with a thread each reviewer. p95 of every pull; no case may be given twice.
"""

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bench._figures import figure, percentile, say
from bench._own_server import own_server

if TYPE_CHECKING:
    from gongdao.domain.intake.model import Case

OPEN = 1_000_000
WEIGHED = 20_000
"""So many are weighed one by one; the others are copies of them, each at an age of its own."""
REVIEWERS = 20
PROCESSES = 4
PULLS = 50
LIMIT_MS = 50.0
COPIES = """
    insert into triage_row (id, subject_kind, category, skill, language, opened_at, rank,
        pack, ready, senior, respondent, barred)
    select gen_random_uuid(), subject_kind, category, skill, language, opened_at - age, rank - age,
        pack, ready, senior, gen_random_uuid(), barred
    from triage_row, lateral (
        select n, random() * interval '1 h' as age from generate_series(2, %s) n
    ) copies
"""


def main() -> None:
    """Fill, pull, count."""
    if len(sys.argv) > 1:
        pull_as(sys.argv[1:])
        return
    with own_server():
        measure()


def measure() -> None:
    """The figure."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from gongdao import bootstrap  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    parties = bootstrap.app().records.parties
    people = [parties.by_account(f"bench-staff-{number}") for number in range(REVIEWERS)]
    say(f"writing {OPEN} open cases …")
    fill()
    say(f"{REVIEWERS} reviewers pull {PULLS} times each …")
    begun = time.time() + 6
    each = REVIEWERS // PROCESSES
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.triage", str(begun), *people[at : at + each]],
            stdout=subprocess.PIPE,
            text=True,
        )
        for at in range(0, REVIEWERS, each)
    ]
    lines = [line for child in children for line in child.communicate()[0].splitlines()]
    took = [float(line.split()[0]) for line in lines]
    given = [line.split()[1] for line in lines]
    if len(given) != REVIEWERS * PULLS:
        raise RuntimeError(f"{len(given)} cases were given")
    p95 = percentile(took, 0.95)
    say(f"median {percentile(took, 0.5):.1f} ms, most {max(took):.1f} ms, load {os.getloadavg()}")
    goal = f"≤ {LIMIT_MS:.0f} ms with {OPEN} open cases, {REVIEWERS} reviewers at once"
    figure("triage.pull.p95_ms", p95, "ms", goal, "limit", LIMIT_MS)
    twice = len(given) - len(set(given))
    figure("triage.pull.given_twice", twice, "cases", "0", "cases given", len(given))


def pull_as(arguments: list[str]) -> None:
    """One process: its reviewers pull at once, each on a connection of its own."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.domain.access.model import Caller  # noqa: PLC0415
    from gongdao.domain.kernel.events import Role  # noqa: PLC0415
    from gongdao.domain.kernel.ids import PersonId  # noqa: PLC0415

    begin, people = float(arguments[0]), arguments[1:]
    pulling = bootstrap.app().pulling

    def pulls(person: str) -> list[str]:
        who = Caller(PersonId(person), frozenset({Role.REVIEWER}))
        lines = []
        connection.ensure_connection()
        time.sleep(max(begin - time.time(), 0))
        for number in range(PULLS):
            started = time.perf_counter()
            case = pulling.next(who)
            lines.append(f"{(time.perf_counter() - started) * 1000:.3f} {case}")
            if number % 8 == 7:  # hands are full at ten: what was given stays given
                with connection.cursor() as cursor:
                    done = "delete from triage_row where claimed_by = %s"
                    cursor.execute(done, [person])
        connection.close()
        return lines

    with ThreadPoolExecutor(len(people)) as threads:
        for lines in threads.map(pulls, people):
            print("\n".join(lines))


def fill() -> None:
    """Open cases of every class and category, of the last ninety days."""
    from django.db import connection  # noqa: PLC0415

    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.storage import triage  # noqa: PLC0415
    from gongdao.storage.bulk import copy_rows  # noqa: PLC0415

    now = datetime.now(UTC)
    rows = triage.rows_for(bootstrap.app().reweighing.weighing, some_cases(now), {}, {}, {}, now)
    copy_rows("triage_row", rows)
    with connection.cursor() as cursor:
        cursor.execute(COPIES, [OPEN // WEIGHED])
        cursor.execute("vacuum analyze triage_row")


def some_cases(now: datetime) -> list["Case"]:
    """Cases of the pack in force, drawn evenly from its categories."""
    from gongdao import bootstrap  # noqa: PLC0415
    from gongdao.adapters import chance  # noqa: PLC0415
    from gongdao.domain.intake.model import Case, Subject  # noqa: PLC0415
    from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId, Sealed  # noqa: PLC0415

    records, drawn, cases = bootstrap.app().records, random.Random(7), []
    pack = records.packs.in_force("house", now.date()).ref
    categories = records.policy(pack).categories
    for _ in range(WEIGHED):
        category = drawn.choice(categories)
        at = now - timedelta(minutes=drawn.randrange(60 * 24 * 90))
        subject = Subject(drawn.choice(category.subjects), "k", Sealed("s"), Sealed("s"))
        cases.append(
            Case(
                id=CaseId(chance.new_id()),
                reports=(ReportId(chance.new_id()),),
                reporters=(PersonId(chance.new_id()),),
                respondent=PersonId(chance.new_id()),
                subject=subject,
                category=category.code,
                pack=pack,
                opened_at=at,
                changed_at=at,
            )
        )
    return cases


if __name__ == "__main__":
    main()
