import { z } from 'zod'
import { cellKinds } from '../live/made-warehouse.ts'

/** What can be asked of a floor before it is built or changed. */
export const asks = ['robots', 'closed aisle', 'stations'] as const

const mostCells = 40_000

/** A floor of somebody's own, as a question takes it along. */
export const ownFloorSchema = z.object({
  name: z.string().max(200),
  rows: z.int().min(1),
  columns: z.int().min(1),
  kinds: z
    .base64()
    .describe(
      `A byte a cell, row by row: its place in ${cellKinds.join(', ')}. What is off the largest part is wall.`,
    ),
  ways: z
    .base64()
    .nullable()
    .describe(
      'A byte a cell: bits 0 to 3 say whether it may be left to the east, south, west, north. Null: to every free neighbour.',
    ),
})
export type OwnFloor = z.output<typeof ownFloorSchema>

const fields = z.object({
  ask: z.enum(asks).describe('How many robots? What if an aisle is closed? What do more stations bring?'),
  rows: z.int().min(24).max(400).default(46),
  columns: z.int().min(24).max(1000).default(80),
  aisle: z
    .union([z.literal(1), z.literal(2)])
    .default(2)
    .describe('Cells between shelves.'),
  isOneWay: z.boolean().default(false).describe('Aisles of one cell are driven one way.'),
  robots: z.int().min(1).max(5000).default(250).describe('Where robots are not what is asked.'),
  counts: z
    .array(z.int().min(1).max(5000))
    .min(2)
    .max(12)
    .default([100, 200, 300, 400, 600, 800])
    .describe('Robots of each variant.'),
  closed: z
    .object({
      top: z.int().min(0),
      left: z.int().min(0),
      bottom: z.int().min(0),
      right: z.int().min(0),
    })
    .default({ top: 12, left: 36, bottom: 33, right: 40 })
    .describe('Cells that are closed, both ends included.'),
  stationShares: z
    .array(z.number().min(0.05).max(1))
    .min(2)
    .max(8)
    .default([0.25, 0.5, 0.75, 1])
    .describe('Shares of the stations that are open, a variant each.'),
  goalPerHour: z
    .int()
    .min(1)
    .nullable()
    .default(12_000)
    .describe('Tasks an hour that are wanted; null: whatever there is.'),
  seeds: z.int().min(2).max(12).default(4).describe('Runs of each variant.'),
  steps: z.int().min(60).max(900).default(300).describe('Steps of a run that count.'),
  cellSeconds: z
    .number()
    .min(0.2)
    .max(20)
    .default(1)
    .describe('Seconds a robot takes for a cell, and for a quarter turn: a step.'),
  handlingSeconds: z
    .number()
    .min(0)
    .max(300)
    .default(5)
    .describe('Seconds a robot stands where it fetches, and where it brings.'),
})

/** A question with the floor that it is asked of: a made one of `rows` and `columns`, or somebody's own. */
export const questionSchema = fields
  .extend({ own: ownFloorSchema.nullable().default(null) })
  .refine(({ rows, columns }) => rows * columns <= mostCells, `A floor has at most ${mostCells} cells here.`)
  .refine(
    ({ closed: { top, left, bottom, right } }) => top <= bottom && left <= right,
    'The closed cells go from top to bottom and from left to right.',
  )
  .refine(
    ({ ask, closed, rows, columns, own }) =>
      ask !== 'closed aisle' ||
      (closed.bottom < (own?.rows ?? rows) && closed.right < (own?.columns ?? columns)),
    'The closed cells lie outside the floor: rows and columns count from 0.',
  )

/** A question as it is put: with the text of a map (movingai, LIF), where it is not asked of a made floor. */
export const askedSchema = fields.extend({
  map: z
    .object({ text: z.string().max(4_000_000), name: z.string().max(200) })
    .nullable()
    .default(null),
})

export type Question = z.output<typeof questionSchema>

/** One way that the floor might be. */
export interface Variant {
  name: string
  /** Where it is on the axis of the answer. */
  x: number
  robots: number
  blockedShare: number
  isClosed: boolean
}

/** Cost of a task in a run: what is run of each variant. */
export interface WhatIfInput {
  question: Question
  variant: number
  seed: number
}

/** The variants of a question, by what is asked. */
export function variantsOf({ ask, robots, counts, stationShares }: Question): Variant[] {
  const own = { robots, blockedShare: 0, isClosed: false }
  if (ask === 'robots')
    return [...new Set(counts)]
      .toSorted((a, b) => a - b)
      .map((count) => ({ ...own, name: `${count} robots`, x: count, robots: count }))
  if (ask === 'stations')
    return [...new Set(stationShares)]
      .toSorted((a, b) => a - b)
      .map((share) => ({
        ...own,
        name: `${Math.round(share * 100)} % of the stations`,
        x: share,
        blockedShare: 1 - share,
      }))
  return [
    { ...own, name: 'as it is', x: 0 },
    { ...own, name: 'aisle closed', x: 1, isClosed: true },
  ]
}

/** All runs of a question: the first seed of all variants first, so that a curve is there early. The same seeds for all, so that variants are told apart by what they are. */
export function inputsOf(question: Question): WhatIfInput[] {
  const variants = variantsOf(question)
  return Array.from({ length: question.seeds }, (_, seed) =>
    variants.map((_variant, variant) => ({ question, variant, seed })),
  ).flat()
}
