import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import type { Frame } from '../../driver/versions/external/frames.ts'
import type { OutsideDriver } from '../../driver/versions/external/outside-driver.ts'
import { commandLength } from '../../driver/versions/external/protocol.ts'
import { ScenarioFiles } from '../../world/openscenario/load-scenario.ts'
import { runSteps } from '../run/run-stage.ts'
import type { RunSteps } from '../run/run-stage.ts'
import type { RunResult } from '../run/run-result.ts'
import { caseOf } from '../suites/case-of.ts'
import { stageOf } from '../suites/stage-of.ts'

/** What the head of a question may hold: runs to begin, each in a place that has a number. */
const questionSchema = z.object({
  begin: z
    .array(
      z.object({
        case: z.int().nonnegative(),
        scenario: z.string(),
        seed: z.int().default(1),
        parameters: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
        vehicle: z.string().default('bicycle'),
      }),
    )
    .default([]),
})

type Begin = z.output<typeof questionSchema>['begin'][number]

interface Place {
  driver: OutsideDriver
  steps: RunSteps
  maxTimeS: number
}

/** Room for what the runs of a frame see; grows. */
let numbers = new Float64Array(1024)

/**
 * Runs whose driver is on the other side: a question begins runs and gives commands for others, the answer has what each of them sees then, and how
 * those ended that did.
 */
export class WorldServer {
  readonly #places = new Map<number, Place>()
  readonly #files = new ScenarioFiles()

  /** What cannot be begun or driven is told in the answer by its place; the others go on. Throws `frame-invalid`. */
  async answer(question: Frame): Promise<Frame> {
    const told = questionSchema.safeParse(question.head === '' ? {} : parsed(question.head))
    const [frame = NaN, count = NaN] = question.numbers
    if (!told.success) throw invalid(told.error.issues[0]?.message ?? 'its head is not valid')
    if (question.numbers.length !== 2 + commandLength * count)
      throw invalid(`${count} commands do not stand in ${question.numbers.length} numbers`)
    const seen: [number, OutsideDriver][] = []
    const begin: object[] = []
    const ended: object[] = []
    const errors: Record<string, string> = {}
    for (let at = 2; at < question.numbers.length; at += commandLength) {
      const [number, ...command] = question.numbers.subarray(at, at + commandLength) as unknown as [
        number,
        number,
        number,
        number,
      ]
      const place = this.#places.get(number)
      if (!place) {
        errors[number] = 'no run is under way there: begin one'
        continue
      }
      place.driver.answer(...command)
      const { done, value } = place.steps.next()
      seen.push([number, place.driver])
      if (!done) continue
      this.#places.delete(number)
      ended.push({ case: number, ...endOf(value, place.maxTimeS) })
    }
    for (const one of told.data.begin) {
      try {
        const place = await this.#begin(one)
        seen.push([one.case, place.driver])
        begin.push(place.driver.observation.begin(one.case))
      } catch (error) {
        if (!HeavyliftError.isInstance(error)) throw error
        errors[one.case] = error.message
      }
    }
    const hasNews = begin.length + ended.length + Object.keys(errors).length > 0
    return {
      head: hasNews ? JSON.stringify({ begin, ended, errors }) : '',
      numbers: written(frame, seen),
    }
  }

  async #begin({ case: number, scenario, seed, parameters, vehicle }: Begin): Promise<Place> {
    this.#places.get(number)?.steps.return(undefined as never)
    this.#places.delete(number)
    const one = caseOf({ name: scenario, isFile: /\.(xosc|xodr)$/.test(scenario), set: '', seed })
    const stage = await stageOf({ ...one, parameters }, this.#files)
    const { id: caseId, scenarioClass } = one
    const driver = { kind: 'outside', parameters: { vehicle } }
    const steps = runSteps(stage, { caseId, scenarioClass, seed, driver })
    const { done, value } = steps.next()
    if (done)
      throw new InvalidInputError({
        code: 'scenario-over',
        message: `${scenario} is over before its first step.`,
      })
    const place = { driver: value, steps, maxTimeS: stage.maxTimeS - stage.stepS / 2 }
    this.#places.set(number, place)
    return place
  }
}

function parsed(head: string): unknown {
  try {
    return JSON.parse(head)
  } catch {
    throw invalid('its head is no JSON')
  }
}

function invalid(what: string): InvalidInputError {
  return new InvalidInputError({
    code: 'frame-invalid',
    message: `This is no frame of places and commands: ${what}. DRIVERS.md has the format.`,
  })
}

function written(frame: number, seen: [number, OutsideDriver][]): Float64Array {
  let most = 2
  for (const [, { observation }] of seen) most += observation.mostNumbers
  if (numbers.length < most) numbers = new Float64Array(2 * most)
  numbers[0] = frame
  numbers[1] = seen.length
  let end = 2
  for (const [number, { observation, state }] of seen) end = observation.write(number, state, numbers, end)
  return numbers.subarray(0, end)
}

function endOf({ outcome, failures, digest, durationS, metrics }: RunResult, maxTimeS: number) {
  const by = metrics.collisionTimeS !== null ? 'collision' : durationS >= maxTimeS ? 'time' : 'end'
  return { outcome, by, failures, digest, durationS }
}
