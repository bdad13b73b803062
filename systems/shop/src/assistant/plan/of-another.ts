import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import { isAskingWord } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { headOf } from '../../language/nouns.ts'
import { findDescribed } from '../../understand/intent.ts'
import { talkWords } from '../../understand/turn-kind.ts'
import { heading } from '../compare.ts'
import { listingStems } from '../wishes.ts'
import { contentStems, words } from '../words.ts'
import type { PlanContext } from './plan.ts'

/**
 * Whether a question names something that the product at hand is not called: "is the maroon bird one available?" beside another, "the price
 * of sword fern". No fact of the one in sight answers it.
 */
export function isOfAnother(
  message: string,
  { intent, topic, reference }: Understanding,
  product: Product | undefined,
  { page, lexicon }: PlanContext,
): boolean {
  if (product === undefined || page !== null) return false
  const held = listingStems(product, lexicon)
  const described = findDescribed(message)
  if (described !== null && reference?.kind !== 'ordinal') {
    const stems = contentStems(described.words, lexicon)
    return stems.length > 1 && stems.some((stem) => !held.has(stem))
  }
  const isDeed = intent === 'alert' || intent === 'auto-buy' || intent === 'add-to-cart'
  if ((topic !== 'price' && !isDeed) || reference !== null) return false
  const talk = talkWords(lexicon.language)
  const left = words(message).filter(
    ({ text }) =>
      !talk.has(fold(text)) &&
      !isAskingWord(text, lexicon.language.code) &&
      contentStems(text, lexicon).length > 0 &&
      !/\d/.test(text),
  )
  return (
    left.length > (isDeed ? 0 : 1) &&
    left.every(({ text }) => contentStems(text, lexicon).every((stem) => !held.has(stem)))
  )
}

/** "Fan that sprays water", "soft teddy, is it safe?": what is wanted stands first, and is not asked about by an article or a question. */
export function beginsWithGoods(message: string, { productType }: Understanding, lexicon: Lexicon): boolean {
  const named = new Set(lexemesOf(productType ?? '').map(({ word }) => lexicon.meaning(word)))
  const said = lexemesOf(message)
  const at = said.findIndex(({ word }) => named.has(lexicon.meaning(word)))
  // "Natural soap without lavender".
  return (
    at !== -1 &&
    said
      .slice(0, at + 1)
      .every(
        ({ word, kind }) =>
          kind !== 'sign' && !lexicon.isFunctionWord(word) && !isAskingWord(word, lexicon.language.code),
      )
  )
}

/** "The kettle" of "how loud is the kettle" is asked about; the one of "does the box contain a kettle" is what may be in the box. */
export function isSubject(productType: string, message: string, lexicon: Lexicon): boolean {
  if (!/\b(?:the|an?|your|any|those|these)\s/i.test(message)) return false
  const head = contentStems(productType, lexicon).at(-1)
  const before: string[] = []
  for (const { text } of words(message)) {
    if (contentStems(text, lexicon).includes(head ?? '')) break
    before.push(text)
  }
  return !before.some((word) => holding.has(word))
}

/** Verbs and the like of which the one asked about is the subject, not the object. */
const holding: ReadonlySet<string> = new Set(
  'contain contains include includes included has have come comes get with need needs there'.split(' '),
)

export function isOfType(products: PlanContext['shown'], productType: string, lexicon: Lexicon): boolean {
  const wanted = contentStems(productType, lexicon)
  return products.some((product) => {
    const held = new Set(contentStems(`${product.title} ${product.categories.join(' ')}`, lexicon))
    return wanted.every((word) => held.has(word))
  })
}

/** Whether what is named is a part of the product in sight, by the names of what it states: "the package", beside a package weight. */
export function isPartOf(products: PlanContext['shown'], productType: string, lexicon: Lexicon): boolean {
  const head = headOf(contentStems(productType, lexicon), lexicon.language)
  return products
    .slice(0, 1)
    .some(({ attributes }) =>
      Object.keys(attributes).some((name) => contentStems(heading(name), lexicon).includes(head ?? '')),
    )
}
