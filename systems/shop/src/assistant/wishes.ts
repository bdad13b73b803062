import type { Product } from '../domain/product.ts'
import { asksWhich } from '../language/asking.ts'
import { basesOf } from '../language/degrees.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { holdsKindOf } from '../language/joined.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { Language } from '../language/language.ts'
import { turnExamples } from '../language/turn-examples.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { negationScopes } from '../understand/negation.ts'
import { holdsOthers } from '../understand/forms.ts'
import { readQuery } from '../understand/reading.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { speaksOf, talkWords } from '../understand/turn-kind.ts'
import { isMisspelling } from '../understand/vocabulary.ts'
import { asksInUnit } from './dimensions.ts'
import { boundAt, keepsMeasure, measuresIn, statesMeasure } from './measure-wishes.ts'
import { namingText } from './naming-text.ts'
import { contentStems } from './words.ts'

/** Something that a message asks for and that filters nothing: a word, or a size with the word that says it is one. */
export interface Wish {
  /** As it was written. */
  said: string
  /** A size or a number that has to be reached: what keeps it stands before what holds another word. */
  isMust?: true
  readonly isHeldBy: (product: Product) => boolean
}

/** More words than these are talk. */
const mostWishes = 3
const shortestWord = 3

/**
 * What a message wishes besides what `covered` texts say (the kind of goods, constraints that hold): every word of content, since a
 * word that was dropped without a word is a wish that was not heard. Words that shoppers talk with count where they stand as a quality
 * does ("in grey", "white only") or where what is `found` is called so. None where there are too many: that is talk.
 */
export function wishesIn(
  message: string,
  covered: readonly string[],
  found: readonly Product[],
  { lexicon, currency }: { lexicon: Lexicon; currency: string },
): Wish[] {
  const { language } = lexicon
  const said = new Set(covered.flatMap((text) => contentStems(text.replaceAll('-', ' '), lexicon)))
  const talk = talkWords(language)
  const only = new Set(grammarOf(language.code).only.map((phrase) => fold(phrase)))
  const gifts = new Set(grammarOf(language.code).gift.map((phrase) => fold(phrase)))
  const isCalled = (stem: string) => found.some((product) => namingStems(product, lexicon).has(stem))
  const { tokens, free } = readQuery(message, currency, lexicon)
  const scopes = negationScopes(tokens, language)
  const asks = clausesThatAsk(tokens, said, lexicon)
  const isOfSomebody = ofSomebody(tokens, lexicon)
  const isCompared = asksWhich(message, language.code)
  const content = tokens.filter(({ kind, isContent }) => kind === 'word' && isContent)
  const wishes = new Map<string, Wish>()
  const measured = measuresIn(tokens, covered, lexicon)
  /** Where the word for what a limit counts stands. */
  const counted = new Set<number>()
  for (const [at, token] of tokens.entries()) {
    // What a price, an order or a phrase of asking says is heard; what is ruled out is no wish.
    if (free[at] !== true || (scopes[at] ?? -1) >= 0 || scopes.includes(at)) continue
    const before = tokens[at - 1]
    const next = tokens[at + 1]
    const measure = measured.find(({ from, to }) => from <= at && at < to)
    if (measure !== undefined) {
      const { form, number, limit, from, to } = measure
      const written = message.slice(tokens[from]?.start, tokens[to - 1]?.end)
      wishes.set(
        form ?? number,
        limit === null
          ? { said: written, isHeldBy: (product) => statesMeasure(product, form, number, lexicon) }
          : { said: written, isMust: true, isHeldBy: (product) => keepsMeasure(product, limit, lexicon) },
      )
      continue
    }
    // Centimetres are no wish of their own, nor is what they measure: "32 GB ram".
    if (token.unit !== null && before?.kind === 'number') continue
    if (
      before !== undefined &&
      tokens[at - 2]?.kind === 'number' &&
      asksInUnit(token.word, before.word, lexicon)
    )
      continue
    if (isOfSomebody(at)) continue
    // Nor is a pair or a pack of what is named after it.
    if (holdsOthers(token.stem) && next?.lead === 'made-of') continue
    const size = sizeAt(tokens, at)
    if (size !== null) {
      if (said.has(token.word)) continue
      const text = message.slice(size.start, token.end)
      wishes.set(token.word, {
        said: text,
        isMust: true,
        isHeldBy: (product) => statesSize(product, token.word, lexicon),
      })
      continue
    }
    const least = boundAt(message, tokens, at, lexicon)
    if (least !== null) {
      for (let between = 0; between < at; between++)
        if ((tokens[between]?.start ?? 0) >= least.start) wishes.delete(tokens[between]?.stem ?? '')
      wishes.set(token.word, { said: least.said, isMust: true, isHeldBy: least.isHeldBy })
      counted.add(at + 1)
      continue
    }
    if (counted.has(at)) continue
    const named = namedByNumber(tokens, at)
    if (named !== null) {
      counted.add(at + 1)
      if (asks(at) && !covered.some((text) => holdsName(text, named)))
        wishes.set(named, {
          said: message.slice(token.start, next?.end),
          isHeldBy: (product) => holdsName(`${namingText(product)} ${product.description}`, named),
        })
      continue
    }
    const coded = codedByNumber(tokens, at)
    if (coded !== null) {
      counted.add(at + 1)
      if (asks(at) && !covered.some((text) => fold(text).includes(coded)))
        wishes.set(coded, {
          said: message.slice(token.start, next?.end),
          isHeldBy: (product) => saysInOrder(namingText(product), coded.split(' ')),
        })
      continue
    }
    // "A 5-piece drum set" is of five pieces.
    if (token.kind === 'number' && next !== undefined && holdsOthers(next.stem)) {
      const { word } = token
      const { stem: unit } = next
      wishes.set(`${word} ${unit}`, {
        said: message.slice(token.start, next.end),
        isHeldBy: (product) => countsOf(product, lexicon).has(`${word} ${unit}`),
      })
      continue
    }
    // "iPhone 11" is none of 12.
    if (isModelNumber(tokens, at) && before !== undefined && asks(at) && !isOfSomebody(at - 1)) {
      const [stem] = contentStems(before.word, lexicon)
      wishes.set(`${before.word} ${token.word}`, {
        said: message.slice(before.start, token.end),
        isHeldBy: (product) => namesModel(product, stem ?? before.word, token.word, lexicon),
      })
      continue
    }
    if (token.kind !== 'word' || !token.isContent || token.isSizeWord || gifts.has(token.word)) continue
    if (before?.kind === 'number' && (token.joined || holdsOthers(token.stem))) continue
    const [stem] = contentStems(token.word, lexicon)
    const written = message.slice(token.start, token.end)
    // Whose it will be ("my mom's") is no word of a listing.
    if (stem === undefined || said.has(stem) || token.word.length < shortestWord || /['’]s?$/.test(written))
      continue
    const isQuality =
      before?.lead === 'in' ||
      before?.lead === 'with' ||
      before?.lead === 'made-of' ||
      only.has(before?.word ?? '') ||
      only.has(next?.word ?? '')
    // "Kettle?", and nothing else, is no talk.
    const isAlone = content.length === 1 && !speaksOf(token.word, ['narrow', 'cheaper', 'compare'], language)
    if (talk.has(token.word) && !isQuality && !isAlone && !isCalled(stem)) continue
    if (!isQuality && !asks(at)) continue
    wishes.set(stem, {
      said: message
        .slice(token.start, next?.isSizeWord && !next.breakBefore ? next.end : token.end)
        .toLowerCase(),
      isHeldBy: heldBy(stem, token.word, found, isCompared, lexicon),
    })
  }
  return wishes.size > mostWishes ? [] : [...wishes.values()]
}

/**
 * The words of content by which a message says what is wanted, by stem: none of a price, a phrase of asking, what is ruled out, or of whom
 * it is for, and words of talk only where some of what was `found` is named so.
 */
export function askedStems(
  message: string,
  found: readonly Product[],
  { lexicon, currency }: { lexicon: Lexicon; currency: string },
): string[] {
  const talk = talkWords(lexicon.language)
  const { tokens, free } = readQuery(message, currency, lexicon)
  const scopes = negationScopes(tokens, lexicon.language)
  const gifts = new Set(grammarOf(lexicon.language.code).gift.map((phrase) => fold(phrase)))
  const isOfSomebody = ofSomebody(tokens, lexicon)
  const asked = tokens.flatMap(({ kind, isContent, isSizeWord, word, unit }, at) => {
    // Titles write `55"` for "55 inch".
    if (unit !== null && tokens[at - 1]?.kind === 'number') return []
    const isRuledOut = (scopes[at] ?? -1) >= 0 || scopes.includes(at)
    const isWanted = kind === 'word' && isContent && !isSizeWord && free[at] === true && !isRuledOut
    if (!isWanted || gifts.has(word) || isOfSomebody(at)) return []
    const stems = contentStems(word, lexicon)
    return talk.has(word)
      ? stems.filter((stem) => found.some((product) => namingStems(product, lexicon).has(stem)))
      : stems
  })
  return [...new Set(asked)]
}

/** "4K", "7B": digits with letters right behind them that are no unit, which stand for one name. Null where there are none; "2nd" counts. */
function namedByNumber(tokens: readonly Token[], at: number): string | null {
  const [token, next] = [tokens[at], tokens[at + 1]]
  if (token?.kind !== 'number' || next?.kind !== 'word' || !next.joined || next.unit !== null) return null
  return /^(?!st$|nd$|rd$|th$|x$|s$)\p{L}{1,2}$/u.test(next.word) ? `${token.word}${next.word}` : null
}

/** "900 KT": a number and the letters of a model behind it. Null where there are none. */
function codedByNumber(tokens: readonly Token[], at: number): string | null {
  const [token, next] = [tokens[at], tokens[at + 1]]
  return token?.kind === 'number' &&
    /^\d{3,4}$/.test(token.word) &&
    next?.kind === 'word' &&
    next.isCapital &&
    next.word.length <= 3 &&
    next.unit === null &&
    !next.breakBefore &&
    !holdsOthers(next.stem)
    ? `${token.word} ${next.word}`
    : null
}

/** Whether a text says some words right behind one another. */
function saysInOrder(text: string, said: readonly string[]): boolean {
  const words = lexemesOf(text).map(({ word }) => word)
  return words.some((_, at) => said.every((word, index) => words[at + index] === word))
}

/** Whether a text holds a word as it is written, whatever its case. */
const holdsName = (text: string, name: string): boolean =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .includes(name)

/** Fewer letters leave a misspelt word to chance. */
const leastMisspelt = 5

/** Whether a listing holds a word; where none of those found does, what names them may hold what it was meant for ("weding"). */
function heldBy(
  stem: string,
  word: string,
  found: readonly Product[],
  isCompared: boolean,
  lexicon: Lexicon,
): (product: Product) => boolean {
  // What is of Teakholz is of Holz.
  const holds = (product: Product) => holdsKindOf(listingStems(product, lexicon), stem, lexicon.language.code)
  if (word.length < leastMisspelt || found.some(holds)) return holds
  // "The easiest" of some that are called easy.
  const base = basesOf(word, lexicon.language.code, isCompared)
    .flatMap((each) => contentStems(each, lexicon))
    .find((each) => found.some((product) => listingStems(product, lexicon).has(each)))
  if (base !== undefined) return (product) => listingStems(product, lexicon).has(base)
  const meant = found.flatMap((product) =>
    [...namingStems(product, lexicon)].filter(
      (other) => isMisspelling(stem, other) || isMisspelling(word, other),
    ),
  )
  if (meant.length === 0) return holds
  return (product) => meant.some((other) => listingStems(product, lexicon).has(other))
}

/** A number of up to four digits behind a word that it makes a name with, and before nothing that it counts or measures: "iphone 11". */
function isModelNumber(tokens: readonly Token[], at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  return (
    token?.kind === 'number' &&
    /^\d{1,4}$/.test(token.word) &&
    !token.breakBefore &&
    before?.kind === 'word' &&
    before.isContent &&
    !before.isSizeWord &&
    before.lead === null &&
    // "SSD 1 TB" measures.
    next?.unit == null &&
    (next === undefined || next.breakBefore || !next.isContent)
  )
}

/** Whether a listing, but for its prose, says a word and right after it a number. */
function namesModel(product: Product, stem: string, number: string, lexicon: Lexicon): boolean {
  const tokens = tokenize(namingText(product), lexicon)
  return tokens.some(
    ({ word }, at) => word === number && contentStems(tokens[at - 1]?.word ?? '', lexicon).includes(stem),
  )
}

/** A clause of more words of content than these tells something, where it does not name what is asked for. */
const shortClause = 2

/**
 * Which tokens stand in a clause that says what is wanted: the one that names the goods, or a short one ("teal?"). "My budget is a bit
 * limited" and "I wouldn't mind if there are better ones" tell of the shopper. A message of one clause is all about what is wanted.
 */
function clausesThatAsk(
  tokens: readonly Token[],
  said: ReadonlySet<string>,
  lexicon: Lexicon,
): (at: number) => boolean {
  const clauses: number[] = []
  for (const [at, token] of tokens.entries())
    clauses.push((clauses[at - 1] ?? 0) + (at > 0 && token.breakBefore ? 1 : 0))
  if (clauses.at(-1) === 0) return () => true
  const { price, budget } = grammarOf(lexicon.language.code)
  const money = new Set([...price, ...budget].map((phrase) => fold(phrase)))
  const ofMoney = new Set(tokens.flatMap(({ word }, at) => (money.has(word) ? [clauses[at] ?? 0] : [])))
  const naming = new Set<number>()
  const counts = new Map<number, number>()
  for (const [at, { word, kind, isContent }] of tokens.entries()) {
    const clause = clauses[at] ?? 0
    if (kind === 'word' && isContent) counts.set(clause, (counts.get(clause) ?? 0) + 1)
    if (contentStems(word, lexicon).some((stem) => said.has(stem))) naming.add(clause)
  }
  const tellers = tellersOf(lexicon.language)
  const told = new Set(
    tokens.flatMap(({ word }, at) =>
      clauses[at] !== clauses[at - 1] && tellers.has(word) ? [clauses[at] ?? 0] : [],
    ),
  )
  return (at) => {
    const clause = clauses[at] ?? 0
    const isShort = (counts.get(clause) ?? 0) <= shortClause
    return naming.has(clause) || (!ofMoney.has(clause) && !told.has(clause) && isShort)
  }
}

/**
 * Which tokens say who somebody is or what they do: "niece" of "for my niece", "loves" of "she loves lip gloss", "sister likes" of "my
 * sister likes lip gloss".
 */
function ofSomebody(tokens: readonly Token[], { language }: Lexicon): (at: number) => boolean {
  const grammar = grammarOf(language.code)
  const own = new Set(grammar.own.map((phrase) => fold(phrase)))
  const who = new Set(grammar.who.map((phrase) => fold(phrase)))
  const found = new Set<number>()
  const mark = (from: number, most: number): void => {
    for (let at = from; at < from + most && tokens[at]?.breakBefore === false; at++)
      if (endsPhrase(tokens[at])) return
      else found.add(at)
  }
  for (const [at, { word, breakBefore }] of tokens.entries()) {
    const begins = at === 0 || breakBefore
    if (own.has(word) && tokens[at - 1]?.lead === 'for') mark(at + 1, tokens.length)
    else if (begins && own.has(word)) mark(at + 1, 2)
    else if (begins && who.has(word)) mark(at + 1, 1)
  }
  return (at) => found.has(at)
}

const endsPhrase = (token: Token | undefined): boolean =>
  token === undefined || token.lead !== null || token.endsPhrase

const tellers = new WeakMap<Language, ReadonlySet<string>>()

/** Little words by which a clause begins that tells of somebody, by a language's examples: "she is turning 60". */
function tellersOf(language: Language): ReadonlySet<string> {
  const known = tellers.get(language)
  if (known) return known
  const first = turnExamples(language).flatMap(({ kind, text }) => {
    const word = kind === 'about' ? lexemesOf(text)[0]?.word : undefined
    return word !== undefined && language.isFunctionWord(word) ? word : []
  })
  const found = new Set(first)
  tellers.set(language, found)
  return found
}

/** Sizes that a message asks for. */
export function sizesIn(message: string, lexicon: Lexicon): Wish[] {
  const tokens = tokenize(message, lexicon)
  return tokens.flatMap(({ word, end }, at) => {
    const size = sizeAt(tokens, at)
    return size === null
      ? []
      : [
          {
            said: message.slice(size.start, end),
            isHeldBy: (product: Product) => statesSize(product, word, lexicon),
          },
        ]
  })
}

/** What a search asks for and none of these products states; empty where there are none. */
export function unmentionedIn(
  text: string,
  products: readonly Product[],
  words: { lexicon: Lexicon; currency: string },
): string[] {
  if (products.length === 0) return []
  return wishesIn(text, [], products, words)
    .filter(({ isHeldBy }) => !products.some(isHeldBy))
    .map(({ said }) => said)
}

/** "Size 43", "in XXL": what says that a number or a few capitals are a size, and where that begins; null where nothing does. */
function sizeAt(tokens: readonly Token[], at: number): { start: number } | null {
  const token = tokens[at]
  const before = tokens[at - 1]
  if (token === undefined || before === undefined || token.breakBefore) return null
  const isShort = token.kind === 'number' || (token.kind === 'word' && token.word.length <= 4)
  if (!isShort) return null
  if (before.isSizeWord && (token.kind === 'number' || /^(?:\d?x*[sml]|x+[sl])$/.test(token.word)))
    return { start: before.start }
  // "Do you have them in 41?"
  const isNumber =
    token.kind === 'number' && /^\d{1,2}(?:\.5)?$/.test(token.word) && tokens[at + 1] === undefined
  return before.lead === 'in' && (token.isCapital || isNumber) ? { start: token.start } : null
}

/** The counts that a listing names, by number and word: `5 piece` of "5-Piece Drum Set". */
function countsOf(product: Product, lexicon: Lexicon): Set<string> {
  const tokens = tokenize(`${namingText(product)} ${product.description}`, lexicon)
  return new Set(
    tokens.flatMap(({ kind, word }, at) => {
      const unit = tokens[at + 1]
      return kind === 'number' && unit !== undefined && holdsOthers(unit.stem) ? `${word} ${unit.stem}` : []
    }),
  )
}

/** Whether a value of a choice or an attribute is a size, or begins with it (`43`, `XL`, `EU 43`). */
function statesSize(product: Product, size: string, lexicon: Lexicon): boolean {
  const values = [
    ...Object.values(product.attributes).flat(),
    ...product.variants.flatMap(({ options }) => Object.values(options)),
  ]
  if (
    values.some((value) =>
      fold(value)
        .split(/[^\p{L}\p{N}.]+/u)
        // "EU40" is a 40.
        .some((part) => part === size || part.replace(/^\p{L}+(?=\d)/u, '') === size),
    )
  )
    return true
  const tokens = tokenize(`${product.title}. ${product.description}`, lexicon)
  return tokens.some(({ word }, at) => word === size && tokens[at - 1]?.isSizeWord === true)
}

const held = new WeakMap<Product, { lexicon: Lexicon; listing: Set<string>; naming: Set<string> }>()

function stemsOf(product: Product, lexicon: Lexicon): { listing: Set<string>; naming: Set<string> } {
  const known = held.get(product)
  if (known?.lexicon === lexicon) return known
  // "SPF50" names SPF.
  const apart = (text: string) =>
    // "Spider-Man" is Spiderman.
    `${text.replaceAll('-', ' ')} ${(text.match(/\p{L}{2,}(?=\d)/gu) ?? []).join(' ')} ${(text.match(/\p{L}{2,}-\p{L}{2,}/gu) ?? []).join(' ').replaceAll('-', '')}`
  const naming = contentStems(apart(namingText(product)), lexicon)
  const listing = [...naming, ...contentStems(apart(product.description), lexicon)]
  const found = { lexicon, listing: new Set(listing), naming: new Set(naming) }
  held.set(product, found)
  return found
}

/** The words of a whole listing, by stem. */
export const listingStems = (product: Product, lexicon: Lexicon): ReadonlySet<string> =>
  stemsOf(product, lexicon).listing

/** The same without its prose, which holds any word. */
export const namingStems = (product: Product, lexicon: Lexicon): ReadonlySet<string> =>
  stemsOf(product, lexicon).naming
