import { join } from 'node:path'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import type { CatalogTables } from '../../catalog/catalog-tables.ts'
import { defaultImportOptions, Imports } from '../../import/imports.ts'
import { StoredSearchIndexes } from '../../search/stored-search-indexes.ts'
import { crashFeed } from './crash-feed.ts'

/** A server's import side as a process of its own, to be killed. Writes `acknowledged` once the import is safe. */
const [databaseUrl = '', dataDir = '', tenantId = '', generation = ''] = process.argv.slice(2)

const host = await openStore({ dataDir, databaseUrl, log: silentLogger, clock: systemClock })
const store = host.forSystem('shop')
const imports = new Imports({
  db: store.database<CatalogTables>(),
  store,
  indexes: new StoredSearchIndexes(join(dataDir, 'search')),
  clock: systemClock,
  ids: createIds(systemClock),
  log: silentLogger,
  language: 'en',
  afterLive: () => Promise.resolve(),
})
await host.startDurable()
if (generation !== '') {
  const body = new Blob([crashFeed(Number(generation))]).stream()
  const feed = {
    name: `generation ${generation}`,
    kind: 'feed' as const,
    options: defaultImportOptions,
    body,
  }
  await imports.start(tenantId, feed, `crash-${tenantId}-${generation}`)
  process.stdout.write('acknowledged\n')
}
// Goes on until it is killed.
setInterval(() => undefined, 60_000)
