import { checkAmounts, checkPercents } from './amounts.ts'
import { checkClauses, saysNothing } from './claims.ts'
import type { FactBase, ProductBase } from './fact-base.ts'
import { checkForm } from './form.ts'
import { checkPromises } from './promises.ts'
import { withoutQuotes } from './quotes.ts'
import { readSentence } from './read-sentence.ts'
import type { ReadSentence } from './read-sentence.ts'
import { checkRelations } from './relations.ts'
import { checkSpeaker } from './speaker.ts'

export type Verdict = { ok: true; subjects: ProductBase[] } | { ok: false; reason: string }

/**
 * Whether a sentence may be said: it is one, it is the assistant's own to say, and every claim of it follows from the
 * facts: each name is a product of this turn, each amount, rating and count is that product's, and each remaining word
 * stands in its row or, together with the clause's other words, in one source about it with the same polarity, said by
 * whom the sentence says. What is not recognised does not pass.
 */
export function checkSentence(text: string, base: FactBase, carried: readonly ProductBase[]): Verdict {
  const unfit = checkForm(text, base)
  if (unfit !== null) return { ok: false, reason: unfit }
  const unquoted = withoutQuotes(text, base)
  if (unquoted === null) return { ok: false, reason: 'quote' }
  const sentence = readSentence(unquoted, base, carried)
  const subjects = sentence.mentioned.length
    ? sentence.mentioned
    : carried.length
      ? [...carried]
      : base.focus
        ? [base.focus]
        : []
  if (unquoted === text && saysNothing(sentence)) return { ok: false, reason: 'nothing said' }
  if (isUnclear(sentence, base, carried)) return { ok: false, reason: 'subject' }
  const failure =
    checkSpeaker(sentence) ??
    checkCitations(sentence, base) ??
    checkAmounts(sentence, base) ??
    checkPercents(sentence) ??
    checkRelations(sentence, base) ??
    checkPromises(sentence, base) ??
    checkClauses(sentence, base)
  return failure === null ? { ok: true, subjects } : { ok: false, reason: failure }
}

function checkCitations(sentence: ReadSentence, base: FactBase): string | null {
  return sentence.cites.every((number) => base.citations[number - 1] !== undefined) ? null : 'citation'
}

/** "It" where nothing before says which one. */
function isUnclear(sentence: ReadSentence, base: FactBase, carried: readonly ProductBase[]): boolean {
  if (sentence.mentioned.length || carried.length === 1) return false
  return (
    base.isAboutSeveral &&
    /^(?:it|its|it's|this|that|the (?:product|item|price|rating))\b/i.test(sentence.text)
  )
}
