"""What the database itself refuses, whoever asks: part of the first migration, frozen with it."""

FORWARD = """
create function gongdao_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name
        using errcode = 'integrity_constraint_violation', constraint = 'append_only';
end $$;

create trigger event_append_only before update or delete on event
    for each row execute function gongdao_append_only();
create trigger report_append_only before update or delete on report
    for each row execute function gongdao_append_only();
create trigger took_part_append_only before update or delete on took_part
    for each row execute function gongdao_append_only();
create trigger cited_pack_append_only before update or delete on cited_pack
    for each row execute function gongdao_append_only();

-- The reviewer of an appeal never took part in the case (invariant 2).
create function gongdao_took_part(the_case uuid, who uuid) returns boolean
language sql stable as $$
    select exists (select 1 from took_part t where t."case" = the_case and t.person = who)
$$;

create function gongdao_independent_reviewer() returns trigger language plpgsql as $$
begin
    if new.reviewer is null or (tg_op = 'UPDATE' and new.reviewer = old.reviewer) then
        return new;
    end if;
    if gongdao_took_part(new."case", new.reviewer) or new.reviewer = new.appellant then
        raise exception 'the reviewer of appeal % took part in its case', new.id
            using errcode = 'check_violation', constraint = 'appeal_reviewer_independent';
    end if;
    return new;
end $$;

create trigger appeal_reviewer_independent before insert or update on appeal_row
    for each row execute function gongdao_independent_reviewer();

-- The same for the event itself, and: a machine never closes an appeal (invariant 7).
create function gongdao_appeal_event() returns trigger language plpgsql as $$
declare
    found appeal_row%rowtype;
    reviewer uuid;
begin
    if new.kind not in ('appeal.assigned', 'appeal.upheld', 'appeal.changed', 'appeal.overturned')
    then
        return new;
    end if;
    select * into found from appeal_row where id = new.stream;
    if new.kind = 'appeal.assigned' then
        reviewer := (new.body::jsonb ->> 'reviewer')::uuid;
    else
        reviewer := new.actor;
        if reviewer is null or new.actor_role = 'system' then
            raise exception 'a machine never closes appeal %', new.stream
                using errcode = 'check_violation', constraint = 'appeal_closed_by_a_person';
        end if;
        if reviewer is distinct from found.reviewer then
            raise exception 'appeal % was given to somebody else', new.stream
                using errcode = 'check_violation', constraint = 'appeal_closed_by_its_reviewer';
        end if;
    end if;
    if gongdao_took_part(found."case", reviewer) then
        raise exception 'the reviewer of appeal % took part in its case', new.stream
            using errcode = 'check_violation', constraint = 'appeal_reviewer_independent';
    end if;
    return new;
end $$;

create trigger event_of_an_appeal before insert on event
    for each row execute function gongdao_appeal_event();

-- While somebody hears an appeal, they take no part in its case.
create function gongdao_not_the_reviewer() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from appeal_row a
        where a."case" = new."case" and a.reviewer = new.person and a.stage = 'under_review'
    ) then
        raise exception 'the reviewer of an open appeal cannot act in its case'
            using errcode = 'check_violation', constraint = 'appeal_reviewer_independent';
    end if;
    return new;
end $$;

create trigger took_part_not_the_reviewer before insert on took_part
    for each row execute function gongdao_not_the_reviewer();

-- No restriction without a statement of reasons, and none earlier than it (invariant 4).
create function gongdao_statement_first() returns trigger language plpgsql as $$
declare
    decided timestamptz;
begin
    select d.decided_at into decided from decision_row d where d.id = new.decision;
    if not exists (select 1 from sealed_text s where s.digest = new.statement) then
        raise exception 'sanction % has no statement of reasons', new.id
            using errcode = 'check_violation', constraint = 'sanction_has_statement';
    end if;
    if new.imposed_at < decided then
        raise exception 'sanction % is older than its decision', new.id
            using errcode = 'check_violation', constraint = 'sanction_after_statement';
    end if;
    return new;
end $$;

create trigger sanction_statement_first before insert on sanction_row
    for each row execute function gongdao_statement_first();

create table cache (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamptz not null
);
create index cache_expires on cache (expires);
"""

REVERSE = """
drop table cache;
drop trigger sanction_statement_first on sanction_row;
drop trigger took_part_not_the_reviewer on took_part;
drop trigger event_of_an_appeal on event;
drop trigger appeal_reviewer_independent on appeal_row;
drop trigger cited_pack_append_only on cited_pack;
drop trigger took_part_append_only on took_part;
drop trigger report_append_only on report;
drop trigger event_append_only on event;
drop function gongdao_statement_first();
drop function gongdao_not_the_reviewer();
drop function gongdao_appeal_event();
drop function gongdao_independent_reviewer();
drop function gongdao_took_part(uuid, uuid);
drop function gongdao_append_only();
"""
