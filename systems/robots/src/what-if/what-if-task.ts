import { createRandom } from '@heavylift/core'
import { z } from 'zod'
import { FloorTeller } from '../live/describe-floor.ts'
import { floorSchema, keyframeSchema, stepSchema } from '../live/frames.ts'
import { LiveFloor } from '../live/live-floor.ts'
import { makeWarehouse } from '../live/made-warehouse.ts'
import { warehouseOf } from './own-floor.ts'
import { variantsOf } from './question.ts'
import type { Question, WhatIfInput } from './question.ts'

/** Steps before those that count: robots leave where they began. */
const warmUpSteps = 60

/** A run as it is played back. */
export const recordingSchema = z.object({
  floor: floorSchema,
  keyframe: keyframeSchema,
  steps: z.array(stepSchema.omit({ figures: true }).extend({ finished: z.int() })),
})
export type Recording = z.output<typeof recordingSchema>

export interface WhatIfRun {
  question: Question
  variant: number
  seed: number
  /** Robots that found room. */
  robots: number
  perHour: number
  /** Share of the robots' time that they stood though they had somewhere to go. */
  waitShare: number
  deadlocksFound: number
  deadlocksBroken: number
  /** Of the first seed only. */
  recording: Recording | null
}

/** One run of one variant, warmed up, and counted: a floor made from the seed, or somebody's own with tasks from the seed. */
export function runWhatIf({ question, variant: number, seed }: WhatIfInput): WhatIfRun {
  const { rows, columns, aisle, isOneWay, closed, steps, goalPerHour, own, cellSeconds, handlingSeconds } =
    question
  const variant = variantsOf(question)[number]!
  const { blockedShare } = variant
  const random = createRandom(`what if ${seed}`)
  const warehouse =
    own === null
      ? makeWarehouse({ rows, columns, aisle, isOneWay, blockedShare }, random)
      : warehouseOf(own, () => !random.chance(blockedShare))
  const floor = new LiveFloor(warehouse, {
    robots: variant.robots,
    seed: String(seed),
    units: 20 * variant.robots,
    lateChance: 0.005,
    handlingSteps: Math.round(handlingSeconds / cellSeconds),
  })
  if (variant.isClosed) {
    floor.zones.add({ ...closed, type: 'BLOCKED', reason: 'what if', since: 0 })
    floor.zonesChanged()
  }
  for (let step = 0; step < warmUpSteps; step++) floor.next()
  const teller = new FloorTeller(floor, {
    stepMs: 250,
    stepSeconds: cellSeconds,
    goalPerHour: goalPerHour ?? 0,
    budgetMs: 100,
  })
  const recording: Recording | null =
    seed === 0 ? { floor: teller.floor(), keyframe: teller.keyframe(), steps: [] } : null
  const before = floor.tasks.finished
  let waits = 0
  for (let step = 0; step < steps; step++) {
    const frame = teller.step(floor.next())
    for (const waited of floor.waited) if (waited > 0) waits++
    recording?.steps.push({
      step: frame.step,
      actions: frame.actions,
      changes: frame.changes,
      finished: floor.tasks.finished - before,
    })
  }
  return {
    question,
    variant: number,
    seed,
    robots: floor.robots,
    perHour: ((floor.tasks.finished - before) * 3600) / (steps * cellSeconds),
    waitShare: waits / (steps * floor.robots),
    deadlocksFound: floor.deadlocks.found,
    deadlocksBroken: floor.deadlocks.broken,
    recording,
  }
}
