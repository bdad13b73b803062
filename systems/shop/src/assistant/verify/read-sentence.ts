import { minorDigits } from '../money.ts'
import { functionWords, stem, words } from '../words.ts'
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
  const mentions = joinLists(findMentions(withoutMarks, base), withoutMarks)
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
      stem: stem(word.text),
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

/** Runs of words that name one product: two or more title words in a row, or a word that only its title holds. */
function findMentions(text: string, base: FactBase): Mention[] {
  const content = words(text).filter((word) => !functionWords.has(word.text))
  const mentions: Mention[] = []
  for (let i = 0; i < content.length;) {
    let best: { bases: ProductBase[]; length: number } | null = null
    for (const product of base.products) {
      const names = new Set(product.title)
      let length = 0
      let isDistinct = false
      while (i + length < content.length && names.has(stem(content[i + length]!.text))) {
        // A gap of other words ends the run.
        if (
          length > 0 &&
          !/^[\s\-'’",.&/]*(?:(?:and|of|the|for|with)\s+)?$/i.test(
            text.slice(content[i + length - 1]!.end, content[i + length]!.start),
          )
        )
          break
        isDistinct ||= product.distinctive.has(stem(content[i + length]!.text))
        length++
      }
      const isNamed = length >= 1 && isDistinct
      if (!isNamed) continue
      if (!best || length > best.length) best = { bases: [product], length }
      else if (length === best.length) best.bases.push(product)
    }
    if (best) {
      mentions.push({ bases: best.bases, start: content[i]!.start, end: content[i + best.length - 1]!.end })
      i += best.length
    } else i++
  }
  return mentions
}

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
