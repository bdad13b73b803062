import { InvalidInputError } from '@heavylift/core'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'

const rate = z.number().positive().max(100_000)
const seconds = z.number().positive().max(3600)

/** How requests are sent over time, one stage after the other. */
const stageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), ratePerSecond: rate, seconds }),
  z.strictObject({ kind: z.literal('ramp'), fromPerSecond: z.number().min(0), toPerSecond: rate, seconds }),
  z.strictObject({ kind: z.literal('poisson'), ratePerSecond: rate, seconds, seed: z.int().default(1) }),
  /** Requests in each interval of a recorded series, spread evenly over it. */
  z.strictObject({
    kind: z.literal('replay'),
    counts: z.array(z.number().min(0)).min(1).max(100_000),
    intervalSeconds: z.number().positive(),
    /** Times as many as were recorded. */
    scale: z.number().positive().default(1),
  }),
  /** So many requests at the same moment, again and again: a flash crowd. */
  z.strictObject({
    kind: z.literal('trains'),
    size: z.int().min(1).max(20_000),
    count: z.int().min(1).max(10_000),
    everySeconds: z.number().positive().max(600),
  }),
  /** A closed model: so many users, each sends the next when the last is answered. */
  z.strictObject({ kind: z.literal('users'), users: z.int().min(1).max(10_000), seconds }),
])

export type Stage = z.output<typeof stageSchema>

const requestSchema = z.strictObject({
  name: z.string().min(1).max(200),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']).default('GET'),
  /** With `{{variable}}`. */
  path: z.string().startsWith('/').max(8000),
  headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), z.string().regex(/^[^\r\n]*$/)).default({}),
  body: z.string().max(1_000_000).optional(),
  /** How often it is sent beside the others of its scenario, where requests are independent. */
  weight: z.number().positive().default(1),
  check: z
    .strictObject({ status: z.array(z.int()).optional(), bodyIncludes: z.string().optional() })
    .default({}),
  /** Variable → path into the JSON answer, e.g. `$.items[0].id`; only with `users`. */
  extract: z.record(z.string(), z.string()).default({}),
  /** Milliseconds that a user waits after it; only with `users`. */
  thinkMs: z.number().min(0).max(600_000).default(0),
  /** The answer is a stream of server-sent events. */
  isStream: z.boolean().default(false),
})

export type ScenarioRequest = z.output<typeof requestSchema>

export const scenarioSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Scheme, host and port, e.g. `http://127.0.0.1:8080`; `demo` is the service that comes with ready. */
  target: z.string().max(500),
  /** `2` where the target offers HTTP/2 (only with https); `1.1` otherwise. */
  http: z.enum(['1.1', '2']).default('1.1'),
  requests: z.array(requestSchema).min(1).max(500),
  load: z.array(stageSchema).min(1).max(100),
  variables: z.record(z.string(), z.string()).default({}),
  /** Rows of values that take turns, one a request or user. */
  data: z.array(z.record(z.string(), z.string())).max(100_000).default([]),
  thresholds: z
    .array(
      z.strictObject({
        metric: z.enum(['p50Ms', 'p90Ms', 'p99Ms', 'p999Ms', 'maxMs', 'errorRate']),
        atMost: z.number(),
      }),
    )
    .default([]),
  /** What is planned in so many seconds from the start is sent and not measured: connections are open then. */
  warmUpSeconds: z.number().min(0).max(600).default(0),
  timeoutMs: z.number().positive().max(600_000).default(10_000),
  maxConnections: z.int().min(1).max(20_000).default(500),
  caps: z
    .strictObject({
      maxRequests: z.int().positive().max(100_000_000).default(10_000_000),
      maxBytes: z.number().positive().default(10e9),
      /** Of one answer; more ends the connection. */
      maxAnswerBytes: z.number().positive().default(50e6),
    })
    .prefault({}),
})

export type Scenario = z.output<typeof scenarioSchema>

const longestText = 4_000_000

/**
 * A scenario from YAML or JSON. Aliases of YAML are not expanded beyond a hundred.
 * @throws InvalidInputError `scenario-invalid` with the place and what was expected
 */
export function readScenario(text: string): Scenario {
  if (text.length > longestText)
    throw new InvalidInputError({ code: 'scenario-invalid', message: 'A scenario has at most 4 MB.' })
  let raw: unknown
  try {
    raw = parseYaml(text, { maxAliasCount: 100, prettyErrors: true })
  } catch (error) {
    throw new InvalidInputError({
      code: 'scenario-invalid',
      message: `The scenario is no YAML: ${error instanceof Error ? error.message : 'unreadable'}`,
      cause: error,
    })
  }
  const found = scenarioSchema.safeParse(raw)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new InvalidInputError({
    code: 'scenario-invalid',
    message: `${issue?.path.join('.') || 'The scenario'}: ${issue?.message ?? 'is not valid'}.`,
  })
}
