import type { Random } from '@heavylift/core'
import type { FineLabel } from '../src/domain/labels.ts'
import { directionals } from '../src/gazetteer/directionals.ts'
import { streetPhrases, streetWords, syllables } from './name-words.ts'

/** Words with one label: `['Main Street', 'StreetName']` are two pieces. `,` alone is a break that some writers leave out. */
export type Part = readonly [text: string, label: FineLabel] | ','

/** One of the texts between bars. */
export const oneOf = (random: Random, texts: string) => random.pick(texts.split('|'))
export const letter = (random: Random, letters = 'ABCDEFGHJK') =>
  letters.charAt(random.int(0, letters.length - 1))
export const number = (random: Random, low: number, high: number) => String(random.int(low, high))

/** Nothing, or with this probability what `make` gives. */
export const sometimes = (random: Random, probability: number, make: () => Part[]): Part[] =>
  random.chance(probability) ? make() : []

export const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/** A name that nobody has seen. */
export function madeName(random: Random): string {
  const { first, middle, last } = syllables
  return random.pick(first) + random.pick(middle) + random.pick(last)
}

/** What a street is called, without its type. */
export function streetNameOf(random: Random): string {
  const roll = random.next()
  if (roll < 0.5) return random.pick(streetWords)
  if (roll < 0.75) return random.pick(streetPhrases)
  if (roll < 0.9) return madeName(random)
  return `${random.pick(streetWords)} ${random.pick([...streetWords, madeName(random)])}`
}

export function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${tail}`
}

export const ordinalNames =
  'First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth'

export function direction(random: Random, isHalfPossible = true): string {
  const name = oneOf(
    random,
    isHalfPossible && random.chance(0.35)
      ? 'Northeast|Northwest|Southeast|Southwest'
      : 'North|South|East|West',
  )
  const short = directionals.get(name.toUpperCase()) ?? name
  const roll = random.next()
  if (roll < 0.4) return name
  if (roll < 0.75) return short
  return short.length === 1 || random.chance(0.5) ? `${short}.` : `${short[0]}.${short[1]}.`
}
