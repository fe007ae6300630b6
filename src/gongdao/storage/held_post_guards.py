"""What the database itself refuses of texts that wait: part of migration 0028, frozen."""

FORWARD = """
create function gongdao_held_post_event() returns trigger language plpgsql as $$
begin
    if exists (select 1 from event e where e.stream = new.stream and e.version = new.version) then
        return new;  -- Somebody was faster: the unique place of an event refuses this one.
    end if;
    -- Of the looks at one version of a text each is another person's.
    if new.actor is not null and exists (
        select 1 from event e
        where e.stream = new.stream and e.kind = 'held_post.passed_on' and e.actor = new.actor
          and e.version > coalesce((
              select max(f.version) from event f
              where f.stream = new.stream and f.kind = 'held_post.edited'
          ), 0)
    ) then
        raise exception 'somebody looked at % before and cannot look again', new.stream
            using errcode = 'check_violation', constraint = 'held_post_other_eyes';
    end if;
    if new.kind = 'held_post.withheld' then
        if new.actor is null or new.actor_role not in ('reviewer', 'senior_reviewer') then
            raise exception 'text % is withheld by a reviewer or not at all', new.stream
                using errcode = 'check_violation', constraint = 'held_post_withheld_by_a_reviewer';
        end if;
        if not exists (
            select 1 from event e
            where e.kind = 'decision.made'
              and e.stream = ((new.body::json) ->> 'decision')::uuid
        ) then
            raise exception 'text % is withheld without a decision', new.stream
                using errcode = 'check_violation', constraint = 'held_post_has_decision';
        end if;
    end if;
    return new;
end $$;

create trigger held_post_event_guarded before insert on event for each row
    when (new.kind in ('held_post.passed_on', 'held_post.released', 'held_post.withheld'))
    execute function gongdao_held_post_event();
"""

REVERSE = """
drop trigger held_post_event_guarded on event;
drop function gongdao_held_post_event();
"""
