import type { Lexicon } from '../language/lexicon.ts'
import { contentStems } from './words.ts'

/** Stems of the verbs of treating goods that a question says itself ("wash" of "the washing machine"). */
export function treatmentsAsked(question: string, lexicon: Lexicon): ReadonlySet<string> {
  const asked = new Set(contentStems(question, lexicon))
  const lines = lexicon.language.treatmentLines.flatMap((line) => contentStems(line, lexicon))
  return new Set(lines.filter((verb) => asked.has(verb)))
}
