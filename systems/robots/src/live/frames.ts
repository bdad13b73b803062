import { z } from 'zod'
import { cellKinds } from './made-warehouse.ts'
import { robotStates, zoneTypes } from './words.ts'

/** The floor itself, sent once to who begins to look. */
export const floorSchema = z.object({
  name: z.string(),
  rows: z.int(),
  columns: z.int(),
  kinds: z.base64().describe(`A byte a cell, row by row: its place in ${cellKinds.join(', ')}.`),
  robots: z.int(),
  stepMs: z.number().describe('How long a step is shown.'),
  stepSeconds: z.number().describe('How long a step takes on the floor.'),
  goalPerHour: z.number().describe('Tasks an hour that the floor is meant to do.'),
  budgetMs: z.number().describe('What a plan may take.'),
})

/** Where everybody is; from here on actions tell. */
export const keyframeSchema = z.object({
  step: z.int(),
  states: z.base64().describe('Four bytes a robot, little end first: cell × 4 + direction.'),
  status: z.base64().describe(`A byte a robot: its place in ${robotStates.join(', ')}.`),
})

export const zoneSchema = z.object({
  id: z.int(),
  type: z.enum(zoneTypes),
  top: z.int(),
  left: z.int(),
  bottom: z.int(),
  right: z.int(),
  reason: z.string(),
  since: z.int(),
})

export const stuckSchema = z.object({ robot: z.int(), why: z.string(), steps: z.int(), cell: z.int() })

export const figuresSchema = z.object({
  planMs: z.number(),
  perHour: z.number().describe('Tasks an hour, by the last 120 steps.'),
  finished: z.int(),
  byState: z.array(z.int()).describe('Robots in each state.'),
  ages: z.array(z.int()).describe('Open tasks by age, in classes of 60 steps.'),
  deadlocksFound: z.int(),
  deadlocksBroken: z.int(),
  chargingQueue: z.int(),
  late: z.int().describe('Robots that waited for one that was late.'),
  isStopped: z.boolean(),
  stopReason: z.string(),
  zones: z.array(zoneSchema),
  stuck: z.array(stuckSchema).describe('The longest first; at most 40.'),
  stuckCount: z.int(),
})

/** What robots did in a step, and what has changed. */
export const stepSchema = z.object({
  step: z.int(),
  actions: z.base64().describe('Two bits a robot: 0 ahead, 1 right, 2 left, 3 wait.'),
  changes: z.array(z.int()).describe('Robot, state, robot, state, …: who is about something else now.'),
  figures: figuresSchema,
})

export type FloorFrame = z.output<typeof floorSchema>
export type Keyframe = z.output<typeof keyframeSchema>
export type StepFrame = z.output<typeof stepSchema>
export type Figures = z.output<typeof figuresSchema>

/** One robot, as a person who opens it sees it. */
export const robotSchema = z.object({
  robot: z.int(),
  step: z.int(),
  cell: z.int(),
  row: z.int(),
  column: z.int(),
  state: z.enum(robotStates),
  charge: z.number().describe('0 to 1.'),
  why: z.string(),
  task: z.object({ id: z.int(), errands: z.array(z.int()), next: z.int() }).nullable(),
  way: z.array(z.int()).describe('Cells of the way before it, where nobody is in it.'),
})
export type RobotDetail = z.output<typeof robotSchema>
