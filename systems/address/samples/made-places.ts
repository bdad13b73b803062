import type { Random } from '@heavylift/core'
import { codes } from 'zipcodes'
import { stateNames } from '../src/gazetteer/states.ts'
import {
  letter,
  madeName,
  number,
  oneOf,
  ordinal,
  ordinalNames,
  sometimes,
  streetNameOf,
} from './made-part.ts'
import type { Part } from './made-part.ts'
import {
  buildingEnds,
  companyEnds,
  companyTrades,
  companyWords,
  familyNames,
  givenNames,
  streetPhrases,
  streetWords,
} from './name-words.ts'

const cities = Object.values(codes).filter(({ country, state }) => country === 'US' && stateNames.has(state))

interface City {
  city: string
  state: string
  zip: string
}

function city(random: Random): City {
  const known = random.pick(cities)
  if (random.chance(0.12))
    return { ...known, city: random.chance(0.5) ? madeName(random) : streetNameOf(random) }
  // Near the city of another ZIP code of the state, as suburbs and neighbours are written.
  if (random.chance(0.12)) return { ...known, zip: known.zip.slice(0, 3) + number(random, 10, 99) }
  return known
}

export function zipOf(zip: string, random: Random): string {
  return random.chance(0.15) ? `${zip}-${number(random, 1, 9999).padStart(4, '0')}` : zip
}

export function lastLine(random: Random): Part[] {
  const place = city(random)
  const roll = random.next()
  const name = stateNames.get(place.state) ?? place.state
  const state = roll < 0.85 ? place.state : roll < 0.96 ? name : `${place.state[0]}.${place.state[1]}.`
  const zip = random.chance(0.02)
    ? ([
        [place.zip, 'ZipCode'],
        [number(random, 1000, 9999), 'ZipPlus4'],
      ] as Part[])
    : ([[zipOf(place.zip, random), 'ZipCode']] as Part[])
  return [
    [place.city, 'PlaceName'],
    ',',
    ...sometimes(random, 0.96, () => [[state, 'StateName']]),
    ...sometimes(random, 0.06, () => [',']),
    ...sometimes(random, 0.9, () => zip),
    ...sometimes(random, 0.03, () => [',', [oneOf(random, 'USA|US|United States|U.S.A.'), 'CountryName']]),
  ]
}

export function recipient(random: Random): Part[] {
  const person = () =>
    `${random.pick(givenNames)} ${random.chance(0.3) ? `${letter(random)}. ` : ''}${random.pick(familyNames)}`
  const company = () =>
    `${random.pick(companyWords)} ${random.chance(0.3) ? `${random.pick([...companyWords, ...familyNames])} ` : ''}` +
    `${random.pick(companyTrades)}${random.chance(0.5) ? ` ${random.pick(companyEnds)}` : ''}`
  const isCompany = random.chance(0.5)
  const before = random.chance(0.2) ? `${oneOf(random, 'Attn:|ATTN|Attention|c/o|C/O|Attn')} ` : ''
  const title = !isCompany && random.chance(0.15) ? `${oneOf(random, 'Mr|Mrs|Ms|Dr|Mr.')} ` : ''
  return [
    [before + title + (isCompany ? company() : person()), 'Recipient'],
    ',',
    ...sometimes(random, 0.12, () => [[`${oneOf(random, 'Attn:|c/o')} ${person()}`, 'Recipient'], ',']),
  ]
}

export function building(random: Random): Part[] {
  const first = random.chance(0.25) ? `${oneOf(random, 'One|1|Two|The|The')} ` : ''
  const name = random.chance(0.6)
    ? random.pick([...streetWords, ...companyWords])
    : random.pick(streetPhrases)
  return [[`${first}${name} ${random.pick(buildingEnds)}`, 'BuildingName'], ',']
}

export function unitName(random: Random): string {
  const n = (low: number, high: number) => number(random, low, high)
  return random.pick([
    n(1, 30),
    n(100, 999),
    n(1000, 3999),
    letter(random),
    n(1, 40) + letter(random),
    letter(random) + n(1, 30),
    `${letter(random)}-${n(1, 30)}`,
    `${n(1, 12)}-${n(1, 200)}`,
  ])
}

const unitTypes =
  'Apt|Apt.|Apartment|Suite|Suite|Ste|Ste.|Unit|Unit|Room|Rm|Rm.|Lot|Space|Spc|Floor|Fl|Trlr|Trailer|Slip|Dept|Hngr|Ofc|Office'

export function unit(random: Random): Part[] {
  const roll = random.next()
  const id: Part = [unitName(random), 'OccupancyIdentifier']
  if (roll < 0.58)
    return [
      [oneOf(random, unitTypes), 'OccupancyType'],
      ...sometimes(random, 0.08, () => [['#', 'OccupancyIdentifier']]),
      id,
    ]
  if (roll < 0.76) return [['#', 'OccupancyIdentifier'], id]
  if (roll < 0.82) return [id]
  if (roll < 0.88) {
    const floor = random.chance(0.7) ? ordinal(random.int(1, 40)) : oneOf(random, ordinalNames)
    return [
      [floor, 'OccupancyIdentifier'],
      [oneOf(random, 'Floor|Floor|Fl|Fl.|Flr'), 'OccupancyType'],
    ]
  }
  if (roll < 0.9)
    return [
      [oneOf(random, 'Lower|Upper|Ground|Main|Garden'), 'OccupancyIdentifier'],
      [oneOf(random, 'Level|Unit|Floor'), 'OccupancyType'],
    ]
  if (roll < 0.92)
    return [
      [oneOf(random, 'Penthouse|PH|Basement|Bsmt|Rear|Front|Lobby|Lbby|Frnt|Uppr|Lowr'), 'OccupancyType'],
    ]
  if (roll < 0.93)
    return [
      [oneOf(random, 'MC|MS|M/S|Mail Stop|Mailstop|MSC|M/C'), 'SubaddressType'],
      [unitName(random), 'SubaddressIdentifier'],
    ]
  return [
    [oneOf(random, 'Bldg|Bldg.|Building|Bld|Blg|Tower|Wing'), 'SubaddressType'],
    [unitName(random), 'SubaddressIdentifier'],
    ...sometimes(random, 0.5, () => [',', [oneOf(random, 'Suite|Ste|Apt|Unit|Rm'), 'OccupancyType'], id]),
  ]
}
