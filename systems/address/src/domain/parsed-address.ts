import type { FineLabel } from './labels.ts'

/** A piece of the text as it was given: `input.slice(start, end) === text`. */
export interface Span {
  start: number
  end: number
  text: string
}

export interface LabelledToken extends Span {
  label: FineLabel
}

/** Which form of USPS Publication 28 an address has. `urbanization` is Puerto Rico's; a `place` lacks a delivery line. */
export const addressForms = [
  'street',
  'intersection',
  'po-box',
  'private-mailbox',
  'rural-route',
  'highway-contract',
  'military',
  'general-delivery',
  'urbanization',
  'place',
  'unknown',
] as const

export type AddressForm = (typeof addressForms)[number]

export interface ParsedAddress {
  input: string
  form: AddressForm
  tokens: LabelledToken[]
  /** What the tokens of a label say, joined by spaces and without punctuation at the ends; of an intersection the first street. */
  parts: Partial<Record<FineLabel, string>>
  /** Lowest of how sure the tagger is of a token (0–1, its probability given the whole address). */
  confidence: number
}
