"""How much there is, counted by the database."""

from dataclasses import dataclass, fields

from django.db import connection

_SQL = """
select
    (select count(*) from report) as reports,
    (select count(*) from case_row) as cases,
    (select count(*) from decision_row) as decisions,
    (select count(*) from appeal_row) as appeals,
    (select count(*) from appeal_row where stage = 'overturned') as overturned,
    (select count(*) from appeal_row where stage = 'changed') as changed,
    (select count(*) from appeal_row where stage = 'upheld') as upheld,
    (select count(*) from sanction_row) as sanctions,
    (select count(*) from sanction_row where state = 'lifted') as lifted,
    (select count(*) from notice_row) as notices,
    (select count(*) from event) + (select count(*) from report) as leaves
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over everything that an installation holds."""

    reports: int
    cases: int
    decisions: int
    appeals: int
    overturned: int
    changed: int
    upheld: int
    sanctions: int
    lifted: int
    notices: int
    leaves: int
    """Entries of the log: every event and every report is one."""


def totals() -> Totals:
    """Count; a full read of the tables, which is for reports and not for pages."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        names = [column.name for column in cursor.description]
        counted = dict(zip(names, cursor.fetchone(), strict=True))
    return Totals(**{field.name: int(counted[field.name]) for field in fields(Totals)})
