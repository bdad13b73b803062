import { directionals } from '../gazetteer/directionals.ts'
import { militaryStates, stateNames } from '../gazetteer/states.ts'
import { streetSuffixes } from '../gazetteer/street-suffixes.ts'
import { unitDesignators } from '../gazetteer/unit-designators.ts'
import {
  attentionWords,
  boxWords,
  buildingWords,
  businessWords,
  cityPrefixes,
  commonSuffixes,
  countryWords,
  generalDeliveryWords,
  militaryWords,
  numberWords,
  ordinalWords,
  postOfficeWords,
  roadWords,
  ruralWords,
  separatorWords,
} from '../gazetteer/word-lists.ts'
import { NearWords } from './near-words.ts'

/** Classes of a word, one bit each: its shape, and the gazetteers that know it. */
export const wordClass = {
  digits: 1 << 0,
  fiveDigits: 1 << 1,
  zipPlus4: 1 << 2,
  ordinal: 1 << 3,
  mixed: 1 << 4,
  hyphen: 1 << 5,
  fraction: 1 << 6,
  oneLetter: 1 << 7,
  directional: 1 << 8,
  suffix: 1 << 9,
  commonSuffix: 1 << 10,
  unit: 1 << 11,
  state: 1 << 12,
  stateWord: 1 << 13,
  box: 1 << 14,
  road: 1 << 15,
  rural: 1 << 16,
  postOffice: 1 << 17,
  military: 1 << 18,
  hash: 1 << 19,
  separator: 1 << 20,
  business: 1 << 21,
  numberWord: 1 << 22,
  attention: 1 << 23,
  /** Not a word of the list that gave the other bits, but one slip from one. */
  near: 1 << 24,
  short: 1 << 25,
  building: 1 << 26,
  cityPrefix: 1 << 27,
  country: 1 << 28,
  generalDelivery: 1 << 29,
} as const

const stateWords = new Set([...stateNames.values()].flatMap((name) => name.toUpperCase().split(' ')))

const lists: readonly [bit: number, words: { has(word: string): boolean }][] = [
  [wordClass.directional, directionals],
  [wordClass.suffix, streetSuffixes],
  [wordClass.commonSuffix, commonSuffixes],
  [wordClass.unit, unitDesignators],
  [wordClass.state, { has: (word) => stateNames.has(word) || militaryStates.has(word) }],
  [wordClass.stateWord, stateWords],
  [wordClass.box, boxWords],
  [wordClass.road, roadWords],
  [wordClass.rural, ruralWords],
  [wordClass.postOffice, postOfficeWords],
  [wordClass.military, militaryWords],
  [wordClass.separator, separatorWords],
  [wordClass.business, businessWords],
  [wordClass.numberWord, numberWords],
  [wordClass.ordinal, ordinalWords],
  [wordClass.attention, attentionWords],
  [wordClass.building, buildingWords],
  [wordClass.cityPrefix, cityPrefixes],
  [wordClass.country, countryWords],
  [wordClass.generalDelivery, generalDeliveryWords],
]

const nearWords = new NearWords([
  ...directionals.keys(),
  ...commonSuffixes,
  ...Array.from(streetSuffixes.values(), ({ name }) => name),
  ...unitDesignators.keys(),
  ...stateWords,
  ...generalDeliveryWords,
  'RURAL',
  'ROUTE',
  'COUNTY',
  'STATE',
  'INTERSTATE',
  'BOX',
  'POST',
  'OFFICE',
  'NUMBER',
])

function listBits(word: string): number {
  let bits = 0
  for (const [bit, words] of lists) if (words.has(word)) bits |= bit
  return bits
}

/** All classes of a bare word (see `bareWord`). */
export function classesOf(word: string): number {
  let bits = listBits(word)
  if (word === '#') bits |= wordClass.hash
  if (/^\d+$/.test(word)) {
    bits |= wordClass.digits
    if (word.length === 5) bits |= wordClass.fiveDigits
    if (word.length === 9) bits |= wordClass.zipPlus4
  } else if (/\d/.test(word)) {
    if (/^\d{5}-\d{4}$/.test(word)) bits |= wordClass.zipPlus4
    else if (/^\d+(ST|ND|RD|TH)$/.test(word)) bits |= wordClass.ordinal
    else if (/^\d+\/\d+$/.test(word)) bits |= wordClass.fraction
    else bits |= wordClass.mixed
  }
  if (word.includes('-')) bits |= wordClass.hyphen
  if (word.length === 1 && /\p{L}/u.test(word)) bits |= wordClass.oneLetter
  if (word.length <= 2) bits |= wordClass.short
  if (bits === 0 && word.length >= 4) {
    const near = nearWords.find(word)
    if (near) bits = listBits(near) | wordClass.near
  }
  return bits
}
