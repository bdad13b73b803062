import type { Migration } from '@heavylift/core'

/** What is on air and in preview, by match and layer. */
export const graphicsMigration: Migration = {
  name: '0002-graphics',
  sql: `
    create table graphics_layer (
      tenant_id text not null,
      match_id text not null,
      layer text not null,
      state jsonb not null,
      primary key (tenant_id, match_id, layer)
    );
  `,
}
