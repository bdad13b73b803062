import { parse } from 'yaml'
import { z } from 'zod'

const steeringSchema = z.object({
  /** When an agent is given the file: on each turn, with files of a pattern, when it is asked for, or as it sees fit. */
  inclusion: z.enum(['always', 'fileMatch', 'manual', 'auto']).default('always'),
  fileMatchPattern: z.union([z.string(), z.array(z.string())]).optional(),
  name: z.string().optional(),
  description: z.string().optional(),
})
export type Steering = z.output<typeof steeringSchema>

/** How a file of `.kiro/steering/` is included, from its front matter; null where that is none of the forms. */
export function readSteering(text: string): Steering | null {
  const front = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(text)?.[1]
  if (front === undefined) return { inclusion: 'always' }
  try {
    return steeringSchema.safeParse(parse(front) ?? {}).data ?? null
  } catch {
    return null
  }
}

const hookSchema = z.object({
  name: z.string(),
  version: z.union([z.string(), z.number()]).transform(String).optional(),
  enabled: z.boolean().default(true),
  when: z.object({ type: z.string(), patterns: z.array(z.string()).default([]) }),
  // eslint-disable-next-line unicorn/no-thenable -- the format calls it so
  then: z.object({ type: z.string(), prompt: z.string().optional(), command: z.string().optional() }),
})
export type KiroHook = z.output<typeof hookSchema>

/** A hook of `.kiro/hooks/`, version 1; null where it is none. */
export function readHook(text: string): KiroHook | null {
  try {
    return hookSchema.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data ?? null
  } catch {
    return null
  }
}
