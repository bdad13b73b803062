import type { AnswerPart } from '../../domain/answer.ts'

/** An answer as it is being composed. */
export interface Draft {
  parts: AnswerPart[]
  sentences: string[]
  /** Left out: what was in sight before stays there. */
  shownIds?: string[] | null
  focusId?: string | null
}
