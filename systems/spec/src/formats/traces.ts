import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** The sidecar, from the repository's root. */
export const tracesPath = '.heavylift-spec/traces.json'

const acceptedSchema = z.object({
  /** Who let it be so, and which commit they looked at. */
  by: z.string(),
  commit: z.string(),
  at: z.string(),
  note: z.string(),
})

const traceSchema = z.object({
  /** Ids of the facts that the requirement follows from, with the hash of what each said. */
  facts: z.record(z.string(), z.string()),
  /** Tests that show it: ids of assertions. */
  tests: z.array(z.string()),
  /** The sentence that we wrote for each, to tell it from what people made of it since. */
  written: z.record(z.string(), z.string()),
  /** Hash of the whole block as we wrote it: nobody has touched it where it is the same. */
  block: z.string(),
  accepted: acceptedSchema.optional(),
})
export type Trace = z.output<typeof traceSchema>

const tracesSchema = z.object({
  version: z.literal(1),
  /** By document (path from the root) and requirement: `openspec/specs/articles/spec.md#List articles`. */
  requirements: z.record(z.string(), traceSchema),
})
export type Traces = z.output<typeof tracesSchema>

export const noTraces: Traces = { version: 1, requirements: {} }

export const traceKey = (path: string, requirement: string) => `${path}#${requirement}`

/** One requirement a line, in order, so that two branches seldom meet in one line. */
export function serializeTraces({ requirements }: Traces): string {
  const lines = Object.keys(requirements)
    .toSorted()
    .map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(requirements[key])}`)
  return `{"version":1,"requirements":{\n${lines.join(',\n')}\n}}\n`
}

/** @throws InvalidInputError `traces-invalid` */
export function parseTraces(text: string): Traces {
  try {
    return tracesSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new InvalidInputError({
      code: 'traces-invalid',
      message: `${tracesPath} can not be read. Restore it from the repository's history, or write it again with \`heavylift spec extract\`.`,
      cause,
    })
  }
}
