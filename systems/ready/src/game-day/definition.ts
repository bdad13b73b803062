import { InvalidInputError } from '@heavylift/core'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { faultSchema } from '../faults/fault.ts'
import { processFaultSchema } from '../faults/process-fault.ts'

const name = z.string().min(1).max(100)
const seconds = z.number().positive().max(3600)

/** A game day as data: what is believed, what is done to find out, when it stops, and who owns what is found. */
export const gameDaySchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    owner: z.string().min(1).max(200),
    hypothesis: z.string().min(1).max(2000),
    /** Scheme, host and port; `demo` is the demo shop with its weaknesses, `demo-mended` its twin without. */
    target: z.string().max(500),
    endpoints: z
      .array(
        z.strictObject({
          name,
          method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET'),
          path: z
            .string()
            .startsWith('/')
            .max(8000)
            .regex(/^[\x21-\x7e]+$/),
          body: z.string().max(100_000).optional(),
          headers: z
            .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), z.string().regex(/^[^\r\n]*$/))
            .optional(),
          isStream: z.boolean().default(false),
        }),
      )
      .max(100)
      .default([]),
    /** The blast radius: nothing else is touched. The service asks a dependency at `listen`, and the proxy passes it on to `port`. */
    dependencies: z
      .array(
        z.strictObject({
          name,
          host: z.string().default('127.0.0.1'),
          port: z.int().min(1).max(65_535),
          listen: z.int().min(0).max(65_535).default(0),
          /** A resolver of names (UDP): faults are put on it, the search for weaknesses leaves it out. */
          protocol: z.enum(['tcp', 'dns']).default('tcp'),
          isOptional: z.boolean().default(false),
        }),
      )
      .max(50)
      .default([]),
    processes: z
      .array(
        z.strictObject({
          name,
          /** The number, or a file that holds it, as it changes when the process is started again. */
          pid: z.int().min(2).optional(),
          pidFile: z.string().max(4000).optional(),
          /** What is asked itself: it is not killed. */
          isEntry: z.boolean().default(false),
        }),
      )
      .max(50)
      .default([]),
    clocks: z
      .array(z.strictObject({ name, file: z.string().max(4000) }))
      .max(10)
      .default([]),
    /** What is asked all the time, and SLOs of OpenSLO v1 that hold without a fault. */
    steadyState: z
      .strictObject({
        ratePerSecond: z.number().positive().max(1000).default(20),
        seconds: seconds.default(4),
        objectives: z.array(z.unknown()).max(50).default([]),
      })
      .prefault({}),
    faults: z
      .array(
        z.strictObject({
          /** A dependency, process or clock; `machine` for processor, memory and disk. */
          on: name,
          fault: z.union([faultSchema, processFaultSchema]),
          seconds,
        }),
      )
      .max(50)
      .default([]),
    /** Looks for weaknesses at everything that may be touched, or at what is named. */
    search: z.union([z.boolean(), z.array(name).max(100)]).default(false),
    /** All faults end at once when fewer requests than this share are good for so long. */
    abort: z
      .strictObject({ goodBelow: z.number().min(0).max(1).default(0.2), seconds: seconds.default(5) })
      .prefault({}),
    recoverWithinSeconds: seconds.default(10),
    patienceMs: z.number().min(100).max(60_000).default(3000),
    mostRatePerSecond: z.number().positive().max(1000).default(40),
  })
  .superRefine((day, context) => {
    const known = new Set([
      ...[...day.dependencies, ...day.processes, ...day.clocks].map((one) => one.name),
      'machine',
    ])
    for (const [at, { on }] of day.faults.entries())
      if (!day.target.startsWith('demo') && !known.has(on))
        context.addIssue({
          code: 'custom',
          path: ['faults', at, 'on'],
          message: `"${on}" is not among dependencies, processes and clocks, so it is not touched`,
        })
  })

export type GameDayDefinition = z.output<typeof gameDaySchema>

const longestText = 1_000_000

/**
 * A game day from YAML or JSON.
 * @throws InvalidInputError `game-day-invalid` with the place and what was expected
 */
export function readGameDay(text: string): GameDayDefinition {
  const invalid = (message: string) => new InvalidInputError({ code: 'game-day-invalid', message })
  if (text.length > longestText) throw invalid('A game day has at most 1 MB.')
  let raw: unknown
  try {
    raw = parseYaml(text, { maxAliasCount: 100 })
  } catch (error) {
    throw invalid(`The game day is no YAML: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
  const found = gameDaySchema.safeParse(raw)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw invalid(`${issue?.path.join('.') || 'The game day'}: ${issue?.message ?? 'is not valid'}.`)
}

/** What a first run plays. */
export const sampleGameDay = `# Half an hour before the peak, in short.
name: Checkout without its friends
owner: Checkout team
hypothesis: >-
  When reviews are slow, payments silent or one replica dead, the shop still answers nine of ten requests within a second.
target: demo
steadyState:
  ratePerSecond: 20
  seconds: 4
  objectives:
    - apiVersion: openslo/v1
      kind: SLO
      metadata: { name: answers, displayName: Answers within a second }
      spec:
        indicator:
          metadata: { name: answers }
          spec:
            ratioMetric:
              counter: true
              good: { metricSource: { type: ready, spec: { withinMs: 1000 } } }
        objectives: [{ displayName: Answers within a second, target: 0.9 }]
faults:
  - { on: reviews, fault: { kind: latency, ms: 2000, jitterMs: 500 }, seconds: 4 }
  - { on: payments, fault: { kind: black-hole }, seconds: 4 }
  - { on: inventory-1, fault: { kind: kill }, seconds: 4 }
search: [payments, stock, reviews, inventory-1]
abort: { goodBelow: 0.2, seconds: 5 }
`
