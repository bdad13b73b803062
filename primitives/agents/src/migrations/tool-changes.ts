import type { Migration } from '@heavylift/core'

/** Tools that changed while agents used them. Number 0102 is theirs. */
export const toolChangeMigrations: Migration[] = [
  {
    name: '0102-tool-changes',
    sql: `
      -- What a tool said of itself when it had a pin, so that it can be told what has changed.
      create table tool_text (
        tenant_id text not null,
        source text not null,
        pin text not null,
        described json not null,
        primary key (tenant_id, source, pin)
      );
      -- Found while live agents named the tool by its former pin.
      create table tool_change (
        tenant_id text not null,
        source text not null,
        tool text not null,
        was_pin text not null,
        now_pin text not null,
        found_ms bigint not null,
        primary key (tenant_id, source, tool, was_pin)
      );
    `,
  },
]
