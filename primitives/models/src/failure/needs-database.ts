import { HeavyliftError } from '@heavylift/core'

/** What a gateway that runs on files cannot do. `what` begins a sentence, in the plural: `Batches`. */
export function needsDatabase(what: string): HeavyliftError {
  return new HeavyliftError({
    code: 'needs-database',
    status: 501,
    message: `${what} are kept in PostgreSQL, and this gateway runs on files. Set store.databaseUrl, or store.kind to postgresql, and start again: keys and usage come along.`,
  })
}
