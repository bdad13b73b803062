import type { Migration } from '@heavylift/core'

export const matchesMigration: Migration = {
  name: '0001-matches',
  sql: `
    create table match (
      tenant_id text not null,
      match_id text not null,
      sport text not null,
      title text not null,
      body jsonb not null,
      -- 'live' while events come, 'ended' after the feed's own end.
      status text not null default 'live',
      home_score integer,
      away_score integer,
      first_event_at timestamptz not null,
      last_event_at timestamptz not null,
      is_sample boolean not null default false,
      primary key (tenant_id, match_id)
    );
    create index match_by_time on match (tenant_id, last_event_at desc);

    -- The newest revision of each insight.
    create table insight (
      tenant_id text not null,
      match_id text not null,
      insight_id text not null,
      revision integer not null,
      kind text not null,
      subject text not null,
      at timestamptz not null,
      importance real not null,
      body jsonb not null,
      -- What happened, once it is known: { happened, isCorrect, confidence, atMs }.
      outcome jsonb,
      primary key (tenant_id, insight_id)
    );
    create index insight_by_time on insight (tenant_id, match_id, at desc, insight_id);
    create index insight_by_kind on insight (tenant_id, match_id, kind, at desc, insight_id);
  `,
}
