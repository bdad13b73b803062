import { HeavyliftError, silentLogger, type Check } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import type { AnySystem } from '@heavylift/server'
import type { StoreConfig } from '../../installation.ts'

const clockWithinMs = 2_000

/** The database and the objects, looked at as a start would. */
export async function checkStore(
  dataDir: string,
  { databaseUrl, objectsUrl }: StoreConfig,
  systems: readonly AnySystem[],
): Promise<Check[]> {
  const [{ inspectDatabase, inspectObjects }, { accessMigrations }] = await Promise.all([
    import('@heavylift/store'),
    import('@heavylift/server/access'),
  ])
  const checks: Check[] = []
  const which = databaseUrl === null ? 'embedded' : 'store.databaseUrl'
  try {
    const planned = [{ name: 'server', migrations: accessMigrations }, ...systems]
    const facts = await inspectDatabase({ dataDir, databaseUrl, systems: planned, log: silentLogger })
    if (facts === null)
      checks.push({
        name: 'PostgreSQL',
        state: 'note',
        found: 'not made yet',
        advice: 'The first start makes it.',
      })
    else {
      const { version, latencyMs, bytes, clockAheadMs, pending } = facts
      checks.push({
        name: 'PostgreSQL',
        state: 'ok',
        found: `${version} (${which}), ${(bytes / 1e6).toFixed(0)} MB, answers in ${latencyMs.toFixed(1)} ms`,
      })
      checks.push(
        pending.length === 0
          ? { name: 'migrations', state: 'ok', found: 'up to date' }
          : {
              name: 'migrations',
              state: 'note',
              found: `${plural(pending.length, 'step')} to come`,
              advice: 'The next start makes them. Back up before.',
            },
      )
      if (Math.abs(clockAheadMs) > clockWithinMs)
        checks.push({
          name: 'clocks',
          state: 'warn',
          found: `the database’s clock differs by ${(clockAheadMs / 1000).toFixed(1)} s`,
          advice: 'Set both machines’ clocks (NTP).',
        })
    }
  } catch (error) {
    const isUnfit = HeavyliftError.isInstance(error) && error.code.startsWith('migration-')
    checks.push({
      name: isUnfit ? 'migrations' : 'PostgreSQL',
      state: 'fail',
      found: reasonOf(error),
      ...(HeavyliftError.isInstance(error)
        ? {}
        : {
            advice: `Check that it runs, and ${databaseUrl === null ? 'its log in the data folder' : 'the address in store.databaseUrl'}.`,
          }),
    })
  }
  if (objectsUrl !== null) {
    const failure = await inspectObjects(objectsUrl).then(
      () => null,
      (error: unknown) => reasonOf(error),
    )
    checks.push(
      failure === null
        ? { name: 'objects', state: 'ok', found: objectsUrl }
        : {
            name: 'objects',
            state: 'fail',
            found: `${objectsUrl}: ${failure}`,
            advice: 'Check bucket, endpoint and credentials.',
          },
    )
  }
  return checks
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message || error.name : String(error)
}
