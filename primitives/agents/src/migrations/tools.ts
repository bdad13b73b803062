import type { Migration } from '@heavylift/core'

/** Sources of tools and credentials of tenants. */
export const toolMigrations: Migration[] = [
  {
    name: '0050-credentials',
    sql: `
      create table credential (
        tenant_id text not null,
        name text not null,
        -- What may be seen of it: its kind, a user's name, an authorization server.
        spec json not null,
        -- Agents of this team only; null for all.
        team text,
        sources json not null,
        -- Secret, access and refresh token, sealed; null once revoked.
        sealed text,
        expires_ms bigint,
        is_connected boolean not null,
        problem text,
        made_ms bigint not null,
        rotated_ms bigint,
        revoked_ms bigint,
        primary key (tenant_id, name)
      );
      -- Who used what: a row for each call. Without an agent a person tried it.
      create table credential_use (
        tenant_id text not null,
        credential text not null,
        at_ms bigint not null,
        source text not null,
        tool text not null,
        agent text,
        version integer,
        run_id text,
        path text
      );
      create index credential_use_last on credential_use (tenant_id, credential, at_ms desc);
      create index credential_use_age on credential_use (at_ms);
      -- Connections by OAuth 2 that a person has begun.
      create table credential_pending (
        state_hash text primary key,
        tenant_id text not null,
        credential text not null,
        begun_by text not null,
        sealed text not null,
        expires_ms bigint not null
      );
      -- Sources of tools that tenants have registered, beside those of the configuration.
      create table tool_source (
        tenant_id text not null,
        name text not null,
        title text not null,
        spec json not null,
        -- Of an OpenAPI source: its document.
        document text,
        -- What its tools are listed with.
        credential text,
        made_ms bigint not null,
        primary key (tenant_id, name)
      );
      create table tool_use (
        tenant_id text not null,
        source text not null,
        tool text not null,
        calls bigint not null,
        failures bigint not null,
        last_ms bigint not null,
        last_failure_ms bigint,
        last_failure text,
        primary key (tenant_id, source, tool)
      );
    `,
  },
]
