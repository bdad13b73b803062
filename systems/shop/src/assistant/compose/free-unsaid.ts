import type { Constraint } from '../../domain/constraints.ts'
import { fold } from '../../language/fold.ts'
import { grammarOf } from '../../language/grammar.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import type { Facts } from '../facts.ts'
import { statedContents } from '../free-of.ts'

/**
 * What was asked to be free of ("gluten free", "sans parfum") and no listing shown says it of itself, in the shopper's words: that none names it is
 * no promise. Other exclusions ("not black") ask for none.
 */
export function freeUnsaid(found: NonNullable<Facts['search']>, facts: Facts): string[] {
  const shown = found.cards.flatMap(({ productId }) => facts.products.get(productId) ?? [])
  return found.constraints.flatMap((one) =>
    one.kind === 'unnamed' &&
    asksFreeOf(one, facts.lexicon) &&
    !shown.some((product) => statedContents(product, [one.words], facts.lexicon)?.isFree)
      ? [one.words]
      : [],
  )
}

/** Whether an exclusion is said as a property of what is wanted. */
function asksFreeOf(
  { text, words }: Extract<Constraint, { kind: 'unnamed' }>,
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
