import type { Migration } from '@heavylift/core'

/** Keys that shoppers' tokens and proofs of identity are signed with can be changed, and one shopper's tokens be ended. */
export const signingMigration: Migration = {
  name: '0009-signing',
  sql: `
    -- The key before counts beside the new one until then, so that nobody is signed out by a change.
    alter table signing_key
      add column previous_token_secret text,
      add column previous_identity_secret text,
      add column previous_token_until timestamptz,
      add column previous_identity_until timestamptz;

    -- Tokens from before then name nobody any more.
    alter table shopper add column tokens_from timestamptz;
  `,
}
