import type { FacetVocabulary } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { headOf, titleSegments } from '../language/nouns.ts'
import { isProperty } from '../understand/nouns.ts'
import { compileVocabulary } from '../understand/vocabulary.ts'
import type { CompiledVocabulary } from '../understand/vocabulary.ts'
import { isCalled } from './kind.ts'
import type { EffectiveSearch, SearchStep } from './plan/plan.ts'
import type { StepSources } from './step-sources.ts'
import { contentStems, meaningOf } from './words.ts'

/** A search for what is asked for by another name, as if it had been asked for by that. Null where its own name is what goods are called. */
export async function underOtherName(
  step: SearchStep,
  vocabulary: FacetVocabulary,
  sources: StepSources,
): Promise<{ step: SearchStep; otherName: { said: string; called: string } } | null> {
  const { lexicon } = sources
  const type = lexemesOf(step.search.productType ?? '').filter(
    ({ kind, word }) => kind === 'word' && !lexicon.isFunctionWord(word),
  )
  const word = headOf(type, lexicon.language)?.word
  const said = lexemesOf(step.said).find((lexeme) => lexeme.word === word)
  if (word === undefined || said === undefined || (step.refined !== null && step.isRefinement)) return null
  const called = await otherName({
    word,
    vocabulary,
    lexicon,
    find: async (text) => {
      const { hits } = await sources.search.search({
        text,
        constraints: [],
        sort: 'relevance',
        limit: closelyLookedAt,
        offset: 0,
      })
      return sources.catalog.products(hits.map(({ productId }) => productId))
    },
  })
  if (called === null) return null
  const rename = (text: string): string => {
    const at = lexemesOf(text).filter((lexeme) => lexeme.word === word)
    return at.reduceRight((all, { start, end }) => `${all.slice(0, start)}${called}${all.slice(end)}`, text)
  }
  const renameAll = (search: EffectiveSearch): EffectiveSearch => ({
    ...search,
    text: rename(search.text),
    productType: search.productType === null ? null : rename(search.productType),
  })
  return {
    step: {
      ...step,
      search: renameAll(step.search),
      said: rename(step.said),
      refined: step.refined && renameAll(step.refined),
    },
    otherName: { said: step.said.slice(said.start, said.end), called },
  }
}

/** So many of the best matches tell what goods are called. */
const closelyLookedAt = 100

interface Asked {
  /** The noun that is asked for. */
  word: string
  vocabulary: FacetVocabulary
  lexicon: Lexicon
  /** The best matches of some words. */
  find: (text: string) => Promise<readonly Product[]>
}

/** At most this share of the titles that hold a word may call their product by it, where it names no goods. */
const mostCalled = 0.2
/** At least so many goods are called by the other name, */
const leastGoods = 2
/** and so many times as many as by the word. */
const leastAhead = 5
/** Words that may only be meant along with others are no other names: what is found for a general word. */
const leastWeight = 0.5

/**
 * What goods are called here that the language calls by the word that is asked for as well: notebook PCs, of "laptop", where only bags, locks
 * and keyboards have that word in their titles. The language's and the store's synonyms say what may be meant, and the catalog whether it is
 * so here: goods are called by the other name, hardly any by the word, and what goes with the one goes with the other. Null where the word is
 * what goods or a shelf are called.
 */
async function otherName({ word, vocabulary, lexicon, find }: Asked): Promise<string | null> {
  const compiled = compileVocabulary(vocabulary, lexicon)
  const stem = meaningOf(word, lexicon)
  const { synonyms } = lexicon
  const others = synonyms.substitutes([lexicon.stem(word)]).filter(({ weight }) => weight >= leastWeight)
  if (others.length === 0 || compiled.categoryWords.has(stem) || isProperty(stem, compiled)) return null
  const titled = (await find(word)).filter(({ title }) => contentStems(title, lexicon).includes(stem))
  const called = titled.filter((product) => isCalled(product, word, lexicon))
  if (titled.length === 0 || called.length > titled.length * mostCalled) return null
  let best: { name: string; goods: number } | null = null
  for (const { stems } of others) {
    const meanings = stems.map((one) => synonyms.meaning(one))
    const [only] = meanings
    // What stands for another word has another meaning as well; and what is only said of goods is no name of theirs.
    const isName = stems.length > 1 || (only === stems[0] && !isProperty(only ?? '', compiled))
    if (!isName || meanings.includes(stem)) continue
    const named = await find(stems.join(' '))
    const written = named.flatMap(({ title }) => phraseIn(title, meanings, lexicon) ?? [])
    const name = mostOften(written)
    const head = headOf(lexemesOf(name ?? ''), lexicon.language)?.word
    if (name === null || head === undefined) continue
    const goods = named.filter(
      (product) => phraseIn(product.title, meanings, lexicon) !== null && isCalled(product, head, lexicon),
    )
    if (goods.length < Math.max(leastGoods, called.length * leastAhead)) continue
    // Mounts "for 40 in. TVs" are no TVs, however titles are cut: most that name them have to be called so.
    if (goods.length * 2 < written.length) continue
    if (!goesAlike(stem, meanings[0] ?? '', titled, named, compiled, lexicon)) continue
    if (best === null || goods.length > best.goods) best = { name, goods: goods.length }
  }
  return best?.name ?? null
}

/** Words of a title by their meanings, one right behind the other, as it writes them; null where it does not hold them so. */
function phraseIn(title: string, meanings: readonly string[], lexicon: Lexicon): string | null {
  const said = lexemesOf(title)
  const at = said.findIndex((_, from) =>
    meanings.every((meaning, index) => meaningOf(said[from + index]?.word ?? '', lexicon) === meaning),
  )
  const [first, last] = [said[at], said[at + meanings.length - 1]]
  return first === undefined || last === undefined ? null : title.slice(first.start, last.end).toLowerCase()
}

/** The text that comes most often; null of none. */
function mostOften(texts: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** Whether a good third of what titles name right behind the one word they name behind the other as well: "laptop case" and "notebook case". */
function goesAlike(
  stem: string,
  other: string,
  titled: readonly Product[],
  named: readonly Product[],
  compiled: CompiledVocabulary,
  lexicon: Lexicon,
): boolean {
  const beside = new Set(namedBehind(other, [...titled, ...named], compiled, lexicon))
  const behind = namedBehind(stem, titled, compiled, lexicon)
  return behind.filter((one) => beside.has(one)).length * 3 > behind.length
}

/** What titles name right behind a word, as often as they do. */
function namedBehind(
  stem: string,
  products: readonly Product[],
  compiled: CompiledVocabulary,
  lexicon: Lexicon,
): string[] {
  const named: string[] = []
  for (const segment of products.flatMap(({ title }) => titleSegments(title))) {
    const said = lexemesOf(segment).map(({ word }) => meaningOf(word, lexicon))
    said.forEach((each, at) => {
      const next = said[at + 1]
      if (each === stem && next !== undefined && !isProperty(next, compiled) && !lexicon.isFunctionWord(next))
        named.push(next)
    })
  }
  return named
}
