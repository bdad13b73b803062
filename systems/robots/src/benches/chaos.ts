import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { killable, runDrill } from '../control/drill/drill.ts'

/** `heavylift bench robots.chaos`: planner, gateway and broker are killed with SIGKILL, one after the other, while robots work. */
export async function runChaosBench({ options = {}, report, signal }: MeasureInput) {
  const kills = Number(options['kills'] ?? 100)
  const robots = Number(options['robots'] ?? 40)
  const drill = await runDrill({
    robots,
    kills,
    tasks: 2 * robots,
    rows: 24,
    columns: Math.max(30, Math.ceil(robots / 3)),
    waitsForRecovery: true,
    isBadRadio: true,
    driveMs: 300,
    fleets: 2,
    hasStandby: true,
    databaseUrl: null,
    patienceMs: 120_000,
    killsForMs: 1000 * Number(options['seconds'] ?? Infinity),
    report: (done, total) => report({ stage: 'killing', done, total, unit: 'kills and tasks' }),
    signal,
  })
  const again = sortNumbers(drill.movingAgainMs)
  const plans = sortNumbers(drill.plansAgainMs)
  const holds = Object.fromEntries(
    killable.flatMap((part) => {
      const sorted = sortNumbers(drill.holdMs[part])
      const name = `${part}Hold`
      return sorted.length === 0
        ? []
        : [
            [`${name}P50Ms`, quantile(sorted, 0.5)],
            [`${name}P99Ms`, quantile(sorted, 0.99)],
          ]
    }),
  )
  return {
    n: drill.kills.planner + drill.kills.gateway + drill.kills.broker,
    metrics: {
      ordersLost: drill.ordersLost,
      ordersDoubled: drill.ordersDoubled,
      collisions: drill.collisions,
      finished: drill.finished,
      movingAgainP50Ms: quantile(again, 0.5),
      movingAgainP99Ms: quantile(again, 0.99),
      plansAgainP50Ms: quantile(plans, 0.5),
      plansAgainP99Ms: quantile(plans, 0.99),
      ...holds,
    },
    notes: [
      ...drill.met.map((met) => `collision: ${met}`),
      `${drill.kills.planner} kills of the planner, ${drill.kills.gateway} of the gateway, ${drill.kills.broker} of the broker; ${robots} robots over a bad radio.`,
      'movingAgain: from a kill of gateway or broker until a robot drives to a cell that it was given after it. plansAgain: from a kill of the planner until the next step is kept. Hold: the longest time, within 3 s of a kill of that part, in which no robot drove on to another cell.',
    ],
  }
}
