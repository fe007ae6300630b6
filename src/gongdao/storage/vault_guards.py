"""What the database itself refuses of exhibits: part of migration 0012, frozen with it."""

FORWARD = """
-- What an exhibit is, whose case it belongs to and who brought it stays as it was received.
create function gongdao_exhibit() returns trigger language plpgsql as $$
begin
    if (new."case", new.number, new.own_number, new.side, new.owner, new.kind, new.media,
        new.size, new.sha256, new.received_at)
        is distinct from
       (old."case", old.number, old.own_number, old.side, old.owner, old.kind, old.media,
        old.size, old.sha256, old.received_at)
    then
        raise exception 'exhibit % stays as it was received', new.id
            using errcode = 'check_violation', constraint = 'exhibit_stays';
    end if;
    return new;
end $$;

create trigger exhibit_stays before update on exhibit_row
    for each row execute function gongdao_exhibit();
"""

REVERSE = """
drop trigger exhibit_stays on exhibit_row;
drop function gongdao_exhibit();
"""
