import { z } from 'zod'
import type { Axis } from './sampling/axis.ts'

const scalar = z.union([z.number(), z.string()])
const bounds = { from: z.number().optional(), to: z.number().optional() }
const normalShape = z.strictObject({ mean: z.number(), deviation: z.number().positive(), ...bounds })

const axisSchema = z
  .union([
    scalar,
    z.strictObject({ values: z.array(scalar).min(1), weights: z.array(z.number().nonnegative()).optional() }),
    z.strictObject({ from: z.number(), to: z.number(), step: z.number().positive() }),
    z.strictObject({ uniform: z.tuple([z.number(), z.number()]) }),
    z.strictObject({ normal: normalShape }),
    z.strictObject({ logNormal: normalShape }),
  ])
  .superRefine((axis, context) => {
    if (typeof axis !== 'object') return
    const problem = problemOf(axis)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .transform(toAxis)
  .describe(
    'A value, { values, weights? }, { from, to, step }, { uniform: [a, b] }, { normal: { mean, deviation, from?, to? } } or { logNormal: … of the logarithm }.',
  )

type AxisText =
  | number
  | string
  | { values: (number | string)[]; weights?: number[] | undefined }
  | { from: number; to: number; step: number }
  | { uniform: [number, number] }
  | { normal: NormalText }
  | { logNormal: NormalText }
interface NormalText {
  mean: number
  deviation: number
  from?: number | undefined
  to?: number | undefined
}

function problemOf(axis: Exclude<AxisText, number | string>): string | null {
  if ('values' in axis) {
    const { weights } = axis
    if (!weights) return null
    if (weights.length !== axis.values.length) return 'needs as many weights as values'
    return weights.some((weight) => weight > 0) ? null : 'needs a weight above 0'
  }
  const [from, to] =
    'uniform' in axis
      ? axis.uniform
      : 'step' in axis
        ? [axis.from, axis.to]
        : 'normal' in axis
          ? [axis.normal.from, axis.normal.to]
          : [axis.logNormal.from, axis.logNormal.to]
  return from !== undefined && to !== undefined && from > to ? `needs ${from} not above ${to}` : null
}

function toAxis(axis: AxisText): Axis {
  if (typeof axis !== 'object') return { kind: 'fixed', value: axis }
  if ('values' in axis) return { kind: 'values', values: axis.values, weights: axis.weights ?? null }
  if ('step' in axis) {
    const steps = Math.floor((axis.to - axis.from) / axis.step + 1e-9)
    const values = Array.from({ length: steps + 1 }, (_, index) =>
      Number((axis.from + index * axis.step).toPrecision(12)),
    )
    return { kind: 'values', values, weights: null }
  }
  if ('uniform' in axis) return { kind: 'uniform', from: axis.uniform[0], to: axis.uniform[1] }
  const [kind, { mean, deviation, from, to }] =
    'normal' in axis ? (['normal', axis.normal] as const) : (['logNormal', axis.logNormal] as const)
  return { kind, mean, deviation, from: from ?? (kind === 'normal' ? -Infinity : 0), to: to ?? Infinity }
}

const entrySchema = z.strictObject({
  scenario: z
    .string()
    .describe('Name of a built-in scenario, or path of an .xosc file from the folder of this file.'),
  scenarioClass: z.string().optional().describe('What clearance counts by. Default: the scenario’s own.'),
  parameters: z.record(z.string(), axisSchema).default({}),
  constraints: z.array(z.string()).default([]).describe('Each has to hold, e.g. "gapM > 2 * egoSpeedMps".'),
  sampling: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('grid') }),
      z.strictObject({
        kind: z.enum(['random', 'latin', 'sobol']),
        n: z.int().positive().default(100),
        seed: z.int().default(1),
      }),
    ])
    .default({ kind: 'grid' }),
  weight: z
    .number()
    .nonnegative()
    .default(1)
    .describe('Density of the operational domain over density of this sampling.'),
  seed: z.int().optional().describe('Seed of what is random in the scenario; default: one for each case.'),
})

/** A parameter file: what `--suite FILE.json` reads. */
export const suiteSchema = z.strictObject({
  name: z.string().optional(),
  suite: z
    .array(entrySchema)
    .min(1)
    .describe('One scenario with its sweep each; their cases follow one another.'),
})

export type SuiteEntry = z.infer<typeof entrySchema>
