"""The tables of the log: part of migration 0011, frozen with it.

`log_waiting`  entries that were handed in and have no place yet: a row for each statement that
               wrote records, with all of its entries side by side (32 bytes each)
`log_tile`     the tree, in tiles of up to 256 hashes; level -1 holds the entries themselves
`log_place`    where an entry stands, by its first eight bytes
`log_checkpoint`  what was signed, by size
`timestamp_token` what a timestamp authority answered about a digest (SHA-256), as it came

A table hands its records in by a trigger of its own: `hand_in("exhibit")` writes it. It must have
a column `leaf`, the record's hash. The trigger runs within the writer's own transaction, so an
entry waits if and only if its record was kept, in whatever order transactions end.
"""

FORWARD = """
create table log_waiting (
    position bigint generated always as identity primary key,
    entries bytea not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
alter table log_waiting alter column entries set storage external;

create table log_tile (
    level smallint not null,
    number bigint not null,
    hashes bytea not null,
    primary key (level, number)
);
alter table log_tile alter column hashes set storage external;

create table log_place (first bigint not null, place bigint not null);
create index log_place_first on log_place (first);

create table log_checkpoint (
    size bigint primary key,
    root bytea not null,
    note text not null,
    signed_at timestamptz not null,
    witnessed_at timestamptz
);

create table timestamp_token (
    id bigint generated always as identity primary key,
    digest bytea not null,
    about text not null,
    authority text not null,
    asked_at timestamptz not null,
    gen_time timestamptz,
    reply bytea,
    trouble text
);
create index timestamp_token_digest on timestamp_token (digest);

-- What was written past the program may have a leaf that is no hash: it gets its place all the
-- same, under a hash of its own, and `gongdao log check` names it.
create function gongdao_entry(leaf bytea) returns bytea language sql immutable as $$
    select case when octet_length(leaf) = 32 then leaf else sha256(leaf) end
$$;

create function gongdao_hand_in() returns trigger language plpgsql as $$
begin
    insert into log_waiting (entries)
        select string_agg(gongdao_entry(leaf), ''::bytea) from handed having count(*) > 0;
    return null;
end $$;

-- A full tile never changes, and an entry never loses its place.
create trigger log_tile_append_only before update or delete on log_tile
    for each row when (octet_length(old.hashes) = 8192)
    execute function gongdao_append_only();
create trigger log_place_append_only before update or delete on log_place
    for each row execute function gongdao_append_only();

-- Records of before this version, a thousand at a time.
insert into log_waiting (entries)
    select string_agg(gongdao_entry(leaf), ''::bytea order by position) from (
        select leaf, position, row_number() over (order by position) / 1000 as batch from event
    ) earlier group by batch order by batch;
insert into log_waiting (entries)
    select string_agg(gongdao_entry(leaf), ''::bytea order by received_at, id) from (
        select leaf, received_at, id,
            row_number() over (order by received_at, id) / 1000 as batch from report
    ) earlier group by batch order by batch;
"""

REVERSE = """
drop table timestamp_token, log_checkpoint, log_place, log_tile, log_waiting;
drop function gongdao_hand_in();
drop function gongdao_entry(bytea);
"""


def hand_in(table: str) -> str:
    """The trigger by which a table hands the leaves of its new rows in."""
    return f"""
        create trigger {table}_into_the_log after insert on {table}
        referencing new table as handed
        for each statement execute function gongdao_hand_in();
    """


def hand_in_no_more(table: str) -> str:
    """The way back."""
    return f"drop trigger {table}_into_the_log on {table};"
