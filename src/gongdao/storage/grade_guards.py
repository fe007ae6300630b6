"""What the database itself refuses of grades: part of migration 0031, frozen with it."""

FORWARD = """
-- No restriction by a grade without a statement of reasons (invariant 4).
create function gongdao_grade_told() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from sealed_text s where s.digest = new.statement) then
        raise exception 'standing % has no statement of reasons', new.id
            using errcode = 'check_violation', constraint = 'standing_has_statement';
    end if;
    return new;
end $$;

create trigger standing_statement_first before insert or update on standing_row
    for each row execute function gongdao_grade_told();

-- An appeal against a grade is closed by a person who took part in none of what counted, and heard
-- no appeal against any of it (invariants 2 and 7).
create function gongdao_grade_heard() returns trigger language plpgsql as $$
declare
    counted jsonb;
begin
    if new.actor is null or new.actor_role not in ('reviewer', 'senior_reviewer') then
        raise exception 'a machine never closes the appeal on standing %', new.stream
            using errcode = 'check_violation', constraint = 'standing_heard_by_a_person';
    end if;
    select e.body::jsonb -> 'items' into counted from event e
        where e.stream = new.stream and e.kind = 'standing.fell'
        order by e.version desc limit 1;
    if exists (
        select 1 from jsonb_array_elements(counted) item
        where gongdao_took_part((item ->> 'case')::uuid, new.actor) or exists (
            select 1 from appeal_row a
            where a."case" = (item ->> 'case')::uuid and a.reviewer = new.actor
        )
    ) or exists (
        select 1 from standing_row s where s.id = new.stream and s.person = new.actor
    ) then
        raise exception 'whoever hears the appeal on standing % took part in it', new.stream
            using errcode = 'check_violation', constraint = 'standing_hearer_independent';
    end if;
    return new;
end $$;

create trigger event_of_a_grade before insert on event for each row
    when (new.kind = 'standing.heard') execute function gongdao_grade_heard();
"""

REVERSE = """
drop trigger event_of_a_grade on event;
drop function gongdao_grade_heard();
drop trigger standing_statement_first on standing_row;
drop function gongdao_grade_told();
"""
