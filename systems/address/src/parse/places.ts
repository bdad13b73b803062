import { codes } from 'zipcodes'
import { stateNames } from '../gazetteer/states.ts'
import { isOneSlip } from './near-words.ts'
import { bareWord } from './tokenize.ts'

/** How a run of words is known as the name of a city. */
export type PlaceMatch = 'of-zip' | 'near-of-zip' | 'of-state' | 'any'

const wordsOf = (name: string) => name.split(/\s+/).map(bareWord)

/** Cities of the United States by their ZIP codes and states (npm `zipcodes`, from the government's public ZIP data). */
export class Places {
  readonly #ofZip = new Map<string, string[]>()
  readonly #ofState = new Map<string, Set<string>>()
  readonly #any = new Set<string>()

  constructor() {
    for (const { zip, city, state, country } of Object.values(codes)) {
      if (country !== 'US' || !stateNames.has(state)) continue
      const words = wordsOf(city)
      this.#ofZip.set(zip, words)
      const name = words.join(' ')
      const names = this.#ofState.get(state)
      if (names) names.add(name)
      else this.#ofState.set(state, new Set([name]))
      this.#any.add(name)
    }
  }

  /** The words of the city of a ZIP code, in capitals; null for an unknown code. */
  cityOfZip(zip: string): readonly string[] | null {
    return this.#ofZip.get(zip) ?? null
  }

  /** The longest run of words that ends before `end` (of at most five, none before `from`) and names a city, or null. */
  matchBefore(
    words: readonly string[],
    from: number,
    end: number,
    zip: string | null,
    state: string | null,
  ): { start: number; match: PlaceMatch } | null {
    const city = zip === null ? null : this.cityOfZip(zip)
    if (city && end - city.length >= from) {
      const start = end - city.length
      const given = words.slice(start, end)
      if (city.every((word, at) => word === given[at])) return { start, match: 'of-zip' }
      if (city.every((word, at) => isNear(word, given[at] as string))) return { start, match: 'near-of-zip' }
    }
    const names = state === null ? null : this.#ofState.get(state)
    for (let start = Math.max(from, end - 5); start < end; start++) {
      const name = words.slice(start, end).join(' ')
      if (names?.has(name)) return { start, match: 'of-state' }
      if (this.#any.has(name)) return { start, match: 'any' }
    }
    return null
  }
}

const abbreviated: Readonly<Record<string, string>> = {
  SAINT: 'ST',
  SAINTE: 'STE',
  FORT: 'FT',
  MOUNT: 'MT',
  NORTH: 'N',
  SOUTH: 'S',
  EAST: 'E',
  WEST: 'W',
  POINT: 'PT',
  HEIGHTS: 'HTS',
  SPRINGS: 'SPGS',
  BEACH: 'BCH',
}

function isNear(known: string, given: string): boolean {
  if (known === given || abbreviated[known] === given || abbreviated[given] === known) return true
  return known.length >= 3 && given.length >= 3 && isOneSlip(known, given)
}
