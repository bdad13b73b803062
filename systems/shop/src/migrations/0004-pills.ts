import type { Migration } from '@heavylift/core'

/** Likely questions of each product, and their answers made ahead of time. */
export const pillsMigration: Migration = {
  name: '0004-pills',
  sql: `
    create table pill (
      tenant_id text not null,
      id text not null,
      product_id text not null,
      question text not null,
      rank int not null,
      -- Null until answered. Good only while every product in it is as it was (fingerprints).
      parts jsonb,
      fingerprints jsonb,
      answered_at timestamptz,
      hits bigint not null default 0,
      misses bigint not null default 0,
      primary key (tenant_id, id)
    );
    create index pill_by_product on pill (tenant_id, product_id, rank);

    create table pill_build (
      tenant_id text primary key,
      run_id text not null,
      state text not null,
      done int not null,
      total int not null,
      finished_at timestamptz
    );
  `,
}
