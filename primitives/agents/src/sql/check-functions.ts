import type { QueryLimits, QueryUse } from './check-query.ts'
import { refused } from './check-query.ts'

/** A function as the database's own catalogue (`pg_proc`) has it. */
export interface KnownFunction {
  schema: string
  name: string
  /** PostgreSQL's word for whether a call may change something or answer differently: immutable, stable, volatile. */
  volatility: 'i' | 's' | 'v'
}

/** Volatile because they answer differently each time, and for nothing else. */
const harmless = new Set([
  'clock_timestamp',
  'gen_random_uuid',
  'random',
  'random_normal',
  'timeofday',
  'uuidv4',
  'uuidv7',
])
/** Of the many that tell of the server, those that tell of a value. */
const aboutValues = new Set(['pg_column_size', 'pg_size_pretty', 'pg_typeof'])
/** What tells of the server, its files, settings and rights, or reads tables by a name in a text. */
const aboutServer =
  /^(pg_|has_|inet_|lo_|txid_|to_reg|row_security_active$|current_(setting|database|schemas?|query)$|version$)|_to_xml(schema|_and_xmlschema)?$/

/**
 * Refuses functions that may do something: by what the catalogue says of each of that name rather than by a list of names. Those of the database's own are
 * refused unless an administrator has named them.
 * @throws InvalidInputError `sql-refused`
 */
export function checkFunctions(use: QueryUse, known: readonly KnownFunction[], limits: QueryLimits): void {
  for (const name of use.functions) {
    if (limits.functions.some((each) => each === name || each === `public.${name}`)) continue
    const bare = name.includes('.') ? null : name
    const ours = known.filter((each) => each.name === bare)
    if (bare === null || ours.some(({ schema }) => schema !== 'pg_catalog'))
      throw refused(`the function ${name} is the database's own; an administrator may allow it`)
    if (aboutServer.test(bare) && !aboutValues.has(bare))
      throw refused(`the function ${bare} tells of the server, not of the data`)
    if (ours.some(({ volatility }) => volatility === 'v') && !harmless.has(bare))
      throw refused(`the function ${bare} may have an effect`)
  }
  for (const field of use.fields)
    if (
      known.some(
        ({ name, schema, volatility }) => name === field && (schema !== 'pg_catalog' || volatility === 'v'),
      )
    )
      throw refused(`${field} behind a dot would call the function of that name`)
}
