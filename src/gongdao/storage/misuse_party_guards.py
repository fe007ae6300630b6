"""Whom the database keeps from a file on misuse: part of migration 0036, frozen with it."""

FORWARD = """
-- Nobody whom a reporter reported, and no reporter about themselves, marks, warns, limits or frees
-- them, or hears their appeal: nobody is given into the hands of those they reported.
create function gongdao_misuse_by_a_party() returns trigger language plpgsql as $$
declare
    who uuid;
begin
    select (e.body::jsonb ->> 'reporter')::uuid into who from event e
        where e.stream = new.stream and e.kind = 'misuse.opened';
    if new.actor = who or exists (
        select 1 from report_case r join case_row c on c.id = r."case"
        where r.reporter = who and c.respondent = new.actor
    ) then
        raise exception 'a party of the reporter acts in %', new.stream
            using errcode = 'check_violation', constraint = 'misuse_by_no_party';
    end if;
    return new;
end $$;

create trigger misuse_event_by_no_party before insert on event for each row
    when (new.actor is not null and new.kind in ('misuse.report_marked', 'misuse.mark_withdrawn',
        'misuse.warned', 'misuse.limited', 'misuse.lifted', 'misuse.objection_heard'))
    execute function gongdao_misuse_by_a_party();
"""

REVERSE = """
drop trigger misuse_event_by_no_party on event;
drop function gongdao_misuse_by_a_party();
"""
