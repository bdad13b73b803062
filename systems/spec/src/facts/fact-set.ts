import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { codeMarksSchema } from './code-mark.ts'
import { factSchema } from './fact.ts'
import type { Fact, FactKind, FactOf } from './fact.ts'

/** What became of a file. */
export const fileOutcomes = [
  'read',
  /** Part of it does not parse; what does was read. */
  'read-in-part',
  'unreadable',
  'too-large',
  'binary',
  'generated',
  'test',
  'other-language',
  /** What the program is built with leaves it out. */
  'not-built',
] as const

const fileSchema = z.object({ path: z.string(), outcome: z.enum(fileOutcomes), detail: z.string() })

const frameworkSchema = z.object({
  name: z.string(),
  service: z.string(),
  isRead: z.boolean(),
  /** Manifest or import that names it. */
  foundIn: z.string(),
  /** What else of it is there and no operation, in words: pages. */
  leftOut: z.string().optional(),
})

/** What a person has to answer, because the code does not say. */
const questionSchema = z.object({
  text: z.string(),
  why: z.string(),
  path: z.string(),
  line: z.int(),
  /** Id of the operation that it is about, or of the first of those. */
  operation: z.string().optional(),
})

export const factSetSchema = z.object({
  version: z.literal(1),
  /** Folders, each with a program of its own. */
  services: z.array(z.object({ dir: z.string(), name: z.string() })),
  frameworks: z.array(frameworkSchema),
  facts: z.array(factSchema),
  questions: z.array(questionSchema),
  /** Only what was not simply read. */
  files: z.array(fileSchema),
  /** None of facts that were agreed before code was marked. */
  code: codeMarksSchema.optional(),
})

export type FileOutcome = z.output<typeof fileSchema>
export type FoundFramework = z.output<typeof frameworkSchema>
export type OpenQuestion = z.output<typeof questionSchema>
export type FactSet = z.output<typeof factSetSchema>

export function factsOf<Kind extends FactKind>(facts: readonly Fact[], kind: Kind): FactOf<Kind>[] {
  return facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind)
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** JSON, one fact a line, sorted by id and with keys in order: the same facts are the same bytes. */
export function serializeFactSet(set: FactSet): string {
  const facts = [...set.facts].sort((a, b) => byText(a.id, b.id))
  return [
    `{"version":1,"services":[\n${serializeList(set.services)}\n],"frameworks":[\n${serializeList(set.frameworks)}\n],"facts":[`,
    facts.map((fact) => `  ${JSON.stringify(fact, sortKeys)}`).join(',\n'),
    `],"questions":[\n${serializeList(set.questions)}\n],"files":[\n${serializeList(set.files)}\n]${set.code ? `,"code":${JSON.stringify(set.code)}` : ''}}`,
    '',
  ].join('\n')
}

/** Values of a list, one a line, in order and without repetition. */
export function serializeList(all: readonly unknown[]): string {
  return [...new Set(all.map((each) => `  ${JSON.stringify(each, sortKeys)}`))].sort(byText).join(',\n')
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byText(a, b)))
}

/** @throws InvalidInputError `facts-invalid` where the text is not what `serializeFactSet` writes */
export function parseFactSet(text: string): FactSet {
  try {
    return factSetSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new InvalidInputError({
      code: 'facts-invalid',
      message: 'The file of facts can not be read. Write it again with `heavylift spec extract`.',
      cause,
    })
  }
}
