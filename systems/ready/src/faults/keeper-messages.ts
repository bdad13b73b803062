import { z } from 'zod'
import { faultSchema } from './fault.ts'
import { processFaultSchema, processSchema } from './process-fault.ts'

const leaseMs = z.number().positive().max(3_600_000)

/** What a controller asks of its keeper, each with a number that the answer bears. */
export const askedSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('open-proxy'),
    proxy: z.string(),
    host: z.string(),
    port: z.int(),
    listen: z.int().min(0).max(65_535),
    protocol: z.enum(['tcp', 'dns']),
    isWatching: z.boolean(),
  }),
  z.strictObject({ op: z.literal('close-proxy'), proxy: z.string() }),
  z.strictObject({ op: z.literal('watched'), proxy: z.string(), sinceMs: z.number() }),
  z.strictObject({
    op: z.literal('inject'),
    lease: z.string(),
    proxy: z.string(),
    fault: faultSchema,
    leaseMs,
  }),
  z.strictObject({
    op: z.literal('touch'),
    lease: z.string(),
    fault: processFaultSchema,
    process: processSchema.nullable(),
    leaseMs,
  }),
  z.strictObject({ op: z.literal('end'), lease: z.string() }),
  z.strictObject({ op: z.literal('end-all') }),
  z.strictObject({ op: z.literal('beat') }),
])

export type Asked = z.output<typeof askedSchema>

export interface KeeperAnswer {
  number: number
  result?: unknown
  problem?: { code: string; message: string; status: number }
}
