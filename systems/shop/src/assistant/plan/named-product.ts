import type { ProductSearch } from '../../domain/ports.ts'
import type { Catalog } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { headOf } from '../../language/nouns.ts'
import { fold } from '../../language/fold.ts'
import { findDescribed } from '../../understand/intent.ts'
import { mostOfKind } from '../kind.ts'
import { contentStems } from '../words.ts'

/** A word that more titles share names none of them. */
const mostShared = 2
/** How many of the best matches are compared. */
const lookedAt = 24

/**
 * The product that a message calls by its name: two words or more of its title side by side, or a model's number, that no other of
 * the best matches shares. Null where it names none, or a kind of goods.
 */
export async function namedProduct(
  message: string,
  {
    catalog,
    search,
    lexicon,
    isNoun,
  }: { catalog: Catalog; search: ProductSearch; lexicon: Lexicon; isNoun: (meaning: string) => boolean },
  /** How many words of its title, where a word of letters and digits counts as two. */
  least = 2,
): Promise<Product | null> {
  if (contentStems(message, lexicon).length < 2) return null
  const { hits } = await search.search({
    text: message,
    constraints: [],
    sort: 'relevance',
    limit: lookedAt,
    offset: 0,
  })
  const products = await catalog.products(hits.map(({ productId }) => productId))
  // "Kinky curly wig" is what many are called, whoever else has a name before it.
  const titles = [...new Set(products.map(({ title }) => title))].map(
    (title) => new Set(contentStems(title, lexicon)),
  )
  const isOwn = (stem: string): boolean => titles.filter((held) => held.has(stem)).length <= mostShared
  const runs = products
    .map((product) => ({ product, ...longestRun(message, product.title, lexicon) }))
    .toSorted((a, b) => b.run - a.run)
  const [best] = runs
  if (!best || best.run < least) return null
  // "Surge Street" is a name, though each of its words stands in other titles.
  const called = contentStems(best.words, lexicon)
  const head = headOf(called, lexicon.language)
  if (head !== undefined && isNoun(head) && !called.some(isOwn)) return null
  const longest = runs.filter(({ run }) => run === best.run)
  if (longest.every(({ product }) => product.title === best.product.title)) return best.product
  // "The skinny trough" is the one that is called so, not its tray.
  const whole = longest.filter(
    ({ product }) => longestRun(product.title, product.title, lexicon).run === best.run,
  )
  const [only] = whole
  return only && whole.every(({ product }) => product.title === only.product.title) ? only.product : null
}

/**
 * The product that "the velour one" means: the one in sight that is called so, else the one that a search for it among goods of the last
 * kind finds. Null where a message says none, or several are called so.
 */
export async function describedProduct(
  message: string,
  inSight: readonly Product[],
  kind: string | null,
  { catalog, search, lexicon }: { catalog: Catalog; search: ProductSearch; lexicon: Lexicon },
): Promise<Product | null> {
  const described = findDescribed(message)
  if (described === null || /ones$/i.test(message.slice(described.start, described.end))) return null
  const stems = contentStems(described.words, lexicon)
  const isCalled = ({ title, brand, variants }: Product): boolean => {
    const options = variants.flatMap((variant) => Object.values(variant.options))
    const held = new Set(contentStems(`${title} ${brand ?? ''}`, lexicon))
    return (
      stems.every((stem) => held.has(stem)) &&
      // What all of them can be had in tells none of them.
      !options.some((value) => contentStems(value, lexicon).join(' ') === stems.join(' '))
    )
  }
  if (stems.length === 0) return null
  const seen = inSight.filter(isCalled)
  if (seen.length > 0) return seen.length === 1 ? (seen[0] ?? null) : null
  if (kind === null) return null
  const text = `${described.words} ${kind}`
  const { hits } = await search.search({
    text,
    constraints: [],
    sort: 'relevance',
    limit: lookedAt,
    offset: 0,
  })
  const products = (await catalog.products(hits.map(({ productId }) => productId))).filter(isCalled)
  const { items } = mostOfKind(products, (product) => product, kind, lexicon)
  const [only] = items
  return only && items.every(({ title }) => title === only.title) ? only : null
}

/** Most words of content that stand side by side in both texts, and how many they are; a word with letters and digits counts as two. */
function longestRun(message: string, title: string, lexicon: Lexicon): { run: number; words: string } {
  const wordsOf = (text: string) => lexemesOf(fold(text)).filter(({ kind }) => kind !== 'sign')
  const [said, held] = [wordsOf(message), wordsOf(title)]
  let most = { run: 0, words: '' }
  for (let from = 0; from < said.length; from++)
    for (let at = 0; at < held.length; at++) {
      let run = 0
      let n = 0
      for (; said[from + n] !== undefined && said[from + n]?.word === held[at + n]?.word; n++) {
        const { word = '', kind, hyphenated } = said[from + n] ?? {}
        // "ET-67" is one name.
        if (kind === 'number' && hyphenated === true) run += 1
        if (!lexicon.isFunctionWord(word)) run += /\d/.test(word) && /\p{L}/u.test(word) ? 2 : 1
      }
      const words = said.slice(from, from + n).map(({ word }) => word)
      if (run > most.run) most = { run, words: words.join(' ') }
    }
  return most
}

/**
 * Which of some products a question calls by words of their titles: one, several that hold as many of them, or none of them.
 */
export function calledBy(
  text: string,
  products: readonly Product[],
  lexicon: Lexicon,
): { one: Product | null; several: Product[] } {
  const asked = new Set(contentStems(text, lexicon))
  const hits = products.map((product) => ({
    product,
    held: new Set(
      contentStems(`${product.brand ?? ''} ${product.title}`, lexicon).filter((word) => asked.has(word)),
    ).size,
  }))
  const most = Math.max(0, ...hits.map(({ held }) => held))
  if (most === 0) return { one: null, several: [] }
  const best = hits.filter(({ held }) => held === most).map(({ product }) => product)
  const [first] = best
  const isOne = best.every(({ title }) => title === first?.title)
  return isOne && first ? { one: first, several: [] } : { one: null, several: best }
}
