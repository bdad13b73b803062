import { systemClock, createIds, silentLogger } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import type { MeteringTables } from '../../src/metering/metering-tables.ts'
import { createPostgresUsage } from '../../src/metering/postgres-usage.ts'
import { callRecord } from './call-record.ts'

// Records calls for ever and prints the id of each once it is recorded. `crash-child.ts <dataDir> <databaseUrl>`
const [dataDir = '', databaseUrl = ''] = process.argv.slice(2)
const host = await openStore({ dataDir, databaseUrl, log: silentLogger, clock: systemClock })
const store = host.forSystem('models')
const ids = createIds(systemClock)
const usage = createPostgresUsage({
  services: { clock: systemClock, ids, log: silentLogger, dataDir },
  db: store.database<MeteringTables>(),
  ledger: store.ledger,
  keepDays: () => 30,
})
for (;;) {
  for (let i = 0; i < 20; i++) {
    const id = ids.next('call')
    usage.add(callRecord({ id, atMs: Date.now() }))
    process.stdout.write(`${id}\n`)
  }
  await new Promise((resolve) => setTimeout(resolve, 5))
}
