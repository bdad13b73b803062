import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { weaknessKinds } from '../game-day/weakness.ts'
import type { WeaknessKind } from '../game-day/weakness.ts'

const kinds = Object.keys(weaknessKinds) as [WeaknessKind, ...WeaknessKind[]]

/** Where a machine looks for the answer to a check. */
const evidenceSchema = z.discriminatedUnion('kind', [
  /** A file of this name is in the repository. */
  z.strictObject({ kind: z.literal('file'), glob: z.string().max(300) }),
  /** A file of this name holds text that matches; or none does. */
  z.strictObject({
    kind: z.literal('text'),
    glob: z.string().max(300),
    matches: z.string().max(500),
    isAbsent: z.boolean().default(false),
  }),
  /** The running server answers so. */
  z.strictObject({ kind: z.literal('http'), path: z.string().startsWith('/'), status: z.int() }),
  z.strictObject({ kind: z.literal('header'), path: z.string().startsWith('/'), header: z.string() }),
  /** The last game day looked for this weakness. */
  z.strictObject({ kind: z.literal('weakness'), weakness: z.enum(kinds) }),
  z.strictObject({ kind: z.literal('game-day'), is: z.enum(['ran', 'recovered', 'owner']) }),
  z.strictObject({ kind: z.literal('load'), is: z.enum(['valid', 'met']) }),
  /** A person answers. */
  z.strictObject({ kind: z.literal('ask') }),
])

export type Evidence = z.output<typeof evidenceSchema>

export const lensSchema = z.strictObject({
  name: z.string(),
  checks: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,60}$/),
        pillar: z.string(),
        risk: z.enum(['high', 'medium', 'low']),
        question: z.string(),
        fix: z.string(),
        evidence: z.array(evidenceSchema).min(1),
      }),
    )
    .min(1)
    .max(1000),
})

export type Lens = z.output<typeof lensSchema>
export type Check = Lens['checks'][number]

/** What people add to what a machine sees: `.heavylift-review.yaml` of a repository. */
export const answersSchema = z.strictObject({
  owner: z.string().max(200).default('nobody yet'),
  answers: z
    .array(
      z.strictObject({
        id: z.string(),
        answer: z.enum(['yes', 'no', 'not-applicable']),
        evidence: z.string().min(1).max(2000),
        by: z.string().min(1).max(200),
        at: z.iso.date(),
      }),
    )
    .default([]),
  owners: z
    .record(z.string(), z.strictObject({ owner: z.string(), due: z.iso.date().optional() }))
    .default({}),
  /** A risk that is borne until a day, by whom and why. */
  waivers: z
    .array(
      z.strictObject({
        id: z.string(),
        until: z.iso.date(),
        by: z.string().min(1).max(200),
        reason: z.string().min(1).max(2000),
      }),
    )
    .default([]),
})

export type Answers = z.output<typeof answersSchema>

export const answersFile = '.heavylift-review.yaml'

/** The lens that ships: sixty checks. */
export async function readyLens(): Promise<Lens> {
  return lensSchema.parse(parseYaml(await readFile(join(import.meta.dirname, 'ready-lens.yaml'), 'utf8')))
}

/** @throws InvalidInputError `review-invalid` with the place and what was expected */
export function readAnswers(text: string): Answers {
  const found = answersSchema.safeParse(parseYaml(text, { maxAliasCount: 100 }) ?? {})
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new InvalidInputError({
    code: 'review-invalid',
    message: `${answersFile}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'is not valid'}.`,
  })
}
