import { directionals } from '../gazetteer/directionals.ts'
import { stateNames } from '../gazetteer/states.ts'
import { streetSuffixes } from '../gazetteer/street-suffixes.ts'
import { unitDesignators } from '../gazetteer/unit-designators.ts'
import { commonSuffixes } from '../gazetteer/word-lists.ts'
import { NearWords } from '../parse/near-words.ts'
import { bareWord } from '../parse/tokenize.ts'
import type { StandardRule } from './rules.ts'

/** A standard form, and the rule that gave it where it is more than capitals without punctuation. */
export interface Standard {
  text: string
  rule?: StandardRule
}

/** Capitals; points only within numbers (`39.2`), no commas, quotes, brackets. */
export function plain(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/(?<!\d)\.|\.(?!\d)/g, '')
    .replaceAll(/[^\p{L}\p{N}.#&/ -]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** How two texts differ where one is only the other's plain form. */
export function plainRule(from: string, to: string): StandardRule | null {
  if (from === to) return null
  return from.toUpperCase() === to ? 'capitals' : 'punctuation'
}

export function directional(text: string): Standard {
  const word = bareWord(text).replaceAll(/\s/g, '')
  const short = directionals.get(word)
  return short === undefined
    ? { text: plain(text) }
    : { text: short, ...(short === word ? {} : { rule: 'directional' }) }
}

/** Of the usual suffixes alone: too many names of streets are near to the others. */
const nearSuffixes = new NearWords(commonSuffixes)

export function suffix(text: string): Standard {
  const word = plain(text)
  const known = streetSuffixes.get(word)
  if (known) return { text: known.standard, ...(known.standard === word ? {} : { rule: 'suffix' }) }
  const near = word.includes(' ') ? null : nearSuffixes.find(word)
  return near === null
    ? { text: word }
    : { text: streetSuffixes.get(near)?.standard ?? word, rule: 'suffix-slip' }
}

const roadWords: Readonly<Record<string, string>> = {
  HWY: 'HIGHWAY',
  HIWAY: 'HIGHWAY',
  HGHWY: 'HIGHWAY',
  RD: 'ROAD',
  RTE: 'ROUTE',
  RT: 'ROUTE',
  CNTY: 'COUNTY',
  CO: 'COUNTY',
  TWP: 'TOWNSHIP',
  I: 'INTERSTATE',
  CR: 'COUNTY ROAD',
  SR: 'STATE ROUTE',
  SH: 'STATE HIGHWAY',
  RM: 'RANCH TO MARKET',
  AVE: 'AVENUE',
  ST: 'STATE',
}

/** The type before a name: `CO RD` is `COUNTY ROAD`, `CA HWY` is `CALIFORNIA HIGHWAY`, `FARM TO MARKET ROAD` is `FM`. */
export function roadType(text: string): Standard {
  const words = plain(text).split(' ')
  const written = words
    .map((word, at) => {
      if (at === 0 && words.length > 1 && stateNames.has(word) && roadWords[word] === undefined)
        return (stateNames.get(word) ?? word).toUpperCase()
      // Alone, ST is a street or a saint.
      return (word === 'ST' && words.length === 1 ? undefined : roadWords[word]) ?? word
    })
    .join(' ')
    .replace(/^FARM (TO )?MARKET( ROAD)?$|^FM ROAD$/, 'FM')
    .replace(/^INTERSTATE HIGHWAY$/, 'INTERSTATE')
    .replace(/^U S /, 'US ')
  return { text: written, ...(written === words.join(' ') ? {} : { rule: 'highway' }) }
}

const numbers = 'ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE'.split(' ')

export function houseNumber(text: string): Standard {
  const word = plain(text)
  const value = numbers.indexOf(word)
  return value > 0 ? { text: String(value), rule: 'number-word' } : { text: word }
}

const nearUnits = new NearWords([...unitDesignators.keys()], 5)

export function unitDesignator(text: string): Standard {
  const word = plain(text)
  const known = unitDesignators.get(word) ?? unitDesignators.get(nearUnits.find(word) ?? '')
  return known
    ? { text: known.standard, ...(known.standard === word ? {} : { rule: 'unit' }) }
    : { text: word }
}

const abbreviations = new Map([...stateNames].map(([short, name]) => [name.toUpperCase(), short]))
const nearStates = new NearWords(abbreviations.keys())

export function state(text: string): Standard {
  const word = plain(text)
  const joined = word.replaceAll(' ', '')
  if (stateNames.has(joined)) return { text: joined }
  const short = abbreviations.get(word) ?? abbreviations.get(nearStates.find(word) ?? '')
  return short === undefined ? { text: word } : { text: short, rule: 'state' }
}

/** Of rural and contract routes: without leading zeros. */
export function routeNumber(text: string): string {
  return plain(text)
    .replaceAll('#', '')
    .trim()
    .replace(/^0+(?=\d)/, '')
}
