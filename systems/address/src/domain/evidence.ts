import type { Buckets } from '../kind/linear-kinds.ts'
import type { Kind } from './kinds.ts'

/** Where evidence comes from. How far each is believed is learned. */
export const sources = [
  'form',
  'unit',
  'street',
  'name',
  'owner',
  'figures',
  'record',
  'delivery',
  'note',
  'email',
  'page',
  'text',
  'correction',
] as const

export type Source = (typeof sources)[number]

/** One thing that a document says: a sentence, or a field with its value. */
export interface Statement {
  /** The words as they stand there. */
  quote: string
  features: Buckets
}

/** What was read out of one document about one address. */
export interface Observation {
  /** File name, or the like. */
  document: string
  source: Source
  /** When it was written, in milliseconds since the epoch; null where it does not say. */
  dateMs: number | null
  statements: Statement[]
  /** Sentences that tell a reader or a program what to conclude. They are shown, and never evidence. */
  orders: string[]
  /** When somebody is there, in the syntax of OpenStreetMap's `opening_hours`; null where nothing is said. */
  hours: string | null
  /** What a driver has to know: doors, codes, bells, whom to ask. */
  instructions: string[]
  /** A unit that is named as this address's own. */
  unit: string | null
}

/** One document's say in a decision. */
export interface Evidence {
  document: string
  source: Source
  /** The sentence or field that says most for or against. */
  quote: string
  dateMs: number | null
  /** The kind that it speaks for most. */
  speaksFor: Kind
  /** Log-odds that it adds to the decided kind, against the mean of all kinds. */
  weight: number
  /** How far its source is believed at its age, 0 to 1. */
  reliability: number
}
