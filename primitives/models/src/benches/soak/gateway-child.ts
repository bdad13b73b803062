import { EventEmitter } from 'node:events'
import { queryObjects } from 'node:v8'
import { createIds, silentLogger, systemClock } from '@heavylift/core'
import { createTelemetry } from '@heavylift/core/runtime'
import { releaseMemory } from '@heavylift/core/runtime/release-memory'
import { Allowance } from '../../admission/allowance.ts'
import { createMeter } from '../../metering/create-meter.ts'
import { FileUsage } from '../../metering/files/file-usage.ts'
import type { UsageSums } from '../../metering/usage-report.ts'
import { startTestGateway } from '../../testing/test-gateway.ts'
import { callerOf } from './soak-load.ts'

export interface SoakGatewayTask {
  table: object
  dataDir: string
}

export interface SoakQuestion {
  /** Walks the heap once for each class, which takes seconds. */
  countsObjects: boolean
}

/** What a gateway has after garbage is gone. */
export interface SoakLook {
  heapMb: number
  rssMb: number
  handles: number
  /** Objects alive, by class; those of derived classes count too. Empty unless asked for. */
  objects: Record<string, number>
  /** What the books have. */
  metered: UsageSums
}

const classes = { Object, Array, Map, Promise, Error, Uint8Array, EventEmitter, Allowance }

async function serve({ table, dataDir }: SoakGatewayTask): Promise<void> {
  const core = { clock: systemClock, ids: createIds(systemClock), log: silentLogger }
  const startedMs = core.clock.nowMs()
  const usage = await FileUsage.open({ services: core, dir: dataDir, keepDays: () => 30 })
  const telemetry = createTelemetry()
  const meter = createMeter({ clock: systemClock, telemetry }, usage)
  const { address } = await startTestGateway(table, { meter, caller: callerOf })
  const look = async ({ countsObjects }: SoakQuestion): Promise<SoakLook> => {
    // As something that scrapes does, so that labels count.
    await telemetry.metrics()
    await usage.flush()
    const { total } = await usage.readUsage({
      tenantId: null,
      fromMs: startedMs,
      toMs: core.clock.nowMs() + 1,
      by: 'tenant',
      bucket: 'hour',
    })
    releaseMemory()
    const { heapUsed, external, rss } = process.memoryUsage()
    return {
      heapMb: (heapUsed + external) / 1e6,
      rssMb: rss / 1e6,
      handles: process.getActiveResourcesInfo().length,
      objects: Object.fromEntries(
        (countsObjects ? Object.entries(classes) : []).map(([name, made]) => [
          name,
          queryObjects(made, { format: 'count' }),
        ]),
      ),
      metered: total,
    }
  }
  process.on('message', (question: SoakQuestion) => void look(question).then((seen) => process.send?.(seen)))
  process.send?.({ address })
}

process.once('message', (task: SoakGatewayTask) => {
  serve(task).catch((error: unknown) => {
    setImmediate(() => {
      throw error
    })
  })
})
process.once('disconnect', () => process.exit())
