import type { Catalog, ProductSearch } from '../domain/ports.ts'
import { isAsking } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { headOf, titleNouns } from '../language/nouns.ts'

/** Listings that are looked at. */
const lookedAt = 8
/** More words are a sentence. */
const mostWords = 4

/**
 * Words of a message that is nothing but a name of goods and what they are of or with ("glass vase", "florero de vidrio"), where a product that is called so
 * is listed with all of them: they name goods, and tell nothing else. A word for what a store does (`topics.txt`) names none.
 */
export async function phraseOfGoods(
  message: string,
  { catalog, search, lexicon }: { catalog: Catalog; search: ProductSearch; lexicon: Lexicon },
): Promise<ReadonlySet<string>> {
  const said = contentOfPhrase(message, lexicon)
  const noun = said === null ? undefined : headOf(said, lexicon.language)
  if (said === null || noun === undefined) return new Set()
  const { hits } = await search.search({
    text: message,
    constraints: [],
    sort: 'relevance',
    limit: lookedAt,
    offset: 0,
  })
  const products = await catalog.products(hits.map(({ productId }) => productId))
  const isListed = products.some(({ title, brand, description }) => {
    const nouns = [...titleNouns(title, brand, lexicon.language)]
    if (!nouns.some((word) => lexicon.meaning(word) === lexicon.meaning(noun))) return false
    const listed = new Set(
      lexemesOf(`${title} ${description}`, lexicon.language.code).map(({ word }) => lexicon.meaning(word)),
    )
    return said.every((word) => listed.has(lexicon.meaning(word)))
  })
  return new Set(isListed ? said : [])
}

/** The words of content of a message that has beside them only what joins them; null where it says or asks something. */
function contentOfPhrase(message: string, lexicon: Lexicon): string[] | null {
  const { language } = lexicon
  if (isAsking(message, language.code)) return null
  const grammar = grammarOf(language.code)
  const joining = new Set(
    [
      ...grammar.with,
      ...grammar['made-of'],
      ...grammar.for,
      ...grammar.in,
      ...grammar.article,
      ...grammar.some,
    ].map((phrase) => fold(phrase)),
  )
  const topics = new Set(
    language.topicLines.flatMap((line) =>
      line
        .slice(line.indexOf('=') + 1)
        .trim()
        .split(/\s+/)
        .map((word) => lexicon.stem(word)),
    ),
  )
  const lexemes = lexemesOf(message, language.code)
  const content = lexemes.filter(({ word, kind }) => kind === 'word' && !lexicon.isFunctionWord(word))
  const isPhrase = lexemes.every(
    ({ word, kind, breakBefore }) =>
      !breakBefore && kind !== 'number' && (!lexicon.isFunctionWord(word) || joining.has(word)),
  )
  const isOfGoods = content.every(
    ({ word }) => !topics.has(lexicon.stem(word)) && !language.isRequestWord(word),
  )
  return isPhrase && isOfGoods && content.length > 1 && content.length <= mostWords
    ? content.map(({ word }) => word)
    : null
}
