"""What the database itself refuses while appeals are heard: part of migration 0018, frozen."""

FORWARD = """
-- Whoever advises or confirms is a person, took no part in the case, and does not hear the appeal;
-- an outcome that two people answer for ends the appeal only with both of them (see 0025).
create function gongdao_hearing_event() returns trigger language plpgsql as $$
declare
    found appeal_row%rowtype;
begin
    if new.kind = 'appeal.filed' then
        if coalesce((new.body::jsonb ->> 'round')::int, 1) > 1
            and coalesce(jsonb_array_length(new.body::jsonb -> 'opened_by'), 0) = 0
        then
            raise exception 'appeal % opens the last level again and brings nothing new', new.stream
                using errcode = 'check_violation', constraint = 'appeal_reopened_by_evidence';
        end if;
        return new;
    end if;
    if new.kind not in (
        'appeal.opinion_written', 'appeal.second_opinion_given', 'appeal.outcome_confirmed',
        'appeal.outcome_refused', 'appeal.upheld', 'appeal.changed', 'appeal.overturned'
    ) then
        return new;
    end if;
    select * into found from appeal_row where id = new.stream;
    if new.kind = 'appeal.opinion_written' then
        if new.actor is distinct from found.reviewer or new.actor_role = 'system' then
            raise exception 'the first opinion on appeal % is its reviewer''s', new.stream
                using errcode = 'check_violation', constraint = 'appeal_opinion_by_its_reviewer';
        end if;
        return new;
    end if;
    if new.kind in ('appeal.upheld', 'appeal.changed', 'appeal.overturned') then
        if found.two_people and not exists (
            select 1 from event c where c.stream = new.stream
                and c.kind = 'appeal.outcome_confirmed' and c.actor <> new.actor
                and c.version > (
                    select max(h.version) from event h
                    where h.stream = new.stream and h.kind = 'appeal.outcome_held'
                )
        ) then
            raise exception 'appeal % ends with two people', new.stream
                using errcode = 'check_violation', constraint = 'appeal_two_people';
        end if;
        return new;
    end if;
    if new.actor is null or new.actor_role = 'system' or new.actor = found.appellant
        or new.actor = found.reviewer or gongdao_took_part(found."case", new.actor)
    then
        raise exception 'whoever advises on appeal % took part in its case', new.stream
            using errcode = 'check_violation', constraint = 'appeal_adviser_independent';
    end if;
    return new;
end $$;

create trigger event_of_a_hearing before insert on event
    for each row when (new.kind like 'appeal.%') execute function gongdao_hearing_event();

-- Whoever did has taken part from then on, and hears no later level.
create function gongdao_advised() returns trigger language plpgsql as $$
begin
    insert into took_part ("case", person)
        select a."case", new.actor from appeal_row a where a.id = new.stream
        on conflict do nothing;
    return null;
end $$;

create trigger event_of_an_adviser after insert on event
    for each row when (new.kind in (
        'appeal.second_opinion_given', 'appeal.outcome_confirmed', 'appeal.outcome_refused'
    )) execute function gongdao_advised();
"""

REVERSE = """
drop trigger event_of_an_adviser on event;
drop trigger event_of_a_hearing on event;
drop function gongdao_advised();
drop function gongdao_hearing_event();
"""
