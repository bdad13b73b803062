import { z } from 'zod'

/** What a proxy does to connections that go through it, for as long as its lease lasts. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** Each piece waits so long, give or take the jitter. */
  z.strictObject({
    kind: z.literal('latency'),
    ms: z.number().min(0).max(60_000),
    jitterMs: z.number().min(0).max(60_000).default(0),
  }),
  /** Connections are reset after so many bytes of an answer. */
  z.strictObject({ kind: z.literal('reset'), afterBytes: z.int().min(0).default(0) }),
  /** Connections open, and nothing comes back. */
  z.strictObject({ kind: z.literal('black-hole') }),
  /** The dependency is down: connections are refused by being closed at once. */
  z.strictObject({ kind: z.literal('down') }),
  z.strictObject({ kind: z.literal('bandwidth'), bytesPerSecond: z.number().positive() }),
  /** Answers end after so many bytes, as if they were whole. */
  z.strictObject({ kind: z.literal('partial-body'), afterBytes: z.int().min(1) }),
])

export type Fault = z.output<typeof faultSchema>
