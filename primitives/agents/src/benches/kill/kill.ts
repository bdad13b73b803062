import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { openStore } from '@heavylift/store'
import { agentsMigrations } from '../../migrations/migrations.ts'
import { killRuns } from './kill-runs.ts'

const processes = 3
const inFlight = 24

/** Kills server processes under runs, and counts by the world's own book. */
export async function runKillBench({ report, signal, options }: MeasureInput): ReturnType<Measure['run']> {
  const kills = Number(options?.['kills'] ?? 1_000)
  const minutes = options?.['minutes']
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-agents-kill-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('agents', agentsMigrations)
    const { seconds, runs, ...counts } = await killRuns({
      host,
      dataDir,
      kills,
      processes,
      inFlight,
      seed: Number(options?.['seed'] ?? 20_261_127),
      signal,
      ...(minutes === undefined ? {} : { forMs: Number(minutes) * 60_000 }),
      onKill: (done) => report({ stage: 'killing', done, total: kills, unit: 'kills' }),
    })
    return { n: runs, metrics: { runs, ...counts, secondsInAll: seconds } }
  } finally {
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
