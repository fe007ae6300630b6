"""What the database itself refuses of measures against misuse: part of migration 0030, frozen."""

FORWARD = """
-- A measure has an earlier warning that stands, a report that was sent and marked since, its four
-- factors and an end; a person decides it. Whoever hears an appeal took no part in any of it.
create function gongdao_misuse_event() returns trigger language plpgsql as $$
declare
    said jsonb := new.body::jsonb;
    warned event%rowtype;
begin
    if exists (select 1 from event e where e.stream = new.stream and e.version = new.version) then
        return new;  -- Somebody was faster: the unique place of an event refuses this one.
    end if;
    if new.actor is null or new.actor_role not in ('reviewer', 'senior_reviewer') then
        raise exception 'a person decides in %', new.stream
            using errcode = 'check_violation', constraint = 'misuse_by_a_person';
    end if;
    if new.kind = 'misuse.limited' then
        select * into warned from event e where e.stream = new.stream and e.kind = 'misuse.warned'
            and e.body::jsonb ->> 'warning' = said ->> 'warning';
        if warned.version is null or warned.at >= new.at
            or (warned.body::jsonb ->> 'expires_at')::timestamptz <= new.at
            or exists (
                select 1 from event e where e.stream = new.stream and e.version > warned.version
                    and (e.kind = 'misuse.lifted' or (e.kind = 'misuse.objection_heard'
                        and (e.body::jsonb ->> 'overturned')::boolean))
                    and e.body::jsonb ->> 'about' = said ->> 'warning'
            )
        then
            raise exception 'the measure in % has no warning that stands', new.stream
                using errcode = 'check_violation', constraint = 'misuse_warned_before';
        end if;
        if not exists (
            select 1 from event e where e.stream = new.stream and e.kind = 'misuse.report_marked'
                and (e.body::jsonb ->> 'reported_at')::timestamptz > warned.at
        ) then
            raise exception 'nothing was marked in % since the warning', new.stream
                using errcode = 'check_violation', constraint = 'misuse_marked_since';
        end if;
        if (said ->> 'until') is null or (said ->> 'until')::timestamptz <= new.at then
            raise exception 'the measure in % has no end', new.stream
                using errcode = 'check_violation', constraint = 'misuse_measure_ends';
        end if;
        if coalesce((said -> 'factors' ->> 'decided')::int, 0) < 1
            or coalesce((said -> 'factors' ->> 'marked')::int, 0) < 1
            or (said -> 'factors' ->> 'share_percent') is null
            or coalesce(said -> 'factors' ->> 'gravity', '') = ''
            or coalesce(said -> 'factors' ->> 'intention', '') = ''
        then
            raise exception 'the measure in % lacks one of its four factors', new.stream
                using errcode = 'check_violation', constraint = 'misuse_four_factors';
        end if;
    end if;
    if new.kind = 'misuse.objection_heard' and (
        exists (
            select 1 from event e where e.stream = new.stream and e.actor = new.actor and e.kind in
                ('misuse.report_marked', 'misuse.warned', 'misuse.limited', 'misuse.objected')
        ) or exists (
            select 1 from event e where e.stream = new.stream and e.kind = 'misuse.report_marked'
                and gongdao_took_part((e.body::jsonb ->> 'case')::uuid, new.actor)
        )
    ) then
        raise exception 'whoever hears the appeal in % took part', new.stream
            using errcode = 'check_violation', constraint = 'misuse_hearer_independent';
    end if;
    return new;
end $$;

create trigger misuse_event_guarded before insert on event for each row
    when (new.kind in ('misuse.report_marked', 'misuse.warned', 'misuse.limited',
        'misuse.objection_heard'))
    execute function gongdao_misuse_event();
"""

REVERSE = """
drop trigger misuse_event_guarded on event;
drop function gongdao_misuse_event();
"""
