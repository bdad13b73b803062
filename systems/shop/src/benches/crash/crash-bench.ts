import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { migrations } from '../../migrations/migrations.ts'
import { runAnswerRounds } from './answer-rounds.ts'
import { runCrashRounds } from './crash-rounds.ts'

const rounds = 50

/** `heavylift bench shop.crash`: on a database of its own, which is gone afterwards. */
export async function runCrashBench({ report, signal }: MeasureInput) {
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-crash-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('shop', migrations)
    const { rounds: n, ...metrics } = await runCrashRounds({
      store: host.forSystem('shop'),
      databaseUrl: host.databaseUrl,
      dataDir,
      rounds,
      seed: 1,
      report,
      signal,
    })
    const answers = await runAnswerRounds({
      home: join(dataDir, 'installation'),
      rounds,
      seed: 1,
      report,
      signal,
    })
    return { n, metrics: { ...metrics, ...answers } }
  } finally {
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
