import type { Random } from '@heavylift/core'
import { stateNames } from '../src/gazetteer/states.ts'
import { streetSuffixes } from '../src/gazetteer/street-suffixes.ts'
import {
  direction,
  letter,
  madeName,
  number,
  oneOf,
  ordinal,
  ordinalNames,
  sometimes,
  streetNameOf,
  titled,
} from './made-part.ts'
import type { Part } from './made-part.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const commonTypes =
  'Street|Avenue|Road|Drive|Lane|Court|Boulevard|Place|Way|Circle|Terrace|Parkway|Trail|Highway|Square|Loop'
/** Types that buildings are called by too. */
const placeTypes = 'Center|Plaza|Park|Square|Mall|Commons|Village'
const allTypes = [...new Set(Array.from(streetSuffixes.values(), ({ name }) => titled(name)))]
const spellingsOf = new Map<string, string[]>()
for (const [spelling, { name }] of streetSuffixes)
  spellingsOf.set(name, [...(spellingsOf.get(name) ?? []), spelling])

function streetType(random: Random): string {
  const kind = random.next()
  const name =
    kind < 0.78 ? oneOf(random, commonTypes) : kind < 0.83 ? oneOf(random, placeTypes) : random.pick(allTypes)
  if (random.chance(0.5)) return name
  const known = name.toUpperCase()
  const spelling = random.chance(0.75)
    ? streetSuffixes.get(known)?.standard
    : random.pick(spellingsOf.get(known) ?? [name])
  return `${titled(spelling ?? name)}${random.chance(0.35) ? '.' : ''}`
}

export function houseNumber(random: Random): Part[] {
  const digits = random.pick([1, 2, 2, 3, 3, 3, 4, 4, 4, 5])
  const n = number(random, digits === 1 ? 1 : 10 ** (digits - 1), 10 ** digits - 1)
  const roll = random.next()
  if (roll < 0.85) return [[n, 'AddressNumber']]
  if (roll < 0.89) return [[n + oneOf(random, 'A|B|C|D|N|R|-A|-B'), 'AddressNumber']]
  if (roll < 0.92) return [[`${number(random, 1, 99)}-${number(random, 1, 999)}`, 'AddressNumber']]
  if (roll < 0.95)
    return [
      [n, 'AddressNumber'],
      [oneOf(random, '1/2|1/4|3/4|1/2'), 'AddressNumberSuffix'],
    ]
  if (roll < 0.97)
    return [
      [n, 'AddressNumber'],
      [oneOf(random, 'A|B|C|D|G|R'), 'AddressNumberSuffix'],
    ]
  if (roll < 0.98) return [[oneOf(random, 'One|Two|Three|Five|Ten'), 'AddressNumber']]
  const grid =
    letter(random, 'NSEW') + number(random, 1, 300) + letter(random, 'NSEW') + number(random, 1000, 29_999)
  return [[roll < 0.99 ? grid : `${n}-${Number(n) + random.int(1, 20)}`, 'AddressNumber']]
}

const roadTypes =
  'Highway|Hwy|Hwy.|Route|Rte|Rt|Rt.|State Highway|State Hwy|State Route|State Rte|State Road|State Rd|County Road|County Rd|Co Rd|Co. Rd.|Cnty Rd|' +
  'County Highway|County Hwy|US Highway|US Hwy|U.S. Highway|U.S. Hwy|US Route|US|SR|CR|FM|FM Road|Farm to Market Road|Farm to Market|Ranch Road|RM|' +
  'Interstate|I|Township Road|Twp Rd|SH|Business Highway|Loop|STATE Highway|STATE Hwy|STATE Route|NAME Highway'

function highway(random: Random): Part[] {
  const end = sometimes(random, 0.2, () => [[direction(random, false), 'StreetNamePostDirectional']])
  if (random.chance(0.06))
    return [[oneOf(random, 'I|I-|US|SR|CR|FM|SH|US-|SR-') + number(random, 1, 999), 'StreetName'], ...end]
  const type = oneOf(random, roadTypes)
    .replace('STATE', random.pick([...stateNames.keys()]))
    .replace('NAME', random.pick([...stateNames.values()]))
  const roll = random.next()
  const name =
    roll < 0.7
      ? number(random, 1, random.pick([99, 999, 2999]))
      : roll < 0.85
        ? number(random, 1, 99) + letter(random, 'ABEWNS')
        : letter(random) + (random.chance(0.5) ? letter(random) : '')
  return [
    ...sometimes(random, 0.06, () => [['Old', 'StreetNamePreModifier']]),
    [type, 'StreetNamePreType'],
    ...sometimes(random, 0.05, () => [[oneOf(random, 'No|No.|#'), 'StreetName']]),
    [name, 'StreetName'],
    ...end,
  ]
}

/** As the public sets label them: Via and Camino are types, the others are part of the name. */
function foreignStreet(random: Random): Part[] {
  const type = oneOf(random, 'Via|Camino|El Camino|Calle|Avenida|Paseo|Rue|Corte|Placita|Vista|Avenue de')
  const ends = 'de la Luz|del Sol|Real|Verde|de Oro|Las Flores|del Norte|Bonita|San Juan|Dumaine|Chartres'
  const rest = random.chance(0.7)
    ? oneOf(random, ends)
    : `${random.chance(0.5) ? 'de ' : ''}${madeName(random)}`
  const before = sometimes(random, 0.2, () => [[direction(random, false), 'StreetNamePreDirectional']])
  if (type === 'El Camino')
    return [...before, ['El', 'StreetNamePreModifier'], ['Camino', 'StreetNamePreType'], [rest, 'StreetName']]
  if (type === 'Via' || type === 'Camino')
    return [...before, [type, 'StreetNamePreType'], [rest, 'StreetName']]
  return [...before, [`${type} ${rest}`, 'StreetName']]
}

/** A grid as in Utah: `South 300 West`. */
function gridStreet(random: Random): Part[] {
  const hundreds = random.int(1, 99) * 100 + random.pick([0, 0, 25, 50])
  return [
    [direction(random, false), 'StreetNamePreDirectional'],
    [String(hundreds), 'StreetName'],
    [direction(random, false), 'StreetNamePostDirectional'],
  ]
}

export function street(random: Random): Part[] {
  const roll = random.next()
  if (roll < 0.1)
    return [
      ...sometimes(random, 0.15, () => [[direction(random, false), 'StreetNamePreDirectional']]),
      ...highway(random),
    ]
  if (roll < 0.115)
    return [
      [oneOf(random, 'Avenue|Ave|Ave.'), 'StreetNamePreType'],
      [letter(random, alphabet), 'StreetName'],
    ]
  if (roll < 0.125)
    return [
      ['Avenue', 'StreetNamePreType'],
      [`of the ${oneOf(random, 'Americas|Stars|Champions|Pines|Oaks|Giants')}`, 'StreetName'],
    ]
  if (roll < 0.14) return gridStreet(random)
  if (roll < 0.16) return foreignStreet(random)
  if (roll < 0.163)
    return [
      [`${number(random, 1, 99)}.${number(random, 1, 9)}`, 'StreetName'],
      [oneOf(random, 'Rd|Road'), 'StreetNamePostType'],
    ]
  const hasPre = random.chance(0.25)
  const parts: Part[] = hasPre ? [[direction(random), 'StreetNamePreDirectional']] : []
  if (roll < 0.36)
    parts.push([
      random.chance(0.12) ? oneOf(random, ordinalNames) : ordinal(random.int(1, random.pick([20, 99, 250]))),
      'StreetName',
    ])
  else if (roll < 0.37) parts.push([number(random, 1, 199), 'StreetName'])
  else if (roll < 0.39 && !hasPre) parts.push([letter(random, alphabet), 'StreetName'])
  else if (roll < 0.405 && !hasPre) parts.push([oneOf(random, 'North|South|East|West'), 'StreetName'])
  else if (roll < 0.42) parts.push([`Old ${streetNameOf(random)}`, 'StreetName'])
  else if (roll < 0.46) parts.push([`${streetNameOf(random)} ${random.pick(allTypes)}`, 'StreetName'])
  else parts.push([streetNameOf(random), 'StreetName'])
  if (random.chance(roll > 0.46 ? 0.06 : 0.015)) return parts
  parts.push([streetType(random), 'StreetNamePostType'])
  if (random.chance(0.01)) parts.push([oneOf(random, 'Ext|Extension|Ext.'), 'StreetNamePostModifier'])
  if (!hasPre && random.chance(0.17)) parts.push([direction(random), 'StreetNamePostDirectional'])
  return parts
}
