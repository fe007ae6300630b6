"""What the database itself refuses of negotiations: part of migration 0027, frozen."""

FORWARD = """
create function gongdao_settlement_event() returns trigger language plpgsql as $$
begin
    if exists (select 1 from event e where e.stream = new.stream and e.version = new.version) then
        return new;  -- Somebody was faster: the unique place of an event refuses this one.
    end if;
    if new.kind in ('settlement.message_sent', 'settlement.offered') and exists (
        select 1 from event e where e.stream = new.stream and e.kind = 'settlement.stopped'
    ) then
        raise exception 'one side of % asked for no more contact', new.stream
            using errcode = 'check_violation', constraint = 'settlement_quiet_after_stop';
    end if;
    if new.kind in ('settlement.offered', 'settlement.agreed') and exists (
        select 1 from event e where e.stream = new.stream and e.kind = 'settlement.agreed'
    ) then
        raise exception 'the sides of % have agreed', new.stream
            using errcode = 'check_violation', constraint = 'settlement_agreed_once';
    end if;
    return new;
end $$;

create trigger settlement_event_guarded before insert on event for each row
    when (new.kind in ('settlement.message_sent', 'settlement.offered', 'settlement.agreed'))
    execute function gongdao_settlement_event();
"""

REVERSE = """
drop trigger settlement_event_guarded on event;
drop function gongdao_settlement_event();
"""
