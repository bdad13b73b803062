import type { Migration } from '@heavylift/core'

/** What agents keep of those whom they serve. Number 0090 is theirs. */
export const memoryMigrations: Migration[] = [
  {
    name: '0090-memory',
    sql: `
      create table agent_memory (
        tenant_id text not null,
        id text not null,
        agent text not null,
        -- Whom it is about: a customer, a ticket, a conversation.
        subject text not null,
        kind text not null,
        text text not null,
        value json,
        -- Who wrote the words: 'user' where a person or the definition did, 'outside' for everything else.
        trust text not null,
        -- The run and step that kept it, and what its words were made of.
        source json not null,
        made_ms bigint not null,
        expires_ms bigint,
        primary key (tenant_id, id)
      );
      create index agent_memory_of_subject on agent_memory (tenant_id, agent, subject, made_ms desc);
      create index agent_memory_words on agent_memory using gin (to_tsvector('simple', text));
      create index agent_memory_expires on agent_memory (expires_ms) where expires_ms is not null;
    `,
  },
]
