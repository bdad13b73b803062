import type { Migration } from '@heavylift/core'

/**
 * Where in time each lexeme occurs, so that a search goes straight to the stretches where all its conditions do. A trigger
 * keeps it, so that a server of an older version beside a new one cannot leave it behind.
 */
export const tagStretchesMigration: Migration = {
  name: '0005-tag-stretches',
  sql: `
    create table tag_stretch (
      tenant_id text not null,
      lexeme text not null,
      -- 64 stretches of 2^29 ms (6 days) each.
      span integer not null,
      -- Bit n: a tag with the lexeme starts, or once started, in stretch span * 64 + n. Bits are only ever added.
      seen bigint not null,
      primary key (tenant_id, lexeme, span)
    );

    create function note_tag_stretches() returns trigger language plpgsql as $$
    declare
      fresh tag_stretch[];
    begin
      select array_agg((tenant_id, lexeme, span, added.seen)::tag_stretch) into fresh
      from (
        select tenant_id, lexeme, (step >> 6)::integer as span, bit_or(1::bigint << (step & 63)::integer) as seen
        from (
          select distinct tenant_id, unnest(tsvector_to_array(search)) as lexeme, start_ms >> 29 as step from saved
        ) met
        -- Lexemes that are in every stretch, or in one alone by their nature, tell nothing.
        where lexeme !~ '^(tenant|match|startMs[0-9]|importance[0-9]):'
        group by 1, 2, 3
      ) added
      left join tag_stretch known using (tenant_id, lexeme, span)
      where known.seen is null or known.seen & added.seen <> added.seen;
      if fresh is not null then
        -- One writer at a time, or two could wait for each other's rows. Most saves have nothing to add.
        perform pg_advisory_xact_lock(hashtext('live.tag_stretch'));
        insert into tag_stretch select * from unnest(fresh)
        on conflict (tenant_id, lexeme, span) do update set seen = tag_stretch.seen | excluded.seen;
      end if;
      return null;
    end $$;

    -- Before the rows that are there already are noted: what is saved meanwhile waits for the end of this step.
    create trigger tag_stretches_of_new after insert on tag referencing new table as saved
      for each statement execute function note_tag_stretches();
    create trigger tag_stretches_of_changed after update on tag referencing new table as saved
      for each statement execute function note_tag_stretches();

    insert into tag_stretch
    select tenant_id, lexeme, (step >> 6)::integer, bit_or(1::bigint << (step & 63)::integer)
    from (
      select distinct tenant_id, unnest(tsvector_to_array(search)) as lexeme, start_ms >> 29 as step from tag
    ) met
    where lexeme !~ '^(tenant|match|startMs[0-9]|importance[0-9]):'
    group by 1, 2, 3;
  `,
}
