import { createRandom } from '@heavylift/core/math'
import type { Product } from '../domain/product.ts'

/** A query with the one product that it was made from. */
export interface KnownItem {
  query: string
  productId: string
}

const openings = ['', '', '', 'Looking for a', 'Show me', 'I need a', 'do you have']
const units: [RegExp, string][] = [
  [/(\d)\s?cm\b/g, '$1 centimeters'],
  [/(\d)\s?mm\b/g, '$1 millimeters'],
  [/(\d)\s?(?:"|inch\b)/g, '$1 inches'],
  [/(\d)\s?kg\b/g, '$1 kilograms'],
  [/(\d)\s?g\b/g, '$1 grams'],
  [/(\d)\s?l\b/gi, '$1 liters'],
  [/(\d)\s?ml\b/gi, '$1 milliliters'],
  [/(\d)\s?w\b/gi, '$1 watts'],
]

/**
 * Queries that a shopper might type for products that they know: enough words of the title that no other title holds
 * them all, in some order, a stated value, now and then a misspelling, another number or another way to write a unit.
 * The same seed makes the same.
 */
export function knownItems(products: readonly Product[], count: number, seed: number): KnownItem[] {
  const generator = createRandom(seed)
  const random = () => generator.next()
  const titles = products.map(({ title }) => wordsOf(title))
  const holders = new Map<string, Set<number>>()
  titles.forEach((words, at) => {
    for (const word of words) {
      const known = holders.get(word.toLowerCase()) ?? new Set()
      holders.set(word.toLowerCase(), known.add(at))
    }
  })
  const isUnique = (words: readonly string[]): boolean => {
    const sets = words.map((word) => holders.get(word.toLowerCase()) ?? new Set<number>())
    const [rarest = new Set<number>(), ...others] = sets.toSorted((a, b) => a.size - b.size)
    let shared = 0
    for (const at of rarest) if (others.every((set) => set.has(at))) shared += 1
    return shared === 1
  }
  const step = Math.max(1, Math.floor(products.length / count))
  const found: KnownItem[] = []
  for (let at = 0; at < products.length && found.length < count; at += step) {
    const product = products[at] as Product
    const words = titles[at] ?? []
    let kept = words.filter(() => random() < 0.7)
    for (const word of words) if (!isUnique(kept) && !kept.includes(word)) kept = [...kept, word]
    if (isUnique(kept)) found.push({ query: asTyped(kept, product, random), productId: product.id })
  }
  return found
}

function wordsOf(title: string): string[] {
  return title.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

function asTyped(words: string[], product: Product, random: () => number): string {
  const kept = random() < 0.3 ? [...words.slice(1), ...words.slice(0, 1)] : words
  const values = [
    ...Object.values(product.attributes).flat(),
    ...Object.values(product.variants[0]?.options ?? {}),
  ].filter((value) => value !== 'yes' && value !== 'no')
  const stated = values[Math.floor(random() * values.length)]
  let text = kept.map((word) => (random() < 0.12 ? misspelt(word, random) : word)).join(' ')
  if (random() < 0.5) text = otherNumber(text)
  for (const [pattern, written] of units) if (random() < 0.5) text = text.replace(pattern, written)
  const opening = openings[Math.floor(random() * openings.length)] ?? ''
  const ending = stated !== undefined && random() < 0.5 ? ` in ${stated}` : ''
  return `${opening} ${text}${ending}`.trim().toLowerCase()
}

/** Leaves a letter out, doubles one, or swaps two, in words long enough to be known again. */
function misspelt(word: string, random: () => number): string {
  if (word.length < 5 || !/^\p{L}+$/u.test(word)) return word
  const at = 1 + Math.floor(random() * (word.length - 2))
  const kind = Math.floor(random() * 3)
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1)
  if (kind === 1) return word.slice(0, at) + word.slice(at, at + 1) + word.slice(at)
  return word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2)
}

/** Plural to singular or back, for the last word. */
function otherNumber(text: string): string {
  return /[^s]s$/.test(text) ? text.slice(0, -1) : /[a-z]$/.test(text) ? `${text}s` : text
}
