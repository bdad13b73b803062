// A new export here becomes public API; named exports, not wildcards.
export { Meanings } from './meanings.ts'
export type { MeaningRows, MeaningState, Meant } from './meanings.ts'
export { NearTexts } from './near-texts.ts'
export { Nearness } from './nearness.ts'
export { quantized } from './quantized.ts'
export { compiledDots, RowVectors } from './row-vectors.ts'
export { clippedText, meaningKey } from './text.ts'
export { appendVectors, keyBytes, readVectors } from './vector-file.ts'
