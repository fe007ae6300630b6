"""What the database itself refuses of notices about rights: part of migration 0020, frozen."""

FORWARD = """
create function gongdao_rights_measure() returns trigger language plpgsql as $$
begin
    if new.measure is not null and not exists (
        select 1 from sealed_text s where s.digest = new.statement
    ) and (tg_op = 'INSERT' or old.measure is null) then
        raise exception 'the measure of notice % has no statement of reasons', new.number
            using errcode = 'check_violation', constraint = 'rights_measure_has_statement';
    end if;
    return new;
end $$;

create trigger rights_notice_guarded before insert or update on rights_notice_row
    for each row execute function gongdao_rights_measure();
"""

REVERSE = """
drop trigger rights_notice_guarded on rights_notice_row;
drop function gongdao_rights_measure();
"""
