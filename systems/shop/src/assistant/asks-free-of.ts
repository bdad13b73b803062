import type { Constraint } from '../domain/constraints.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'

/** Whether an exclusion is said as a property of what is wanted. */
export function asksFreeOf(
  { text, words }: Pick<Extract<Constraint, { kind: 'unnamed' }>, 'text' | 'words'>,
  { language: { code } }: Lexicon,
): boolean {
  const { free, 'free-of': freeOf } = grammarOf(code)
  const saidOf = (said: string): string =>
    lexemesOf(said, code)
      .map(({ word }) => word)
      .join(' ')
  const [said, what] = [saidOf(text), saidOf(words)]
  return (
    freeOf.some((phrase) => said.startsWith(`${fold(phrase)} `)) ||
    free.some((word) => said === `${what} ${fold(word)}`)
  )
}
