import type { Understanding } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { holdsKindOf } from '../language/joined.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { lexiconOf } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isMisspelling } from '../understand/vocabulary.ts'
import type { Facts } from './facts.ts'
import { listingStems } from './wishes.ts'

/**
 * What was found for a message in another language than the listings', where nobody but its words tells what it means: nothing where no
 * listing found holds one of them, since what was found then was found by chance, and what was not found may be called otherwise.
 */
export function heardOf(
  facts: Facts,
  { spokenLanguage, likelyLanguage, searchText }: Understanding,
): Facts['search'] {
  const { search, lexicon } = facts
  const code = spokenLanguage ?? likelyLanguage
  if (search === null || code === undefined || search.isNear === true || search.chosen) return search
  const spoken = lexiconOf(code)
  const said = lexemesOf(searchText, code).filter(
    ({ kind, word }) => kind === 'word' && word.length > 2 && !spoken.isFunctionWord(word),
  )
  if (said.length === 0) return search
  const isHeld = search.cards.some(({ productId }) => {
    const product = facts.products.get(productId)
    return product !== undefined && said.some(({ word }) => holds(product, word, lexicon))
  })
  const { notListed: _, ...found } = search
  return isHeld ? search : { ...found, cards: [], isUnheard: true }
}

/** Whether a listing holds a word, or one that is written much like it: "lantern" and `Laterne`. */
function holds(product: Product, word: string, lexicon: Lexicon): boolean {
  const stem = lexicon.meaning(word)
  const own = listingStems(product, lexicon)
  return (
    holdsKindOf(own, stem, lexicon.language.code) ||
    (stem.length >= leastAlike && [...own].some((each) => isMisspelling(stem, each)))
  )
}

/** Shorter words are like others by chance. */
const leastAlike = 5
