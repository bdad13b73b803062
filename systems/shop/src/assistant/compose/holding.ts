import { asksWhich } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import type { Product } from '../../domain/product.ts'
import type { Facts } from '../facts.ts'
import type { Phrases } from '../phrases.ts'
import { wishesIn } from '../wishes.ts'

/** "Which of them is red?": those whose listing says so, or that none does. Empty where nothing of the kind is asked. */
export function holdingSentences(
  message: string,
  products: readonly Product[],
  { lexicon, currency }: Facts,
  phrases: Phrases,
  titleOf: (id: string) => string,
  { tellsUnmentioned = true }: { tellsUnmentioned?: boolean } = {},
): string[] {
  if (!message.trimEnd().endsWith('?') && !asksWhich(message, lexicon.language.code)) return []
  // "MQ2" is the MQ-2.
  const named = products.map(({ title, brand }) => `${title} ${title.replaceAll('-', '')} ${brand ?? ''}`)
  // "BT-330" of a title is one word of it, whatever else its parts are.
  const isName = (said: string) => named.some((name) => fold(name).includes(fold(said)))
  const wishes = wishesIn(message, named, products, { lexicon, currency })
  return wishes.flatMap(({ said, isHeldBy }) => {
    if (/\d/.test(said) && isName(said)) return []
    const words = `“${said}”`
    const holding = products.filter(isHeldBy)
    // What all of them say tells none from another.
    if (holding.length === products.length) return []
    const titles = [...new Set(holding.map(({ id }) => titleOf(id)))]
    return titles.length === 0
      ? tellsUnmentioned
        ? phrases.say('results.unmentioned', { words })
        : []
      : phrases.say('results.partly', { words, titles: phrases.listing(titles) })
  })
}
