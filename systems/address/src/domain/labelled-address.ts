import type { CoarseLabel, FineLabel } from './labels.ts'
import type { Span } from './parsed-address.ts'

/** A piece of a labelled address: what the truth says of it. A coarse label stands for all fine labels that it covers. */
export interface LabelledPiece {
  text: string
  label: FineLabel | CoarseLabel
}

/** An address whose labels are known. What stands between pieces is in `gaps`: `gaps[i]` before piece `i`, the last one at the end. */
export interface LabelledAddress {
  pieces: LabelledPiece[]
  gaps: string[]
}

/** The text of a labelled address, and where in it each piece stands. */
export function writeOut({ pieces, gaps }: LabelledAddress): { text: string; spans: Span[] } {
  let text = gaps[0] ?? ''
  const spans: Span[] = []
  for (const [at, piece] of pieces.entries()) {
    spans.push({ start: text.length, end: text.length + piece.text.length, text: piece.text })
    text += piece.text + (gaps[at + 1] ?? '')
  }
  return { text, spans }
}
