import type { Product } from '../../domain/product.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { minorDigits } from '../../domain/money.ts'
import { isFunctionWord, meaningOf, words } from '../words.ts'
import type { Word } from '../words.ts'
import type { FactBase, ProductBase } from './fact-base.ts'
import { numberOf } from './vocabulary.ts'

/** A word of a model's sentence, bound to the products that it speaks of. */
export interface Token {
  text: string
  stem: string
  start: number
  end: number
  /** Part of a product's name. */
  isName: boolean
  subjects: ProductBase[]
  number: number | null
}

/** An amount of money with the products that it is said of. */
export interface Amount {
  minor: number
  start: number
  end: number
  subjects: ProductBase[]
}

export interface ReadSentence {
  text: string
  tokens: Token[]
  amounts: Amount[]
  percents: { value: number; start: number; subjects: ProductBase[] }[]
  /** Products that it names, in order. */
  mentioned: ProductBase[]
  cites: number[]
}

interface Mention {
  bases: ProductBase[]
  start: number
  end: number
}

const moneyPattern =
  /(?:[$€£¥]|\b(?:USD|EUR|GBP)\s?)\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:USD|EUR|GBP|dollars?|euros?|pounds?|bucks|[€£])(?![\p{L}])/giu
const percentPattern = /(\d+(?:\.\d+)?)\s?(?:%|percent\b)/gi

/**
 * Reads a sentence: which products it names, and of which of them each word, amount and number is said. A word belongs
 * to the nearest name before it; words before the first name belong to that name; without a name, to what the sentence
 * before was about.
 */
export function readSentence(text: string, base: FactBase, carried: readonly ProductBase[]): ReadSentence {
  const withoutMarks = text.replaceAll(/\[\d+\]/g, (mark) => ' '.repeat(mark.length))
  const mentions = joinLists(findMentions(withoutMarks, base, carried), withoutMarks)
  const subjectsAt = (place: number): ProductBase[] => {
    const before = mentions.findLast((mention) => mention.start <= place)
    return (
      before?.bases ?? mentions[0]?.bases ?? (carried.length ? [...carried] : base.focus ? [base.focus] : [])
    )
  }
  const amounts = Array.from(withoutMarks.matchAll(moneyPattern), (match) => ({
    minor: Math.round(
      Number((match[1] ?? match[2] ?? '').replaceAll(',', '')) * 10 ** minorDigits(base.currency),
    ),
    start: match.index,
    end: match.index + match[0].length,
    subjects: subjectsAt(match.index),
  }))
  const percents = Array.from(withoutMarks.matchAll(percentPattern), (match) => ({
    value: Number(match[1]),
    start: match.index,
    end: match.index + match[0].length,
    subjects: subjectsAt(match.index),
  }))
  const taken = [...amounts, ...percents]
  const tokens = words(withoutMarks)
    .filter((word) => !taken.some((part) => word.start < part.end && word.end > part.start))
    .map((word) => ({
      ...word,
      stem: meaningOf(word.text, base.lexicon),
      isName: mentions.some((mention) => word.start >= mention.start && word.end <= mention.end),
      subjects: subjectsAt(word.start),
      number: numberOf(word.text),
    }))
  return {
    text,
    tokens,
    amounts,
    percents,
    mentioned: [...new Set(mentions.flatMap((mention) => mention.bases))],
    cites: Array.from(text.matchAll(/\[(\d+)\]/g), (match) => Number(match[1])),
  }
}

/**
 * Names of products: whole titles first, the longest first; then runs of title words that hold a word of the product's
 * own. A run that fits several products equally well speaks of all of them, so that what is said must hold for each.
 */
function findMentions(text: string, base: FactBase, carried: readonly ProductBase[]): Mention[] {
  const mentions: Mention[] = []
  let left = text
  for (const product of base.products.toSorted((a, b) => b.product.title.length - a.product.title.length)) {
    const title = product.product.title.toLowerCase()
    for (let at = left.toLowerCase().indexOf(title); at >= 0; at = left.toLowerCase().indexOf(title)) {
      mentions.push({ bases: [product], start: at, end: at + title.length })
      left = left.slice(0, at) + ' '.repeat(title.length) + left.slice(at + title.length)
    }
  }
  const content = words(left).filter((word) => !isFunctionWord(word.text))
  for (let i = 0; i < content.length;) {
    const runs = base.products
      .map((product) => ({ product, length: runLength(content, i, left, product, base.lexicon) }))
      .filter((run) => run.length > 0)
    const longest = Math.max(0, ...runs.map((run) => run.length))
    const first = content[i]
    const last = content[i + longest - 1]
    if (first && last && longest > 0) {
      const tied = runs.filter((run) => run.length === longest).map((run) => run.product)
      // "Its brand is Kestrel" goes on about the Kestrel of the sentence before.
      const known = tied.filter((product) => carried.includes(product))
      const bases = known.length ? known : tied
      mentions.push({ bases, start: first.start, end: last.end })
    }
    i += Math.max(1, longest)
  }
  return mentions.toSorted((a, b) => a.start - b.start)
}

/**
 * How many words from `from` on are title words of the product in a row; 0 without a word of its own among them. One word alone has to be written as in its name: a shirt "of
 * organic silk" names no Silk cream.
 */
function runLength(
  content: readonly Word[],
  from: number,
  text: string,
  product: ProductBase,
  lexicon: Lexicon,
): number {
  const names = new Set(product.title)
  let length = 0
  let isProper = false
  for (
    let word = content[from];
    word && names.has(meaningOf(word.text, lexicon));
    word = content[from + length]
  ) {
    const previous = content[from + length - 1]
    if (length > 0 && previous && !gap.test(text.slice(previous.end, word.start))) break
    isProper ||= product.proper.has(meaningOf(word.text, lexicon))
    length++
  }
  const first = content[from]
  if (length === 1 && first && !isWrittenIn(text.slice(first.start, first.end), product.product)) return 0
  return isProper ? length : 0
}

const isWrittenIn = (word: string, { title, brand }: Product): boolean =>
  title.includes(word) || brand?.includes(word) === true

/** What may stand between two words of a name. */
const gap = /^[\s\-'’",.&/()]*(?:(?:and|of|the|for|with|by|in|a)\s+)?$/i

/** "A and B", "A, B and C" speak of all of them together. */
function joinLists(mentions: Mention[], text: string): Mention[] {
  const joined: Mention[] = []
  for (const mention of mentions) {
    const before = joined.at(-1)
    if (
      before &&
      /^\s*(?:,|,?\s*and|,?\s*or|&)\s*(?:the\s+)?$/i.test(text.slice(before.end, mention.start))
    ) {
      before.bases = [...new Set([...before.bases, ...mention.bases])]
      before.end = mention.end
    } else joined.push({ ...mention, bases: [...mention.bases] })
  }
  return joined
}
