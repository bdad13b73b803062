import type { Migration } from '@heavylift/core'

/** What merchants decide about lists and answers, and what an import replaced, until the next one. */
export const merchandisingMigration: Migration = {
  name: '0008-merchandising',
  sql: `
    create table merchandising (
      tenant_id text primary key,
      -- Lines such as "pin sofa = p-12 at 1", in the operator's order.
      lines jsonb not null,
      -- Rises with each change, so that other processes see that theirs is old.
      version bigint not null,
      changed_at timestamptz not null
    );

    -- The catalog before the last import that went live, as far as that import changed it.
    create table undo_import (
      tenant_id text primary key,
      import_id text not null,
      -- The version that the import made live: undone only while it is still live.
      version text not null
    );
    create table undo_product (
      tenant_id text not null,
      id text not null,
      hash text,
      rating_from_feed boolean,
      is_sample boolean,
      -- Null: the import added the product, and undoing takes it away.
      data jsonb,
      primary key (tenant_id, id)
    );
    create table undo_review (
      tenant_id text not null,
      id text not null,
      product_id text not null,
      hash text not null,
      rating real not null,
      data jsonb not null,
      primary key (tenant_id, id)
    );
    create table undo_question (
      tenant_id text not null,
      id text not null,
      product_id text not null,
      data jsonb not null,
      primary key (tenant_id, id)
    );
    create table undo_price_point (
      tenant_id text not null,
      product_id text not null,
      variant_id text not null,
      at timestamptz not null,
      minor bigint not null,
      currency text not null,
      primary key (tenant_id, product_id, variant_id, at)
    );

    -- Feeds that are fetched from an address by a schedule.
    create table feed (
      tenant_id text not null,
      id text not null,
      url text not null,
      name text not null,
      options jsonb not null,
      every_minutes int not null,
      etag text,
      last_modified text,
      -- What came of the last fetch, in words.
      outcome text,
      last_import_id text,
      checked_at timestamptz,
      created_at timestamptz not null,
      primary key (tenant_id, id)
    );
  `,
}
