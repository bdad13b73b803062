import type { Migration } from '@heavylift/core'

/** Each tenant's live catalog, and what an import stages before it becomes live. */
export const catalogMigration: Migration = {
  name: '0001-catalog',
  sql: `
    -- The version that readers see; the search index of the same version is live with it.
    create table catalog (
      tenant_id text primary key,
      version text not null,
      products int not null,
      reviews int not null,
      sample_products int not null,
      vocabulary jsonb not null,
      changed_at timestamptz not null
    );

    create table product (
      tenant_id text not null,
      id text not null,
      -- Of the product as the feed stated it, so that unchanged rows are skipped.
      hash text not null,
      rating_from_feed boolean not null,
      is_sample boolean not null,
      data jsonb not null,
      categories text[] not null,
      brand text,
      min_minor bigint not null,
      rating real,
      added_at timestamptz not null,
      changed_at timestamptz not null,
      primary key (tenant_id, id)
    );
    create index product_by_category on product using gin (categories);
    create index product_by_brand on product (tenant_id, brand);

    create table review (
      tenant_id text not null,
      id text not null,
      product_id text not null,
      hash text not null,
      rating real not null,
      at timestamptz not null,
      data jsonb not null,
      primary key (tenant_id, id)
    );
    create index review_by_product on review (tenant_id, product_id, at desc, id);

    create table question (
      tenant_id text not null,
      id text not null,
      product_id text not null,
      data jsonb not null,
      primary key (tenant_id, id)
    );
    create index question_by_product on question (tenant_id, product_id);

    -- A price that holds from a time on. Variants that always cost the same share the points of the first of them.
    create table price_point (
      tenant_id text not null,
      product_id text not null,
      variant_id text not null,
      at timestamptz not null,
      minor bigint not null,
      currency text not null,
      primary key (tenant_id, product_id, variant_id, at)
    );

    -- state: queued -> running -> done | failed | cancelled.
    create table import (
      tenant_id text not null,
      id text not null,
      name text not null,
      kind text not null,
      options jsonb not null,
      bytes bigint,
      state text not null,
      progress jsonb,
      report jsonb,
      reason text,
      created_at timestamptz not null,
      finished_at timestamptz,
      primary key (tenant_id, id)
    );
    create index import_by_time on import (tenant_id, created_at desc);

    -- Staging is not logged: after a crash of the database itself it is empty, and the import stages again.
    create unlogged table stage_product (
      import_id text not null,
      id text not null,
      line int not null,
      hash text not null,
      rating_from_feed boolean not null,
      data jsonb not null,
      price_points jsonb not null,
      -- added, changed or same, once compared with the live catalog.
      state text,
      primary key (import_id, id)
    );
    create unlogged table stage_review (
      import_id text not null,
      id text not null,
      product_id text not null,
      line int not null,
      hash text not null,
      rating real not null,
      data jsonb not null,
      primary key (import_id, id)
    );
    create index stage_review_by_product on stage_review (import_id, product_id);
    create unlogged table stage_question (
      import_id text not null,
      id text not null,
      product_id text not null,
      line int not null,
      data jsonb not null,
      primary key (import_id, id)
    );
    create unlogged table stage_removal (
      import_id text not null,
      id text not null,
      primary key (import_id, id)
    );
    create unlogged table stage_catalog (
      import_id text primary key,
      base text,
      vocabulary jsonb
    );
  `,
}
