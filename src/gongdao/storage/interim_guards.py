"""What the database itself refuses of interim measures: part of migration 0006, frozen with it."""

FORWARD = """
-- No interim measure without a statement of reasons, none beyond its cap, and no cap beyond that of
-- the first one of its kind in the case. What was imposed is never made longer.
create function gongdao_interim() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new."case", new.measure, new.imposed_at, new.ends_at, new.cap_ends_at, new.statement)
            is distinct from
            (old."case", old.measure, old.imposed_at, old.ends_at, old.cap_ends_at, old.statement)
        then
            raise exception 'interim measure % stays as it was imposed', new.id
                using errcode = 'check_violation', constraint = 'interim_not_extended';
        end if;
        return new;
    end if;
    if not exists (select 1 from sealed_text s where s.digest = new.statement) then
        raise exception 'interim measure % has no statement of reasons', new.id
            using errcode = 'check_violation', constraint = 'interim_has_statement';
    end if;
    if new.ends_at > new.cap_ends_at or exists (
        select 1 from interim_row r
        where r."case" = new."case" and r.measure = new.measure and r.cap_ends_at < new.ends_at
    ) then
        raise exception 'interim measure % would hold too long', new.id
            using errcode = 'check_violation', constraint = 'interim_within_cap';
    end if;
    return new;
end $$;

create trigger interim_guarded before insert or update on interim_row
    for each row execute function gongdao_interim();
"""

REVERSE = """
drop trigger interim_guarded on interim_row;
drop function gongdao_interim();
"""
