import { z } from 'zod'
import { directions } from '../floor/floor.ts'
import type { Floor } from '../floor/floor.ts'
import { brokenFile, parseJsonFile } from './read-file.ts'

const start = z.tuple([z.int().min(0), z.int().min(0), z.enum(['E', 'S', 'W', 'N'])])
const planFile = z.looseObject({
  teamSize: z.int().min(0),
  start: z.array(start),
  actualPaths: z.array(z.string()),
  numTaskFinished: z.int().min(0).optional(),
  makespan: z.int().min(0).optional(),
})

/** What robots did, as the kit of 2024 writes it and PlanViz shows it. */
export interface RecordedPlan {
  /** State of each robot at the start. */
  starts: Int32Array
  /** Letters of each robot's actions, one a step: F R C W. */
  paths: string[]
  /** What the file says. */
  finished: number | null
  steps: number
}

/** True where a JSON file says that it is a recorded plan. */
export const isPlan = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'actualPaths' in value

/**
 * Reads the output of the start kit of 2024 (`start`, `actualPaths`). Actions are letters with commas between.
 * @throws InvalidInputError `problem-invalid` with the file, and the robot
 */
export function readPlan(text: string, file: string, floor: Floor): RecordedPlan {
  const parsed = planFile.safeParse(parseJsonFile(text, file))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw brokenFile(file, null, `${issue?.path.join('.') || 'it'}: ${issue?.message}`)
  }
  const { teamSize, start: given, actualPaths, numTaskFinished, makespan } = parsed.data
  if (given.length !== teamSize || actualPaths.length !== teamSize)
    throw brokenFile(
      file,
      null,
      `it says ${teamSize} robots and has ${given.length} starts and ${actualPaths.length} paths.`,
    )
  const starts = Int32Array.from(given, ([row, column, direction], robot) => {
    if (row >= floor.rows || column >= floor.columns)
      throw brokenFile(file, null, `robot ${robot} starts off the map, at row ${row}, column ${column}.`)
    return (row * floor.columns + column) * 4 + directions.indexOf(direction)
  })
  const paths = actualPaths.map((path, robot) => {
    if (path !== '' && !/^[FRCW](,[FRCW])*$/.test(path))
      throw brokenFile(file, null, `the path of robot ${robot} is not F, R, C and W with commas between.`)
    return path.replaceAll(',', '')
  })
  const steps = makespan ?? paths.reduce((most, path) => Math.max(most, path.length), 0)
  return { starts, paths, finished: numTaskFinished ?? null, steps }
}

/** One errand that was reached: step, robot, task, errand's number from 1. */
export type ErrandEvent = [step: number, robot: number, task: number, errand: number]

export interface PlanToWrite {
  floor: Floor
  starts: Int32Array
  paths: readonly string[]
  steps: number
  finished: number
  /** Tasks that were open at any time, and when each became known. */
  tasks: readonly { id: number; revealedAt: number; errands: Int32Array }[]
  events: readonly ErrandEvent[]
  /** Changes of what a robot heads for: step and task, -1 for none. */
  schedules: readonly (readonly [step: number, task: number][])[]
  plannerSeconds: readonly number[]
}

/** The same as text that PlanViz reads (format of the kit's output of 2024). */
export function writePlan(plan: PlanToWrite): string {
  const { floor, starts, paths, steps, finished, tasks, events, schedules, plannerSeconds } = plan
  const placeOf = (cell: number): [number, number] => [Math.floor(cell / floor.columns), cell % floor.columns]
  const letters = paths.map((path) => path.split('').join(','))
  const schedule = schedules.map((each) => each.map(([step, task]) => `${step}:${task}`).join(','))
  return JSON.stringify({
    actionModel: 'MAPF_T',
    version: '2024 LoRR',
    teamSize: starts.length,
    start: Array.from(starts, (state) => [...placeOf(state >> 2), directions[state & 3]]),
    numTaskFinished: finished,
    makespan: steps,
    sumOfCost: paths.reduce((sum, path) => sum + path.length, 0),
    numPlannerErrors: 0,
    numScheduleErrors: 0,
    numEntryTimeouts: 0,
    actualPaths: letters,
    plannerPaths: letters,
    plannerTimes: plannerSeconds,
    errors: [],
    actualSchedule: schedule,
    plannerSchedule: schedule,
    scheduleErrors: [],
    events,
    tasks: tasks.map(({ id, revealedAt, errands }) => [id, revealedAt, Array.from(errands, placeOf).flat()]),
  })
}
