import { z } from 'zod'

/** Options of one local engine, as the gateway's table states them. */
export const engineConfigSchema = z.strictObject({
  /** Name of a pulled model (`heavylift models pull`), or an absolute path of a GGUF file. */
  model: z.string().min(1),
  /** Sequences decoded together. */
  sequences: z.int().min(1).max(64).default(8),
  contextTokens: z.int().min(256).max(131_072).default(2048).describe('Context of each sequence.'),
  threads: z.int().min(1).max(256).nullable().default(null).describe('Null: cores less one.'),
  gpu: z.enum(['auto', 'off']).default('auto'),
  prefixCacheMb: z.int().min(0).default(256).describe('Memory for saved prefix states.'),
})

export type EngineConfig = z.output<typeof engineConfigSchema>
