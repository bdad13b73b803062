import type { MeasureInput } from '@heavylift/core'
import { runDrill } from '../control/drill/drill.ts'

/** `heavylift eval robots.vda5050`: robots of both versions in processes of their own do tasks over a real broker and a bad radio. */
export async function runVdaEval({ options = {}, report, signal }: MeasureInput) {
  const robots = Number(options['robots'] ?? 40)
  const tasks = Number(options['tasks'] ?? 3 * robots)
  const drill = await runDrill({
    robots,
    tasks,
    rows: 24,
    columns: Math.max(30, Math.ceil(robots / 3)),
    kills: 0,
    waitsForRecovery: false,
    isBadRadio: true,
    driveMs: 300,
    fleets: 2,
    hasStandby: false,
    databaseUrl: null,
    patienceMs: 120_000,
    report: (done, total) => report({ stage: 'driving', done, total, unit: 'tasks' }),
    signal,
  })
  const {
    finished,
    messages,
    schemaErrors,
    ordersLost,
    ordersDoubled,
    collisions,
    resent,
    refused,
    seconds,
  } = drill
  return {
    n: finished,
    metrics: {
      messages,
      schemaErrors,
      ordersLost,
      ordersDoubled,
      collisions,
      finished,
      resent,
      replayedRefused: refused['replayed'] ?? 0,
      olderRefused: refused['older-header'] ?? 0,
      messagesPerSecond: messages / seconds,
    },
    notes: [
      `${robots} robots, half 3.0.0, half 2.1.0, in two processes. Radio: 5 % lost, 5 % doubled, 5 % reordered, up to 40 ms late, clocks off by up to 5 s.`,
      'ordersLost: errands that the store has as done and no robot did, and tasks not finished; ordersDoubled: errands done twice; both by what robots really did.',
    ],
  }
}
