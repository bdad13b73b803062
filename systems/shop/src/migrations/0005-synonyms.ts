import type { Migration } from '@heavylift/core'

/** What a store calls by several names, beside the synonyms of its language. */
export const synonymsMigration: Migration = {
  name: '0005-synonyms',
  sql: `
    create table synonym_list (
      tenant_id text primary key,
      -- Lines such as "a = b, c", in the operator's order.
      lines jsonb not null,
      -- Rises with each change, so that other processes see that theirs is old.
      version bigint not null,
      changed_at timestamptz not null
    );
  `,
}
