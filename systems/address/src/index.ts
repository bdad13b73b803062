// The public surface. Anything exported here is public API: named exports only.
export { address } from './system.ts'
export { parseAddress } from './parse/parse-address.ts'
export { standardize } from './standardize/standardize.ts'
export { coarseLabel, fineLabels } from './domain/labels.ts'
export type { CoarseLabel, FineLabel } from './domain/labels.ts'
export type { AddressForm, LabelledToken, ParsedAddress, Span } from './domain/parsed-address.ts'
export type { Change, StandardAddress, StandardField } from './domain/standard-address.ts'
