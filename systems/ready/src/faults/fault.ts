import { z } from 'zod'

/** Share of the connections that it hits, drawn for each; all without it. */
const share = z.number().gt(0).max(1).optional()

/** What a proxy does to connections that go through it, for as long as its lease lasts. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Each piece of an answer waits so long, give or take the jitter. */
  z.strictObject({
    kind: z.literal('latency'),
    ms: z.number().min(0).max(60_000),
    jitterMs: z.number().min(0).max(60_000).default(0),
    share,
  }),
  /** Connections are reset after so many bytes of an answer. */
  z.strictObject({ kind: z.literal('reset'), afterBytes: z.int().min(0).default(0), share }),
  /** Connections open, and nothing comes back. */
  z.strictObject({ kind: z.literal('black-hole'), share }),
  /** The other end is gone without a word: connections that are open stay so and are silent; new ones are well. */
  z.strictObject({ kind: z.literal('half-open'), share }),
  /** The dependency is down: connections are refused by being closed at once. */
  z.strictObject({ kind: z.literal('down'), share }),
  z.strictObject({ kind: z.literal('bandwidth'), bytesPerSecond: z.number().positive(), share }),
  /** Answers end after so many bytes, as if they were whole. */
  z.strictObject({ kind: z.literal('partial-body'), afterBytes: z.int().min(1), share }),
  /** The end of a connection is passed on so much later. */
  z.strictObject({ kind: z.literal('slow-close'), ms: z.number().min(0).max(60_000), share }),
  /** A share of the requests (HTTP/1.1) is answered with a status and never reaches the dependency. */
  z.strictObject({ kind: z.literal('errors'), status: z.int().min(400).max(599).default(503), share }),
  /** A resolver's only: names are answered so, those that are given or all. `*.example.com` is all below it. */
  z.strictObject({
    kind: z.literal('dns'),
    answer: z.enum(['nxdomain', 'servfail', 'refused']).default('servfail'),
    names: z.array(z.string().min(1).max(255)).min(1).max(100).optional(),
    share,
  }),
  /** One bit is wrong in each piece of an answer. */
  z.strictObject({ kind: z.literal('corrupt'), share }),
])

export type Fault = z.output<typeof faultSchema>
