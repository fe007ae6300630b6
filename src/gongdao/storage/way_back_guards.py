"""What the database itself refuses of ways back: part of migration 0019, frozen with it."""

FORWARD = """
-- A way back comes to its end once, and a sanction is released once.
create unique index way_back_fulfilled_once on event (stream) where kind = 'way_back.fulfilled';
create unique index sanction_released_once on event (stream) where kind = 'sanction.released';

-- What a person has to check, a person checked.
create function gongdao_proof_checked() returns trigger language plpgsql as $$
begin
    if new.actor is null or new.actor_role not in ('reviewer', 'senior_reviewer') then
        raise exception 'a proof of way back % is checked by a reviewer', new.stream
            using errcode = 'check_violation', constraint = 'proof_checked_by_a_person';
    end if;
    return new;
end $$;

create trigger way_back_proof_checked before insert on event for each row
    when (new.kind in ('way_back.proof_accepted', 'way_back.proof_refused'))
    execute function gongdao_proof_checked();
"""

REVERSE = """
drop trigger way_back_proof_checked on event;
drop function gongdao_proof_checked();
drop index sanction_released_once;
drop index way_back_fulfilled_once;
"""
