import type { Evidence } from '../../domain/answer.ts'
import { fold } from '../../language/fold.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { isToldBy } from '../../understand/turn-kind.ts'
import { words } from '../words.ts'
import { isFormOf, isSame, saidIn } from './said.ts'

/** One letter more makes a term another form of itself ("garantías"), and no other word ("garantiza"). */
const longestInflection = 1

const isTerm = (term: string, held: string): boolean => {
  const [short, long] = term.length <= held.length ? [term, held] : [held, term]
  return long.startsWith(short) && long.length - short.length <= longestInflection
}

/**
 * The lines that may answer a question, without those that only hold a word of the root of a guarantee that is asked for: that something
 * "garantiza una conexión segura" gives nobody a "garantía".
 */
export function withoutMereRoots(
  lines: readonly Evidence[],
  question: string,
  lexicon: Lexicon,
): readonly Evidence[] {
  const terms = saidIn(
    words(question)
      .filter(({ text }) => isToldBy(text, ['warranty'], lexicon.language))
      .map(({ text }) => text)
      .join(' '),
    lexicon,
  )
  if (terms.length === 0) return lines
  return lines.filter(({ text }) => {
    const akin = saidIn(text, lexicon).filter((held) =>
      terms.some((term) => isSame(term, held) || isFormOf(term, held)),
    )
    return akin.length === 0 || akin.some(({ word }) => terms.some((term) => isTerm(fold(term.word), word)))
  })
}
