"""The report table, one partition a month: part of migration 0004, frozen with it.

A month is made ahead of time by the worker. What arrives for a month that is not there (a clock set
far wrong) goes to the partition `report_other`, so that no report is ever refused for its date.
"""

from datetime import date

from django.db import connection

AHEAD = 2
"""So many months beyond the present one are made."""

FORWARD = """
do $$ begin
    if exists (select 1 from report) then
        raise exception 'reports of before this version cannot be taken over';
    end if;
end $$;
drop table report;
create table report (
    id uuid not null,
    received_at timestamptz not null,
    reporter uuid not null,
    code bytea not null,
    body text not null,
    leaf bytea not null,
    primary key (id, received_at)
) partition by range (received_at);
create index report_code on report (code);
create table report_other partition of report default;
create trigger report_append_only before update or delete on report
    for each row execute function gongdao_append_only();

create function gongdao_report_month(day date) returns boolean language plpgsql as $$
declare
    begins date := date_trunc('month', day);
    ends date := begins + interval '1 month';
    name text := 'report_' || to_char(begins, 'YYYY_MM');
begin
    if to_regclass(name) is not null or exists (
        select 1 from report_other
        where received_at >= begins::timestamp at time zone 'UTC'
          and received_at < ends::timestamp at time zone 'UTC'
    ) then
        return false;
    end if;
    execute format(
        'create table %I partition of report for values from (%L) to (%L)',
        name, begins || ' 00:00+00', ends || ' 00:00+00');
    return true;
end $$;
"""

REVERSE = """
drop function gongdao_report_month(date);
drop table report;
create table report (
    id uuid primary key,
    "case" uuid not null,
    reporter uuid not null,
    received_at timestamptz not null,
    body text not null,
    leaf bytea not null
);
create trigger report_append_only before update or delete on report
    for each row execute function gongdao_append_only();
"""


def make_months(today: date) -> int:
    """Make this month's partition and those ahead; how many were new."""
    months = [(today.year * 12 + today.month - 1 + n) for n in range(AHEAD + 1)]
    made = 0
    with connection.cursor() as cursor:
        # Two workers at once must not both try: one of them would fail.
        cursor.execute("select pg_advisory_lock(hashtext('gongdao report months'))")
        try:
            for month in months:
                day = date(month // 12, month % 12 + 1, 1)
                cursor.execute("select gongdao_report_month(%s)", [day])
                made += bool(cursor.fetchone()[0])
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext('gongdao report months'))")
    return made
