import type { FacetVocabulary } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Lexeme } from '../language/lexemes.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { nounFirst } from '../language/languages.ts'
import { headOf, titleNouns, titleSegments } from '../language/nouns.ts'
import { unitsOf } from '../language/units.ts'
import { isNoun, isProperty, qualitiesOf } from '../understand/nouns.ts'
import { talkWords } from '../understand/turn-kind.ts'
import { compileVocabulary, isStated } from '../understand/vocabulary.ts'
import type { CompiledVocabulary } from '../understand/vocabulary.ts'
import { callsItself } from './calls-itself.ts'
import { isCalled, substitutesOf } from './kind.ts'
import { isSlip } from './spelling.ts'
import { listingStems } from './wishes.ts'
import { contentStems, meaningOf, sentences } from './words.ts'

/** A kind of goods that nothing in the store is called by, and the nearest that it has. */
export interface NotListed {
  /** As the shopper wrote it. */
  what: string
  /** It may only say how something should be ("waterproof"), and no listing speaks of it. */
  isUnknown: boolean
  /** What most goods are called, the largest first; empty where titles do not tell, and beside `near`. */
  kinds: string[]
  /** Which of what was found speaks of it in its description, best first. */
  near: Product[]
}

interface Asked {
  message: string
  productType: string
  found: readonly Product[]
  /** What the shopper saw last. */
  inSight: readonly Product[]
  vocabulary: FacetVocabulary
  lexicon: Lexicon
  /** What a search for one word finds, and whether the search says that it is called so. */
  find: (text: string) => Promise<readonly { product: Product; isOfKind: boolean }[]>
}

const mostKinds = 3
/** Shorter words are units, sizes and names. */
const shortestNoun = 4
const leastOfKind = 2
/** Shorter words stand within others by chance. */
const shortestGlued = 6
/** So many of the largest kinds are looked at for those that titles know. */
const mostTried = 12

/**
 * What the store lists nothing of, though a message asks for it: neither a title, a shelf nor a value holds the noun, a compound of it or
 * a word that it may be a misspelling of, and no description calls its product so. Null wherever that is in doubt.
 */
export async function notListed(asked: Asked): Promise<NotListed | null> {
  const { lexicon, found } = asked
  const compiled = compileVocabulary(asked.vocabulary, lexicon)
  const measured = measuredIn(asked)
  const said = namingWords(asked, measured)
  const word = headOf(said, lexicon.language)?.word ?? ''
  const stem = meaningOf(word, lexicon)
  if (word.length < shortestNoun || !/^\p{L}+$/u.test(word)) return null
  // Words of talk are goods as well ("protein powder"), where nothing else is said.
  const isTalk = talkWords(lexicon.language).has(word)
  const isNameAlone = said.length > 1 && lexemesOf(asked.message).length === said.length
  if (isTalk && !isNameAlone) return null
  // "In 4000 Kelvin" measures, and names nothing.
  const before = lexemesOf(asked.message).find((_, at, all) => all[at + 1]?.word === word)
  if (before?.kind === 'number' || unitsOf(lexicon.language.code).has(word)) return null
  const named = askedFor(asked, word)
  // What is blue may be anything.
  const kind = said.filter((one) => !isProperty(meaningOf(one.word, lexicon), compiled))
  const what = named === null ? saidAlone(asked.message, word) : (phraseOf(kind, asked.message) ?? named)
  if (what === null) return null
  // "Wall oven combo", "a tile, carpet": another of its words may be what is asked for.
  const others = contentStems(asked.message, lexicon).filter((each) => each !== stem)
  const isCalledAnother = (each: string) =>
    compiled.nouns?.has(each) === true && found.some((product) => isCalled(product, each, lexicon))
  if (others.some(isCalledAnother)) return null
  // "A pan that works on induction": what is named in another phrase may be what is asked for.
  const apart = namedApart(asked, said)
  const isNamedIn = (title: string) =>
    contentStems(title, lexicon).some(
      (each) => apart.has(each) || [...apart].some((end) => end.length >= shortestNoun && each.endsWith(end)),
    )
  if (found.some(({ title }) => isNamedIn(title))) return null
  // "Cancels noise?" is asked of the headphones in sight, whose listing speaks of noise.
  const ownStems = new Set(said.map((one) => meaningOf(one.word, lexicon)))
  const beside = others.filter((each) => !ownStems.has(each) && !measured.has(each))
  if (asked.inSight.some((product) => beside.some((each) => listingStems(product, lexicon).has(each))))
    return null
  if (substitutesOf(word, lexicon).some((other) => compiled.nouns?.has(other) === true)) return null
  if (isStated(stem, compiled) || isCalledLike(word, stem, compiled, asked)) return null
  const hits = await asked.find(word)
  if (hits.some(({ isOfKind }) => isOfKind)) return null
  const products = [
    ...new Map([...found, ...hits.map(({ product }) => product)].map((one) => [one.id, one])).values(),
  ]
  const speaking = products.filter((product) => listingStems(product, lexicon).has(stem))
  if (
    products.some(
      (product) => namesItself(product, word, stem, lexicon) || callsItself(product, word, lexicon),
    )
  )
    return null
  // Nail polish is no kind of what some hair sticks polish.
  const stems = said.map((one) => meaningOf(one.word, lexicon))
  const near = speaking.filter((product) => stems.every((one) => listingStems(product, lexicon).has(one)))
  const kinds = near.length > 0 ? [] : await largestKinds(compiled, asked)
  return {
    what,
    isUnknown: named === null && near.length === 0,
    kinds: kinds.map((kind) => asWritten(kind, asked.vocabulary, lexicon)),
    near,
  }
}

/** Meanings of the words of content that stand before those of a type, or behind them after a break. */
function namedApart({ message, lexicon }: Asked, said: readonly Lexeme[]): ReadonlySet<string> {
  const all = lexemesOf(message)
  const isOfType = ({ word }: Lexeme) => said.some((one) => one.word === word)
  const from = all.findIndex(isOfType)
  const end = all.findIndex(({ breakBefore }, at) => at > from && breakBefore)
  const apart = all.filter((one, at) => !isOfType(one) && (at < from || (end !== -1 && at >= end)))
  return new Set(apart.flatMap(({ start, end: to }) => contentStems(message.slice(start, to), lexicon)))
}

/** Meanings of words that a number follows, and that may only measure: "sunscreen spf 50", "boots size 8". */
function measuredIn({ message, lexicon }: Asked): ReadonlySet<string> {
  const all = lexemesOf(message)
  return new Set(all.flatMap(({ word }, at) => (all[at + 1]?.kind === 'number' ? lexicon.meaning(word) : [])))
}

/** The words of a type that name goods. */
function namingWords({ productType, lexicon }: Asked, measured: ReadonlySet<string>): Lexeme[] {
  const said = lexemesOf(productType).filter(
    ({ kind, word }) => kind === 'word' && !lexicon.isFunctionWord(word),
  )
  const naming = said.filter(({ word }) => !measured.has(lexicon.meaning(word)))
  return naming.length > 0 ? naming : said
}

/** Words as a message writes them, from the first to the last; the first alone where others stand between. */
function phraseOf(said: readonly Lexeme[], message: string): string | null {
  const all = lexemesOf(message)
  const from = all.findIndex((_, at) => said.every((one, index) => all[at + index]?.word === one.word))
  const [first, last] = [all[from], all[from + said.length - 1]]
  return first === undefined || last === undefined ? null : message.slice(first.start, last.end)
}

/** A word as the message writes it, where it names what is wanted: "something sweet" and "waterproof" may only say how it should be. */
function askedFor({ message, productType, lexicon }: Asked, word: string): string | null {
  const said = lexemesOf(message).filter(({ kind }) => kind === 'word')
  const at = said.findIndex((one) => one.word === word)
  const found = said[at]
  if (found === undefined || /\b(?:something|anything)\b/i.test(message)) return null
  const isName = at > 0 || lexemesOf(productType).length > 1 || lexicon.meaning(word) !== word
  return isName ? message.slice(found.start, found.end) : null
}

/** A word that is all that a message says. */
function saidAlone(message: string, word: string): string | null {
  const [said, ...others] = lexemesOf(message).filter(({ kind }) => kind !== 'sign')
  return said?.word === word && others.length === 0 ? message.slice(said.start, said.end) : null
}

/** Whether goods are called by a word, one that is written with it, or one that it may be meant for. */
function isCalledLike(
  word: string,
  stem: string,
  { nouns }: CompiledVocabulary,
  { vocabulary, lexicon: { language } }: Asked,
): boolean {
  if (nouns === null) return true
  const isPartOf = [...nouns.keys()].some((noun) => {
    if (noun.includes(stem)) return true
    const isEnd = nounFirst.has(language.code) ? stem.startsWith(noun) : stem.endsWith(noun)
    return isEnd && noun.length >= 3 && stem.length - noun.length >= 2
  })
  return isPartOf || [...(vocabulary.nouns?.keys() ?? [])].some((form) => isSlip(word, form))
}

/** Whether a listing has a word in its title, maybe misspelled, in its shelves or values, or in the sentence that says what it is. */
function namesItself(product: Product, word: string, stem: string, lexicon: Lexicon): boolean {
  const naming = [
    product.title,
    ...product.categories,
    ...Object.values(product.attributes).flat(),
    ...product.variants.flatMap(({ options }) => Object.values(options)),
    sentences(product.description)[0] ?? '',
  ].join(' ')
  return (
    contentStems(naming, lexicon).some((each) => each.includes(stem)) ||
    lexemesOf(product.title).some((each) => isSlip(word, each.word)) ||
    // "Aloevera" is aloe vera.
    (word.length >= shortestGlued &&
      fold(product.title)
        .replaceAll(/[^\p{L}\p{N}]+/gu, '')
        .includes(word))
  )
}

function countedNouns(
  products: readonly Product[],
  compiled: CompiledVocabulary,
  lexicon: Lexicon,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const product of products) {
    const [called = ''] = titleSegments(product.title)
    const nouns = titleNouns(called, product.brand, lexicon.language, qualitiesOf(product, lexicon))
    const [first, ...others] = contentStems(called, lexicon)
    // What stands before a number is a phrase, too; what begins a title is whose it is ("Tarn 20 V drill").
    const isMaker = (noun: string) =>
      noun === first && others.length > 0 && !nounFirst.has(lexicon.language.code)
    for (const noun of new Set([...nouns].map((one) => meaningOf(one, lexicon))))
      if (isNoun(noun, compiled) && !isMaker(noun)) counts.set(noun, (counts.get(noun) ?? 0) + 1)
  }
  return counts
}

/** What most goods are called in their titles, and not by a shelf alone ("Uncategorized"). */
async function largestKinds(compiled: CompiledVocabulary, { find, lexicon }: Asked): Promise<string[]> {
  const nouns = [...(compiled.nouns ?? [])]
    .filter(([noun]) => isNoun(noun, compiled))
    .toSorted((a, b) => b[1].products - a[1].products)
    .map(([noun]) => noun)
  const kinds: string[] = []
  for (const noun of [...new Set([...surely(nouns, compiled), ...nouns])].slice(0, mostTried)) {
    const products = (await find(noun)).map(({ product }) => product)
    if ((countedNouns(products, compiled, lexicon).get(noun) ?? 0) >= leastOfKind) kinds.push(noun)
    if (kinds.length === mostKinds) break
  }
  return kinds
}

/** Those that shelves are called by as well, where there are such: titles end in series and places, too. */
function surely(nouns: readonly string[], { categoryWords }: CompiledVocabulary): string[] {
  const onShelves = nouns.filter((noun) => categoryWords.has(noun))
  return onShelves.length > 0 ? onShelves : [...nouns]
}

/** A noun as most of its titles write it. */
function asWritten(noun: string, { nouns }: FacetVocabulary, lexicon: Lexicon): string {
  const forms = [...(nouns ?? [])].filter(([form]) => meaningOf(form, lexicon) === noun)
  return forms.toSorted((a, b) => b[1].products - a[1].products)[0]?.[0] ?? noun
}
