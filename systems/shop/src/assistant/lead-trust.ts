import { logistic } from '@heavylift/core/math'
import type { Product } from '../domain/product.ts'
import { joinedNouns } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { leadWeights, trustedFrom } from './lead-weights.ts'
import { askedStems, listingStems } from './wishes.ts'
import { areForms } from './words.ts'

/** What is known of the first of what a search found, each 0–1. */
export interface LeadFeatures {
  /** Share of the words that are asked for which its listing says. */
  held: number
  /** The same, where words that few of what was found say count more. */
  heldRare: number
  /** Share of them that no listing shown says. */
  unsaid: number
  /** How much more of them it says than any other that is shown. */
  ahead: number
}

interface Led {
  said: string
  shown: readonly Product[]
  /** All that was looked at. */
  found: readonly Product[]
}

/** Null where nothing leads or the message says no word that a listing might. */
export function leadFeatures(
  { said, shown, found }: Led,
  { lexicon, currency }: { lexicon: Lexicon; currency: string },
): LeadFeatures | null {
  const [lead] = shown
  const asked = askedStems(said, found, { lexicon, currency })
  if (lead === undefined || asked.length === 0) return null
  const held = new Map(
    [...new Set([...found, ...shown])].map((product) => {
      const stems = listingStems(product, lexicon)
      return [product, asked.filter((stem) => says(stems, stem, lexicon))]
    }),
  )
  const of = (product: Product) => held.get(product) ?? []
  const share = (stems: readonly string[]) => stems.length / asked.length
  const rarity = (stem: string) =>
    1 + Math.log((1 + found.length) / (1 + found.filter((product) => of(product).includes(stem)).length))
  const sum = (stems: readonly string[]) => stems.reduce((all, stem) => all + rarity(stem), 0)
  const others = shown.slice(1).map((product) => share(of(product)))
  return {
    held: share(of(lead)),
    heldRare: sum(of(lead)) / sum(asked),
    unsaid: share(asked.filter((stem) => !shown.some((product) => of(product).includes(stem)))),
    ahead: others.length === 0 ? 0 : Math.max(0, share(of(lead)) - Math.max(...others)),
  }
}

/** How likely it is that the first of what was found is something of what was asked for, 0–1. */
export const trustIn = (features: LeadFeatures): number =>
  logistic(
    Object.entries(features).reduce(
      (sum: number, [name, value]: [string, number]) => sum + (leadWeights.weights[name] ?? 0) * value,
      leadWeights.bias,
    ),
  )

export const isTrusted = (features: LeadFeatures | null): boolean =>
  features === null || trustIn(features) >= trustedFrom

/** Shorter words stand within others by chance. */
const shortestPart = 4

/** Whether a listing says a word, another form of it or, in languages that write them as one, a word that it is part of. */
function says(stems: ReadonlySet<string>, stem: string, { language }: Lexicon): boolean {
  if (stems.has(stem)) return true
  const isJoined = joinedNouns[language.code] !== undefined
  for (const one of stems) {
    if (areForms(one, stem)) return true
    const [part, whole] = one.length < stem.length ? [one, stem] : [stem, one]
    if (isJoined && part.length >= shortestPart && (whole.endsWith(part) || whole.startsWith(part)))
      return true
  }
  return false
}
