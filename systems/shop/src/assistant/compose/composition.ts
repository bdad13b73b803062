import type { AnswerPart, Citation } from '../../domain/answer.ts'

/** A finished answer out of facts: what is shown, what is said, and what one may ask next. */
export interface Composition {
  /** Cards, tables and requests, in order; all hydrated from the catalog or the tools. */
  parts: AnswerPart[]
  /** What is said, sentence by sentence, with citation markers. */
  sentences: string[]
  /** Every source that a sentence may cite, by number. */
  citations: Citation[]
  /** Likely next questions. */
  pills: string[]
  /** Products in the order shown, for "the second one"; null leaves what was shown before. */
  shownIds: string[] | null
  /** The one product that the answer is about, if it is one. */
  focusId: string | null
  /** Of which goods it says that somebody has to be kept from something. */
  warned: string[]
}
