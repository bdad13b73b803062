import { createHash } from 'node:crypto'
import type { Ledger } from '@heavylift/store'
import type { BegunTask } from './plan/plan-floor.ts'
import type { FinishedTask } from './run-gateway.ts'
import type { FloorKey } from './store/floor-log.ts'

const idOf = ({ floorId }: FloorKey, taskId: number): string => `robots-${floorId}-${taskId}`

/** Records who got which task, and the least time that it can take. */
export async function recordBegun(
  ledger: Ledger,
  key: FloorKey,
  version: string,
  begun: readonly BegunTask[],
): Promise<void> {
  await ledger.decideAll(
    begun.map(({ taskId, robot, errands, leastMs, atMs }) => ({
      id: idOf(key, taskId),
      tenantId: key.tenantId,
      system: 'robots',
      kind: 'assignment',
      subjectId: String(taskId),
      inputRef: null,
      inputHash: createHash('sha256').update(errands).digest('hex'),
      output: { floor: key.floorId, task: taskId, robot, errands: errands.length, leastMs },
      confidence: null,
      costMicros: 0,
      durationMs: 0,
      version,
      atMs,
    })),
  )
}

/** Joins what came of it: how long the task took from its first errand on, and what its robot stood for. */
export async function recordFinished(
  ledger: Ledger,
  key: FloorKey,
  finished: readonly FinishedTask[],
  atMs: number,
): Promise<void> {
  await ledger.outcomeAll(
    finished.flatMap(({ taskId, begunAt, delays }) => {
      const values = { 'task-ms': begunAt === null ? 0 : Math.max(0, atMs - begunAt.getTime()), ...delays }
      return Object.entries(values).map(([kind, value]) => ({
        tenantId: key.tenantId,
        subjectId: idOf(key, taskId),
        kind,
        value,
        idempotencyKey: kind,
        atMs,
      }))
    }),
  )
}
