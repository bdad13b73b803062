import { createHash } from 'node:crypto'
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
  /** Hash of the sentence that we wrote for each, to tell it from what people made of it since. */
  written: z.record(z.string(), z.string()),
  /** Hash of the whole block as we wrote it: nobody has touched it where it is the same. */
  block: z.string(),
  accepted: acceptedSchema.optional(),
})
export type Trace = z.output<typeof traceSchema>

export interface Traces {
  /** By document (path from the root) and requirement: `openspec/specs/articles/spec.md#List articles`. */
  requirements: Record<string, Trace>
}

/** As it was before: each sentence whole, three maps of ids a requirement. */
const oldSchema = z.object({ version: z.literal(1), requirements: z.record(z.string(), traceSchema) })

/** Facts of a requirement as `id hash sentence, …`, both hashes as in `Trace`. */
const linesSchema = z.object({
  version: z.literal(2),
  /** By document, then by requirement. */
  documents: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        facts: z.string(),
        tests: z.array(z.string()).default([]),
        block: z.string(),
        accepted: acceptedSchema.optional(),
      }),
    ),
  ),
})

export const noTraces: Traces = { requirements: {} }

/** Hash of a sentence, as a trace has it. */
export const sentenceHash = (sentence: string) =>
  createHash('sha256').update(sentence).digest('hex').slice(0, 6)

export const traceKey = (path: string, requirement: string) => `${path}#${requirement}`

/** One requirement a line, in order, so that two branches seldom meet in one line. */
export function serializeTraces({ requirements }: Traces): string {
  const documents = Map.groupBy(Object.keys(requirements).toSorted(), (key) => splitKey(key)[0])
  const blocks = [...documents].map(([document, keys]) => {
    const lines = keys.map((key) => {
      const { facts, tests, written, block, accepted } = requirements[key] ?? emptyTrace
      const line = {
        facts: Object.entries(facts)
          .map(([id, hash]) => `${id} ${hash} ${written[id] ?? ''}`.trim())
          .join(', '),
        ...(tests.length > 0 ? { tests } : {}),
        block,
        ...(accepted ? { accepted } : {}),
      }
      return `  ${JSON.stringify(splitKey(key)[1])}: ${JSON.stringify(line)}`
    })
    return ` ${JSON.stringify(document)}: {\n${lines.join(',\n')}\n }`
  })
  return `{"version":2,"documents":{\n${blocks.join(',\n')}\n}}\n`
}

/** @throws InvalidInputError `traces-invalid` */
export function parseTraces(text: string): Traces {
  try {
    const value: unknown = JSON.parse(text)
    const old = oldSchema.safeParse(value)
    if (old.success) return { requirements: mapValues(old.data.requirements, withHashes) }
    const requirements: Record<string, Trace> = {}
    for (const [document, lines] of Object.entries(linesSchema.parse(value).documents))
      for (const [requirement, { facts, accepted, ...line }] of Object.entries(lines)) {
        const parts = facts.split(', ').map((one) => one.split(' '))
        requirements[traceKey(document, requirement)] = {
          ...line,
          facts: Object.fromEntries(parts.map(([id = '', hash = '']) => [id, hash])),
          written: Object.fromEntries(parts.flatMap(([id = '', , own]) => (own ? [[id, own]] : []))),
          ...(accepted ? { accepted } : {}),
        }
      }
    return { requirements }
  } catch (cause) {
    throw new InvalidInputError({
      code: 'traces-invalid',
      message: `${tracesPath} can not be read. Restore it from the repository's history, or write it again with \`heavylift spec extract\`.`,
      cause,
    })
  }
}

const emptyTrace: Trace = { facts: {}, tests: [], written: {}, block: '' }

function splitKey(key: string): [document: string, requirement: string] {
  const at = key.indexOf('#')
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)]
}

const withHashes = (trace: Trace): Trace => ({
  ...trace,
  facts: mapValues(trace.facts, (hash) => hash.slice(0, 6)),
  block: trace.block.slice(0, 12),
  written: mapValues(trace.written, sentenceHash),
})

const mapValues = <A, B>(of: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]))
