import { createRandom } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { LiveFloor } from '../live/live-floor.ts'
import { makeWarehouse } from '../live/made-warehouse.ts'
import type { WarehouseOptions } from '../live/made-warehouse.ts'
import { validateSteps } from '../validate/validate-steps.ts'

const [rows, columns] = [46, 80]
/** Kinds of made floors, and how full each is. */
export const floorKinds: Record<string, { warehouse: Partial<WarehouseOptions>; share: number }> = {
  'wide aisles': { warehouse: {}, share: 0.15 },
  'narrow aisles': { warehouse: { aisle: 1 }, share: 0.15 },
  'narrow one-way aisles': { warehouse: { aisle: 1, isOneWay: true }, share: 0.15 },
  'blocked stations': { warehouse: { blockedShare: 0.6 }, share: 0.15 },
  'narrow and crowded': { warehouse: { aisle: 1 }, share: 0.45 },
}

/** `heavylift eval robots.floors`: live floors made anew from seeds, with late and unplugged robots and a closed zone, every step held against the independent check. */
export async function runFloorsEval({ options = {}, report, signal }: MeasureInput) {
  const seeds = Number(options['seeds'] ?? 2)
  const steps = Number(options['steps'] ?? 300)
  const sources: Record<string, Record<string, number>> = {}
  const failures: string[] = []
  for (const [kind, { warehouse, share }] of Object.entries(floorKinds)) {
    const own = {
      n: 0,
      finishedPerRobotHour: 0,
      collisions: 0,
      deadlocksFound: 0,
      deadlocksBroken: 0,
      deadlocksOpen: 0,
      stuckAtEnd: 0,
    }
    for (let seed = 0; seed < seeds; seed++) {
      const made = makeWarehouse(
        { rows, columns, aisle: 2, ...warehouse },
        createRandom(`floors ${kind} ${seed}`),
      )
      const freeCells = made.floor.isFree.reduce((sum, free) => sum + free, 0)
      const robots = Math.floor(freeCells * share)
      const floor = new LiveFloor(made, { robots, seed: String(seed), units: 40 * robots, lateChance: 0.01 })
      const { violations } = await runChecked(floor, steps, signal)
      failures.push(...violations.slice(0, 3).map(({ message }) => `${kind} ${seed}: ${message}`))
      own.n += floor.robots / seeds
      own.finishedPerRobotHour += (floor.tasks.finished * 3600) / steps / floor.robots / seeds
      own.collisions += violations.length
      own.deadlocksFound += floor.deadlocks.found
      own.deadlocksBroken += floor.deadlocks.broken
      own.deadlocksOpen += floor.deadlocks.open
      own.stuckAtEnd += floor.status.filter((state) => state === 7).length / seeds
      report({ stage: kind, done: seed + 1, total: seeds, unit: 'seeds' })
    }
    sources[kind] = own
  }
  const all = Object.entries(sources)
  const sum = (metric: string): number => all.reduce((total, [, own]) => total + own[metric]!, 0)
  const [worst] = all.toSorted(([, a], [, b]) => a['finishedPerRobotHour']! - b['finishedPerRobotHour']!)
  return {
    n: all.length * seeds,
    metrics: {
      finishedPerRobotHour: sum('finishedPerRobotHour') / all.length,
      collisions: sum('collisions'),
      deadlocksFound: sum('deadlocksFound'),
      deadlocksBroken: sum('deadlocksBroken'),
      deadlocksOpen: sum('deadlocksOpen'),
    },
    sources,
    worst: { finishedPerRobotHour: { source: worst![0], value: worst![1]['finishedPerRobotHour']! } },
    failures,
    notes: [
      `${steps} steps of a second on floors of ${rows} × ${columns} cells; from step 60 a twentieth of the robots is unplugged, from 100 to 200 a zone in the middle is closed; a hundredth of the robots a step is late for 2 to 8 steps.`,
      'deadlocksBroken counts rings of which one got on within 60 steps, deadlocksOpen those that had that time yet when the run ended; stuckAtEnd are robots that had not moved for 20.',
    ],
  }
}

async function runChecked(floor: LiveFloor, steps: number, signal: AbortSignal) {
  const { isFree, ahead } = floor.warehouse.floor
  const starts = Array.from(floor.states, (state) => ({
    row: Math.floor((state >> 2) / columns),
    column: (state >> 2) % columns,
    facing: state & 3,
  }))
  const letters: string[][] = starts.map(() => [])
  for (let step = 1; step <= steps; step++) {
    if (step === 60) floor.unplug(floor.pick(Math.ceil(floor.robots / 20)))
    if (step === 100)
      floor.zones.add({
        type: 'BLOCKED',
        top: 18,
        left: 30,
        bottom: 26,
        right: 48,
        reason: 'eval',
        since: step,
      })
    if (step === 200) for (const id of floor.zones.all.keys()) floor.zones.remove(id)
    if (step === 100 || step === 200) floor.zonesChanged()
    for (const [robot, action] of floor.next().entries()) letters[robot]!.push('FRCW'[action]!)
    if (step % 10 === 0) {
      signal.throwIfAborted()
      await new Promise(setImmediate)
    }
  }
  return validateSteps({
    rows,
    columns,
    mayStand: (row, column) => isFree[row * columns + column] === 1,
    mayGo: (row, column, toRow, toColumn) =>
      [0, 1, 2, 3].some(
        (direction) => ahead[(row * columns + column) * 4 + direction] === toRow * columns + toColumn,
      ),
    starts,
    paths: letters.map((each) => each.join('')),
  })
}
