import type { Migration } from '@heavylift/core'

/** Repositories that are open in the studio, what people approved, what agents built, and the catalogue of specs. */
export const studioMigration: Migration = {
  name: '0001-studio',
  sql: `
    create table repository (
      tenant_id text not null,
      id text not null,
      name text not null,
      -- On the machine of the server.
      folder text not null,
      is_sample boolean not null,
      opened_at timestamptz not null,
      read_at timestamptz not null,
      summary jsonb not null,
      primary key (tenant_id, id)
    );
    create table approval (
      tenant_id text not null,
      repository text not null,
      requirement text not null,
      -- Of the sentences that were approved: others are not.
      text_hash text not null,
      by_name text not null,
      note text not null,
      at timestamptz not null,
      primary key (tenant_id, repository, requirement)
    );
    create table build (
      tenant_id text not null,
      repository text not null,
      name text not null,
      agent text not null,
      test_command text not null,
      edits jsonb not null,
      -- running, done, refused, failed: what runs when the server stops is taken up again when it starts.
      status text not null,
      state jsonb,
      body text not null,
      problem text not null,
      log text not null,
      started_at timestamptz not null,
      ended_at timestamptz,
      primary key (tenant_id, repository, name)
    );
    create table catalogue_spec (
      tenant_id text not null,
      id text not null,
      repository text not null,
      path text not null,
      title text not null,
      format text not null,
      requirements int not null,
      text text not null,
      -- Last commits of the spec and of the code that it stands on; null where nothing tells.
      spec_changed_at timestamptz,
      code_changed_at timestamptz,
      drifts int,
      looked_at timestamptz not null,
      words tsvector not null generated always as (
        setweight(to_tsvector('english', title || ' ' || repository), 'A') || to_tsvector('english', text)
      ) stored,
      primary key (tenant_id, id)
    );
    create index catalogue_spec_words on catalogue_spec using gin (words);
  `,
}
