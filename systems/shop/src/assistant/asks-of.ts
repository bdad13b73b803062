import type { Product } from '../domain/product.ts'
import { isAskingWord } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { sidesOf } from '../language/sides.ts'
import { unitsOf } from '../language/units.ts'
import { dimensionNamed, dimensionsAsked } from './dimensions.ts'
import { contentStems, isFunctionWord, meaningOf, words } from './words.ts'

const talk = new Set(
  contentStems(
    'first second third fourth fifth tell know question please wonder does anyone come comes work works use product item one thing suitable good ok okay possible sure kind type sort listing say says describe details about much long big',
  ),
)

/** Words around a number that is asked for. */
const measureTalk = new Set(
  contentStems('limit maximum max minimum min most least total go goes need allow get put take takes up'),
)

/** Whether a question says nothing but what the product is called, beside the words that it is put in. */
export function asksOfName(question: string, product: Product, lexicon: Lexicon): boolean {
  const named = nameStems(product, lexicon)
  return (
    saidStems(question, lexicon).every((word) => named.has(word)) &&
    // "Vad väger byrån?": what questions begin with may say what is asked.
    dimensionsAsked(question, lexicon).length === 0
  )
}

/** Whether a question for a size names something beside the product and its sides: "how long is the strap?". */
export function asksOfPart(question: string, product: Product, lexicon: Lexicon): boolean {
  const { language } = lexicon
  const ofSides = new Set(sidesOf(language).flatMap(({ words: said }) => [...said]))
  const sized = new Set(dimensionNamed('size', lexicon)?.asks)
  const named = nameStems(product, lexicon)
  return words(question).some(({ text }) => {
    const [stem] = saidStems(text, lexicon)
    return (
      stem !== undefined &&
      !named.has(stem) &&
      !measureTalk.has(stem) &&
      !sized.has(lexicon.stem(fold(text))) &&
      !ofSides.has(fold(text)) &&
      !unitsOf(language.code).has(fold(text)) &&
      !/\d/.test(text)
    )
  })
}

const nameStems = (product: Product, lexicon: Lexicon): ReadonlySet<string> =>
  new Set(contentStems(`${product.title} ${product.brand ?? ''} ${product.categories.join(' ')}`, lexicon))

const saidStems = (question: string, lexicon: Lexicon): string[] =>
  words(question)
    .filter(({ text }) => !isFunctionWord(text, lexicon) && !isAskingWord(text, lexicon.language.code))
    .map(({ text }) => meaningOf(text, lexicon))
    .filter((word) => !talk.has(word))
