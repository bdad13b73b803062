import { asksWhich } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import type { Product } from '../../domain/product.ts'
import type { Facts } from '../facts.ts'
import type { Phrases } from '../phrases.ts'
import { deedCompared } from '../../understand/superlative.ts'
import { comparedIn } from '../plan/compared.ts'
import { wishesIn } from '../wishes.ts'
import { contentStems } from '../words.ts'

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
  // "Which one is oval?" may ask by a word that the title of one of them has; who names them asks for none of their words.
  const stems = products.map(({ title }) => contentStems(title, lexicon))
  const shared = new Set(stems[0]?.filter((stem) => stems.every((own) => own.includes(stem))))
  const asked = new Set(contentStems(message, lexicon))
  const called = stems.filter((own) => own.some((stem) => asked.has(stem) && !shared.has(stem)))
  const isNamed = called.length > 1
  // Nor does "the difference between the green one and the pink one" ask for green.
  const { names, saysSo } = comparedIn(message, lexicon)
  const sides = saysSo ? names : []
  const calling = [...(isNamed ? named : [[...shared].join(' ')]), ...sides]
  const wishes = wishesIn(message, calling, products, { lexicon, currency })
  const deed = deedCompared(message, lexicon.language.code)
  return wishes.flatMap(({ said, isHeldBy }) => {
    // "Which uses less power?" asks for no listing that says "uses".
    if (said === deed) return []
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
