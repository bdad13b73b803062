import type { FacetVocabulary } from '../domain/constraints.ts'
import type { Catalog, ProductSearch } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { holdsKindOf } from '../language/joined.ts'
import { headOf as nounOf } from '../language/nouns.ts'
import { isNoun } from '../understand/nouns.ts'
import { talkWords } from '../understand/turn-kind.ts'
import { compileVocabulary, isStated } from '../understand/vocabulary.ts'
import { isCalledAny, shelfHeads } from './kind.ts'
import { contentStems } from './words.ts'

interface Sources {
  catalog: Catalog
  search: ProductSearch
}

/** How many of the best matches say whether a message names goods. */
const lookedAt = 10
/** Fewer are no kind of goods. */
const leastOfKind = 2

/** Whether a message holds a word that some of what it finds are called by, in title or shelf. */
export async function findsGoods(message: string, sources: Sources, lexicon: Lexicon): Promise<boolean> {
  const { products } = await bestFor(message, sources)
  const said = contentStems(message, lexicon)
  // "Picture of a dog" is no question, and listings hold all of it.
  const isHeld = ({ title }: Product) => {
    const held = new Set(contentStems(title, lexicon))
    return said.every((stem) => held.has(stem))
  }
  const isSaid = said.length >= 2 && !/[?\d]/.test(message) && products.filter(isHeld).length >= leastOfKind
  return isSaid || isCalledAny(said, products, lexicon)
}

/** Whether most of what a message says is what goods of the catalog are called or state, and no question: "side tables set of 2". */
export function saysMostlyGoods(message: string, vocabulary: FacetVocabulary, lexicon: Lexicon): boolean {
  const compiled = compileVocabulary(vocabulary, lexicon)
  const said = contentStems(message, lexicon)
  const known = said.filter((stem) => isNoun(stem, compiled) || isStated(stem, compiled))
  return (
    !message.includes('?') &&
    said.some((stem) => isNoun(stem, compiled)) &&
    known.length * 3 >= said.length * 2
  )
}

/** Whether the head of a type is what some products are called, where no category is: not every store has categories. */
export async function isTypeCalled(
  type: string | null,
  vocabulary: FacetVocabulary,
  sources: Sources,
  lexicon: Lexicon,
): Promise<boolean> {
  const head = headOf(type, lexicon)
  if (type === null || head === undefined || isFacetName(head, vocabulary, lexicon)) return false
  if (isTalkAlone(type, vocabulary, lexicon)) return false
  const { products, ofKind } = await bestFor(type, sources)
  return ofKind >= leastOfKind || isCalledAny([head], products, lexicon)
}

/** The best matches, and how many of them the search says to be of the kind that the text names. */
async function bestFor(
  text: string,
  { catalog, search }: Sources,
): Promise<{ products: Product[]; ofKind: number }> {
  const { hits } = await search.search({
    text,
    constraints: [],
    sort: 'relevance',
    limit: lookedAt,
    offset: 0,
  })
  const products = await catalog.products(hits.map(({ productId }) => productId))
  return { products, ofKind: hits.filter(({ isOfKind }) => isOfKind).length }
}

interface CategoryWords {
  lexicon: Lexicon
  /** Stems of all words of categories. */
  all: ReadonlySet<string>
  /** Stems of what their names call their goods: `poster` and `print` of "Posters, prints". */
  heads: ReadonlySet<string>
}

const categoryWords = new WeakMap<FacetVocabulary, CategoryWords>()

function wordsOfCategories(vocabulary: FacetVocabulary, lexicon: Lexicon): CategoryWords {
  const known = categoryWords.get(vocabulary)
  if (known?.lexicon === lexicon) return known
  const names = [...vocabulary.categories.keys()]
  const words = {
    lexicon,
    all: new Set(names.flatMap((name) => contentStems(name, lexicon))),
    heads: new Set(names.flatMap((name) => shelfHeads(name, lexicon))),
  }
  categoryWords.set(vocabulary, words)
  return words
}

/** Whether a shelf of the store is called by a word, given by its meaning, or by one that it heads: "Schirmständer". */
export const isShelf = (meaning: string, vocabulary: FacetVocabulary, lexicon: Lexicon): boolean =>
  holdsKindOf(wordsOfCategories(vocabulary, lexicon).heads, meaning, lexicon.language.code)

const headOf = (type: string | null, lexicon: Lexicon): string | undefined =>
  nounOf(contentStems(type ?? '', lexicon), lexicon.language)

/** Whether the head of a type ("kettle" of "Ridge kettle") stands in the name of a category, or goods are called so. */
export function isTypeSold(
  productType: string | null,
  vocabulary: FacetVocabulary,
  lexicon: Lexicon,
): boolean {
  const head = headOf(productType, lexicon)
  if (head === undefined) return false
  const isCalled =
    wordsOfCategories(vocabulary, lexicon).all.has(head) ||
    isNoun(head, compileVocabulary(vocabulary, lexicon))
  return isCalled && !isTalkAlone(productType, vocabulary, lexicon)
}

/** "Will it fit?": a word of talk that nothing is called by as it is written, though a shelf is called much like it ("Fitness"). */
function isTalkAlone(type: string | null, vocabulary: FacetVocabulary, { language }: Lexicon): boolean {
  const word = nounOf(lexemesOf(type ?? ''), language)?.word ?? ''
  if (vocabulary.nouns === undefined || !talkWords(language).has(word)) return false
  const isShelf = [...vocabulary.categories.keys()].some((name) =>
    lexemesOf(name).some((lexeme) => lexeme.word === word),
  )
  // "Kettle" is called so in "Kettles": forms of a word differ by its end alone.
  return !isShelf && !vocabulary.nouns.has(word) && !vocabulary.nouns.has(`${word}s`)
}

/** Whether a word is what a facet's name calls its values: `colour` of `product_colour`, not `keyboard` of `keyboard_layout`. */
const isFacetName = (head: string, { facets }: FacetVocabulary, lexicon: Lexicon): boolean =>
  [...facets.keys()].some((name) => contentStems(name.replaceAll('_', ' '), lexicon).at(-1) === head)

/** Whether a type is a category, or its head what a category's name calls its goods; "size" is a facet, whatever shelf is called so. */
export function isCategoryNamed(
  productType: string | null,
  vocabulary: FacetVocabulary,
  lexicon: Lexicon,
): boolean {
  if (productType === null) return false
  if (vocabulary.categories.has(productType)) return true
  const head = headOf(productType, lexicon)
  if (head === undefined || !wordsOfCategories(vocabulary, lexicon).heads.has(head)) return false
  return !isFacetName(head, vocabulary, lexicon)
}
