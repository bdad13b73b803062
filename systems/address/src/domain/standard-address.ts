import type { AddressForm, Span } from './parsed-address.ts'

/** One thing that standardising changed. */
export interface Change extends Span {
  /** What stands there now; empty where it was left out. */
  to: string
  /** Which rule, as `suffix` or `directional`; `explanation` says it in words with the section of Publication 28. */
  rule: string
  explanation: string
}

/** An address in the forms of USPS Publication 28: capitals, standard abbreviations, no punctuation. */
export interface StandardAddress {
  form: AddressForm
  /** Recipient, attention and urbanization lines, delivery address line, last line: what would be printed. */
  lines: string[]
  deliveryLine: string
  lastLine: string
  /** Fields without what they lack. */
  fields: Partial<Record<StandardField, string>>
  changes: Change[]
}

export const standardFields = [
  'recipient',
  'urbanization',
  'number',
  /** Street with directionals and suffix, as `N MAIN ST`. */
  'street',
  'preDirectional',
  'streetName',
  'suffix',
  'postDirectional',
  'secondStreet',
  'unitDesignator',
  'unitNumber',
  /** A building or floor beside the unit, as `BLDG C`. */
  'subUnit',
  /** A private mailbox, as `PMB 12`. */
  'mailbox',
  'building',
  'boxType',
  'boxNumber',
  'routeType',
  'routeNumber',
  'city',
  'state',
  'zip',
  'zip4',
] as const

export type StandardField = (typeof standardFields)[number]
