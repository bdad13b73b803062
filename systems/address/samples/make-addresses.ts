import type { Random } from '@heavylift/core'
import { codes } from 'zipcodes'
import type { LabelledAddress } from '../src/domain/labelled-address.ts'
import type { FineLabel } from '../src/domain/labels.ts'
import type { AddressForm } from '../src/domain/parsed-address.ts'
import { directionals } from '../src/gazetteer/directionals.ts'
import { stateNames } from '../src/gazetteer/states.ts'
import { streetSuffixes } from '../src/gazetteer/street-suffixes.ts'
import {
  buildingEnds,
  companyEnds,
  companyTrades,
  companyWords,
  familyNames,
  givenNames,
  landmarkEnds,
  streetPhrases,
  streetWords,
  syllables,
} from './name-words.ts'

/** Words with one label: `['Main Street', 'StreetName']` are two pieces. `,` alone is a break that some writers leave out. */
type Part = readonly [text: string, label: FineLabel] | ','

export interface MadeAddress extends LabelledAddress {
  form: AddressForm
}

const cities = Object.values(codes).filter(({ country, state }) => country === 'US' && stateNames.has(state))
const commonTypes =
  'Street Avenue Road Drive Lane Court Boulevard Place Way Circle Terrace Parkway Trail Highway Square Loop'.split(
    ' ',
  )
const allTypes = [...new Set(Array.from(streetSuffixes.values(), ({ name }) => name))]
const spellingsOf = new Map<string, string[]>()
for (const [spelling, { name }] of streetSuffixes)
  spellingsOf.set(name, [...(spellingsOf.get(name) ?? []), spelling])

const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

function madeName(random: Random): string {
  const { first, middle, last } = syllables
  return random.pick(first) + random.pick(middle) + random.pick(last)
}

export function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${tail}`
}

const ordinalNames =
  'First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth'.split(' ')

function streetType(random: Random): string {
  const name = random.chance(0.8) ? random.pick(commonTypes) : titled(random.pick(allTypes))
  if (random.chance(0.5)) return name
  const spelling = titled(
    random.chance(0.75)
      ? (streetSuffixes.get(name.toUpperCase())?.standard ?? name)
      : random.pick(spellingsOf.get(name.toUpperCase()) ?? [name]),
  )
  return random.chance(0.35) ? `${spelling}.` : spelling
}

function direction(random: Random, isHalfPossible = true): string {
  const names =
    isHalfPossible && random.chance(0.35)
      ? ['Northeast', 'Northwest', 'Southeast', 'Southwest']
      : ['North', 'South', 'East', 'West']
  const name = random.pick(names)
  const short = directionals.get(name.toUpperCase()) ?? name
  const roll = random.next()
  if (roll < 0.4) return name
  if (roll < 0.75) return short
  return short.length === 1 ? `${short}.` : random.pick([`${short}.`, `${short[0]}.${short[1]}.`])
}

const name = (random: Random): string => {
  const roll = random.next()
  if (roll < 0.5) return random.pick(streetWords)
  if (roll < 0.75) return random.pick(streetPhrases)
  if (roll < 0.9) return madeName(random)
  return `${random.pick(streetWords)} ${random.pick([...streetWords, madeName(random)])}`
}

function houseNumber(random: Random): Part[] {
  const digits = random.pick([1, 2, 2, 3, 3, 3, 4, 4, 4, 5])
  const n = String(random.int(digits === 1 ? 1 : 10 ** (digits - 1), 10 ** digits - 1))
  const roll = random.next()
  if (roll < 0.85) return [[n, 'AddressNumber']]
  if (roll < 0.89)
    return [[`${n}${random.pick(['A', 'B', 'C', 'D', 'N', 'R', '-A', '-B'])}`, 'AddressNumber']]
  if (roll < 0.92) return [[`${random.int(1, 99)}-${random.int(1, 999)}`, 'AddressNumber']]
  if (roll < 0.95)
    return [
      [n, 'AddressNumber'],
      [random.pick(['1/2', '1/4', '3/4', '1/2']), 'AddressNumberSuffix'],
    ]
  if (roll < 0.97)
    return [
      [n, 'AddressNumber'],
      [random.pick(['A', 'B', 'C', 'D', 'G', 'R']), 'AddressNumberSuffix'],
    ]
  if (roll < 0.98) return [[random.pick(['One', 'Two', 'Three', 'Five', 'Ten']), 'AddressNumber']]
  if (roll < 0.99)
    return [
      [
        `${random.pick('NSEW'.split(''))}${random.int(1, 300)}${random.pick('NSEW'.split(''))}${random.int(1000, 29_999)}`,
        'AddressNumber',
      ],
    ]
  return [[`${n}-${Number(n) + random.int(1, 20)}`, 'AddressNumber']]
}

function highway(random: Random): Part[] {
  const n = random.pick([
    String(random.int(1, 99)),
    String(random.int(100, 999)),
    String(random.int(1000, 2999)),
    `${random.int(1, 99)}${random.pick('ABEWNS'.split(''))}`,
    random.pick('ABCDEFGHJKM'.split('')) + random.pick(['', '', random.pick('ABCDEFK'.split(''))]),
  ])
  const type = random.pick([
    'Highway',
    'Hwy',
    'Hwy.',
    'Route',
    'Rte',
    'Rt',
    'Rt.',
    'State Highway',
    'State Hwy',
    'State Route',
    'State Rte',
    'State Road',
    'State Rd',
    'County Road',
    'County Rd',
    'Co Rd',
    'Co. Rd.',
    'Cnty Rd',
    'County Highway',
    'County Hwy',
    'US Highway',
    'US Hwy',
    'U.S. Highway',
    'U.S. Hwy',
    'US Route',
    'US',
    'SR',
    'CR',
    'FM',
    'FM Road',
    'Farm to Market Road',
    'Ranch Road',
    'RM',
    'Interstate',
    'I',
    'Township Road',
    'Twp Rd',
    'SH',
    `${random.pick([...stateNames.keys()])} Highway`,
    `${random.pick([...stateNames.keys()])} Hwy`,
    `${random.pick([...stateNames.keys()])} Route`,
    `${random.pick([...stateNames.values()])} Highway`,
    'Old Highway',
    'Old State Road',
    'Old US Highway',
  ])
  const parts: Part[] = []
  if (type.startsWith('Old '))
    parts.push(['Old', 'StreetNamePreModifier'], [type.slice(4), 'StreetNamePreType'])
  else parts.push([type, 'StreetNamePreType'])
  const roll = random.next()
  if (roll < 0.05) parts.push([random.pick(['No', 'No.', '#']), 'StreetName'])
  parts.push([n, 'StreetName'])
  if (random.chance(0.2)) parts.push([direction(random, false), 'StreetNamePostDirectional'])
  return parts
}

function street(random: Random): Part[] {
  const parts: Part[] = []
  const roll = random.next()
  if (roll < 0.1)
    return [
      ...(random.chance(0.15) ? ([[direction(random, false), 'StreetNamePreDirectional']] as Part[]) : []),
      ...highway(random),
    ]
  if (roll < 0.115)
    return [
      [random.pick(['Avenue', 'Ave', 'Ave.']), 'StreetNamePreType'],
      [random.pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')), 'StreetName'],
    ]
  if (roll < 0.125)
    return [
      ['Avenue', 'StreetNamePreType'],
      [`of the ${random.pick(['Americas', 'Stars', 'Champions', 'Pines', 'Oaks', 'Giants'])}`, 'StreetName'],
    ]
  if (roll < 0.14) {
    const n = (from: number) => String(random.int(from, 99) * 100 + random.pick([0, 0, 25, 50]))
    return [
      [direction(random, false), 'StreetNamePreDirectional'],
      [n(1), 'StreetName'],
      [direction(random, false), 'StreetNamePostDirectional'],
    ]
  }
  if (roll < 0.16) {
    const type = random.pick([
      'Via',
      'Camino',
      'Calle',
      'Avenida',
      'Paseo',
      'Rue',
      'Corte',
      'Avenida',
      'Placita',
    ])
    return [
      [type, 'StreetNamePreType'],
      [
        random.pick([
          'de la Luz',
          'del Sol',
          'Real',
          'Verde',
          'de Oro',
          'Las Flores',
          'del Norte',
          'Bonita',
          'San Juan',
          'Dumaine',
          'Chartres',
          madeName(random),
          'de ' + madeName(random),
        ]),
        'StreetName',
      ],
    ]
  }
  const hasPre = random.chance(0.25)
  if (hasPre) parts.push([direction(random), 'StreetNamePreDirectional'])
  if (roll < 0.36)
    parts.push([
      random.chance(0.12) ? random.pick(ordinalNames) : ordinal(random.int(1, random.pick([20, 99, 250]))),
      'StreetName',
    ])
  else if (roll < 0.37) parts.push([String(random.int(1, 199)), 'StreetName'])
  else if (roll < 0.39 && !hasPre)
    parts.push([random.pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')), 'StreetName'])
  else if (roll < 0.405 && !hasPre)
    parts.push([random.pick(['North', 'South', 'East', 'West']), 'StreetName'])
  else if (roll < 0.42) parts.push(['Old', 'StreetNamePreModifier'], [name(random), 'StreetName'])
  else if (roll < 0.46) parts.push([`${name(random)} ${titled(random.pick(allTypes))}`, 'StreetName'])
  else parts.push([name(random), 'StreetName'])
  if (random.chance(roll > 0.46 ? 0.06 : 0.015)) return parts
  parts.push([streetType(random), 'StreetNamePostType'])
  if (random.chance(0.01)) parts.push([random.pick(['Ext', 'Extension', 'Ext.']), 'StreetNamePostModifier'])
  if (!hasPre && random.chance(0.17)) parts.push([direction(random), 'StreetNamePostDirectional'])
  return parts
}

function unitName(random: Random): string {
  return random.pick([
    String(random.int(1, 30)),
    String(random.int(100, 999)),
    String(random.int(1000, 3999)),
    random.pick('ABCDEFGHJK'.split('')),
    `${random.int(1, 40)}${random.pick('ABCDEF'.split(''))}`,
    `${random.pick('ABCDEFGH'.split(''))}${random.int(1, 30)}`,
    `${random.pick('ABCDEFGH'.split(''))}-${random.int(1, 30)}`,
    `${random.int(1, 12)}-${random.int(1, 200)}`,
  ])
}

function unit(random: Random): Part[] {
  const roll = random.next()
  const id = unitName(random)
  if (roll < 0.58) {
    const type = random.pick([
      'Apt',
      'Apt.',
      'Apartment',
      'Suite',
      'Suite',
      'Ste',
      'Ste.',
      'Unit',
      'Unit',
      'Room',
      'Rm',
      'Rm.',
      'Lot',
      'Space',
      'Spc',
      'Floor',
      'Fl',
      'Trlr',
      'Slip',
      'Dept',
      'Hngr',
      'Ofc',
      'Office',
    ])
    return random.chance(0.08)
      ? [
          [type, 'OccupancyType'],
          ['#', 'OccupancyIdentifier'],
          [id, 'OccupancyIdentifier'],
        ]
      : [
          [type, 'OccupancyType'],
          [id, 'OccupancyIdentifier'],
        ]
  }
  if (roll < 0.76)
    return [
      ['#', 'OccupancyIdentifier'],
      [id, 'OccupancyIdentifier'],
    ]
  if (roll < 0.82) return [[id, 'OccupancyIdentifier']]
  if (roll < 0.88)
    return [
      [random.chance(0.7) ? ordinal(random.int(1, 40)) : random.pick(ordinalNames), 'OccupancyIdentifier'],
      [random.pick(['Floor', 'Floor', 'Fl', 'Fl.', 'Flr']), 'OccupancyType'],
    ]
  if (roll < 0.9)
    return [
      [random.pick(['Lower', 'Upper', 'Ground', 'Main', 'Garden']), 'OccupancyIdentifier'],
      [random.pick(['Level', 'Unit', 'Floor']), 'OccupancyType'],
    ]
  if (roll < 0.92)
    return [
      [
        random.pick([
          'Penthouse',
          'PH',
          'Basement',
          'Bsmt',
          'Rear',
          'Front',
          'Lobby',
          'Lbby',
          'Frnt',
          'Uppr',
          'Lowr',
        ]),
        'OccupancyType',
      ],
    ]
  if (roll < 0.93)
    return [
      [random.pick(['MC', 'MS', 'M/S', 'Mail Stop', 'Mailstop', 'MSC', 'M/C']), 'SubaddressType'],
      [id, 'SubaddressIdentifier'],
    ]
  const building: Part[] = [
    [random.pick(['Bldg', 'Bldg.', 'Building', 'Bld', 'Blg', 'Tower', 'Wing']), 'SubaddressType'],
    [unitName(random), 'SubaddressIdentifier'],
  ]
  if (random.chance(0.5))
    building.push(
      ',',
      [random.pick(['Suite', 'Ste', 'Apt', 'Unit', 'Rm']), 'OccupancyType'],
      [id, 'OccupancyIdentifier'],
    )
  return building
}

interface City {
  city: string
  state: string
  zip: string
}

function city(random: Random): City {
  const known = random.pick(cities)
  if (random.chance(0.12)) return { ...known, city: random.chance(0.5) ? madeName(random) : name(random) }
  // The city of another ZIP code of the state, as suburbs and neighbours are written.
  if (random.chance(0.12)) return { ...known, zip: `${known.zip.slice(0, 3)}${random.int(10, 99)}` }
  return known
}

function zipOf(zip: string, random: Random): string {
  return random.chance(0.15) ? `${zip}-${String(random.int(1, 9999)).padStart(4, '0')}` : zip
}

const zipEnd = (parts: readonly Part[]): string => parts.at(-1)?.[0] ?? ''

function lastLine(random: Random): Part[] {
  const place = city(random)
  const parts: Part[] = [[place.city, 'PlaceName'], ',']
  const roll = random.next()
  const stateName = stateNames.get(place.state) ?? place.state
  const state = roll < 0.85 ? place.state : roll < 0.96 ? stateName : `${place.state[0]}.${place.state[1]}.`
  if (!random.chance(0.04)) parts.push([state, 'StateName'])
  if (random.chance(0.06)) parts.push(',')
  if (!random.chance(0.1)) {
    parts.push([zipOf(place.zip, random), 'ZipCode'])
    if (random.chance(0.02) && /^\d{5}$/.test(zipEnd(parts)))
      parts.push([String(random.int(1000, 9999)), 'ZipPlus4'])
  }
  if (random.chance(0.03))
    parts.push(',', [random.pick(['USA', 'US', 'United States', 'U.S.A.']), 'CountryName'])
  return parts
}

function recipient(random: Random): Part[] {
  const person = `${random.pick(givenNames)} ${random.chance(0.3) ? `${random.pick('ABCDEFGHJKLMRSTW'.split(''))}. ` : ''}${random.pick(familyNames)}`
  const company = `${random.pick(companyWords)} ${random.chance(0.3) ? `${random.pick([...companyWords, ...familyNames])} ` : ''}${random.pick(companyTrades)}${random.chance(0.5) ? ` ${random.pick(companyEnds)}` : ''}`
  const roll = random.next()
  const who = roll < 0.5 ? company : person
  const before = random.chance(0.2)
    ? `${random.pick(['Attn:', 'ATTN', 'Attention', 'c/o', 'C/O', 'Attn', '% ']).trim()} `.replace(
        '% ',
        'c/o ',
      )
    : ''
  const title = roll >= 0.5 && random.chance(0.15) ? `${random.pick(['Mr', 'Mrs', 'Ms', 'Dr', 'Mr.'])} ` : ''
  const parts: Part[] = [[`${before}${title}${who}`, 'Recipient'], ',']
  if (random.chance(0.12)) parts.push([`${random.pick(['Attn:', 'c/o'])} ${person}`, 'Recipient'], ',')
  return parts
}

function building(random: Random): Part[] {
  const first = random.chance(0.3) ? `${random.pick(['One', '1', '2', 'Two', 'The'])} ` : ''
  return [
    [
      `${first}${random.chance(0.6) ? random.pick([...streetWords, ...companyWords]) : random.pick(streetPhrases)} ${random.pick(buildingEnds)}`,
      'BuildingName',
    ],
    ',',
  ]
}

const boxNumber = (random: Random) =>
  random.pick([
    String(random.int(1, 99)),
    String(random.int(100, 9999)),
    String(random.int(10_000, 999_999)),
    random.pick('ABCDXYZ'.split('')),
    `${random.int(1, 99)}-${random.pick('ABC'.split(''))}`,
    `${random.int(1, 999)}${random.pick('ABC'.split(''))}`,
  ])

function poBox(random: Random): Part[] {
  const type = random.pick([
    'PO Box',
    'PO BOX',
    'P.O. Box',
    'P.O. Box',
    'P O Box',
    'P. O. Box',
    'P.O.Box',
    'POB',
    'PO',
    'Post Office Box',
    'Box',
    'Caller',
    'PO Drawer',
    'Drawer',
    'Lockbox',
    'PO Bx',
    'Bin',
  ])
  const hash = random.chance(0.08) ? ([['#', 'USPSBoxID']] as Part[]) : []
  return [[type, 'USPSBoxType'], ...hash, [boxNumber(random), 'USPSBoxID']]
}

function ruralRoute(random: Random, isContract: boolean): Part[] {
  const type = isContract
    ? random.pick([
        'HC',
        'HC',
        'HCR',
        'Highway Contract',
        'Highway Contract Route',
        'Star Route',
        'Star Rte',
        'HC Route',
        'HC Rte',
        'H C',
      ])
    : random.pick([
        'RR',
        'RR',
        'R.R.',
        'R R',
        'RFD',
        'RD',
        'Rural Route',
        'Rural Rte',
        'Rt',
        'Rt.',
        'Route',
        'RFD Route',
        'Rural Rt',
      ])
  const id = random.pick([
    String(random.int(1, 9)),
    String(random.int(10, 99)),
    String(random.int(1, 9)).padStart(2, '0'),
    String(random.int(100, 200)).padStart(3, '0'),
  ])
  const hash = random.chance(0.15) ? ([['#', 'USPSBoxGroupID']] as Part[]) : []
  const box = random.pick([
    String(random.int(1, 9999)),
    `${random.int(1, 99)}${random.pick('ABCD'.split(''))}`,
    `${random.int(1, 99)}-${random.pick('ABCD'.split(''))}`,
  ])
  const boxHash = random.chance(0.1) ? ([['#', 'USPSBoxID']] as Part[]) : []
  const parts: Part[] = [[type, 'USPSBoxGroupType'], ...hash, [id, 'USPSBoxGroupID']]
  if (random.chance(0.3)) parts.push(',')
  parts.push([random.pick(['Box', 'BOX', 'Box', 'Bx']), 'USPSBoxType'], ...boxHash, [box, 'USPSBoxID'])
  return parts
}

function military(random: Random): Part[] {
  const [state, zip3s] = random.pick([
    ['AE', ['090', '091', '092', '094', '095', '096', '097', '098']],
    ['AP', ['962', '963', '964', '965', '966']],
    ['AA', ['340']],
  ] as const)
  const kind = random.pick(['APO', 'APO', 'FPO', 'DPO'])
  const n = String(random.int(1, 9999))
  const box = String(random.int(1, 9999))
  const roll = random.next()
  const first: Part[] =
    kind === 'FPO' && roll < 0.3
      ? [
          [random.pick(['USS', 'USCGC', 'USNS']), 'USPSBoxGroupType'],
          [
            random.pick([
              'Hamilton',
              'Enterprise',
              'Nimitz',
              'John Paul Jones',
              'Ronald Reagan',
              'Mercy',
              'Comfort',
              madeName(random),
            ]),
            'USPSBoxGroupID',
          ],
        ]
      : [
          [kind === 'DPO' ? 'Unit' : random.pick(['PSC', 'CMR', 'Unit', 'UMR']), 'USPSBoxGroupType'],
          [n, 'USPSBoxGroupID'],
          ...(random.chance(0.3) ? ([','] as Part[]) : []),
          ...(random.chance(0.92)
            ? ([
                ['Box', 'USPSBoxType'],
                [box, 'USPSBoxID'],
              ] as Part[])
            : []),
        ]
  return [
    ...first,
    ',',
    [kind, 'PlaceName'],
    ...(random.chance(0.4) ? ([','] as Part[]) : []),
    [state, 'StateName'],
    [zipOf(`${random.pick(zip3s)}${random.int(10, 99)}`, random), 'ZipCode'],
  ]
}

const urbanizations = [
  'Las Gladiolas',
  'Royal Oak',
  'Villa Carolina',
  'Las Lomas',
  'El Vigia',
  'Caparra Heights',
  'Los Angeles',
  'Santa Rosa',
  'Puerto Nuevo',
  'Jardines de Arecibo',
  'Monte Verde',
  'Bella Vista',
  'San Gerardo',
  'Alturas de Rio Grande',
]
const puertoRicanTowns: readonly (readonly [town: string, zip: string])[] = [
  ['San Juan', '00926'],
  ['Ponce', '00731'],
  ['Bayamon', '00961'],
  ['Carolina', '00985'],
  ['Caguas', '00725'],
  ['Arecibo', '00612'],
  ['Mayaguez', '00680'],
  ['Guaynabo', '00969'],
  ['Humacao', '00791'],
  ['Rio Grande', '00745'],
]

function puertoRico(random: Random): Part[] {
  const street: Part[] = random.chance(0.7)
    ? [
        [
          random.pick([
            String(random.int(1, 999)),
            `${random.pick('ABCDEFG'.split(''))}${random.int(1, 40)}`,
            `${random.pick('ABCDEFG'.split(''))}-${random.int(1, 40)}`,
          ]),
          'AddressNumber',
        ],
        [
          random.pick(['Calle', 'Calle', 'Avenida', 'Ave', 'Paseo', 'Camino', 'Carr', 'Via']),
          'StreetNamePreType',
        ],
        [
          random.pick([
            String(random.int(1, 40)),
            random.pick('ABCDEFGH'.split('')),
            'Amapola',
            'Luna',
            'Del Parque',
            'San Jorge',
            'Los Robles',
            'Hucar',
            madeName(random),
          ]),
          'StreetName',
        ],
      ]
    : [
        [String(random.int(1, 999)), 'AddressNumber'],
        [name(random), 'StreetName'],
        [streetType(random), 'StreetNamePostType'],
      ]
  const [town, zip] = random.pick(puertoRicanTowns)
  return [
    [random.pick(['URB', 'Urb', 'Urb.', 'Urbanizacion', 'URB']), 'SubaddressType'],
    [random.pick(urbanizations), 'SubaddressIdentifier'],
    ',',
    ...street,
    ',',
    [town, 'PlaceName'],
    ...(random.chance(0.6) ? ([','] as Part[]) : []),
    [random.chance(0.85) ? 'PR' : 'Puerto Rico', 'StateName'],
    [zipOf(zip, random), 'ZipCode'],
  ]
}

const streetAddress = (random: Random): Part[] => {
  const parts: Part[] = []
  if (random.chance(0.06)) parts.push(...recipient(random))
  if (random.chance(0.03)) parts.push(...building(random))
  if (!random.chance(0.05)) parts.push(...houseNumber(random))
  parts.push(...street(random))
  if (random.chance(0.24)) parts.push(',', ...unit(random))
  if (random.chance(0.02))
    parts.push(
      ',',
      [random.pick(['PMB', 'Pmb']), 'SubaddressType'],
      [String(random.int(1, 9999)), 'SubaddressIdentifier'],
    )
  if (random.chance(0.02)) parts.push(',', ...building(random).slice(0, 1))
  if (random.chance(0.8)) parts.push(',', ...lastLine(random))
  // A unit in front, as people from elsewhere write it.
  return random.chance(0.01)
    ? [
        [random.pick(['Apt', 'Suite', 'Unit', 'Ste']), 'OccupancyType'],
        [unitName(random), 'OccupancyIdentifier'],
        ',',
        ...parts,
      ]
    : parts
}

const makers: Readonly<Partial<Record<AddressForm, (random: Random) => Part[]>>> = {
  street: streetAddress,
  intersection: (random) => [
    ...(random.chance(0.12)
      ? ([[random.pick(['Corner of', 'NE corner of', 'Jct']), 'CornerOf']] as Part[])
      : []),
    ...street(random),
    [random.pick(['&', 'and', 'at', 'AND', '&']), 'IntersectionSeparator'],
    ...street(random),
    ...(random.chance(0.7) ? [',' as const, ...lastLine(random)] : []),
  ],
  'po-box': (random) => [
    ...(random.chance(0.12) ? recipient(random) : []),
    ...(random.chance(0.08) ? [...houseNumber(random), ...street(random), ',' as const] : []),
    ...poBox(random),
    ...(random.chance(0.85) ? [',' as const, ...lastLine(random)] : []),
  ],
  'private-mailbox': (random) => [
    ...(random.chance(0.3) ? recipient(random) : []),
    ...houseNumber(random),
    ...street(random),
    ',',
    ...(random.chance(0.2)
      ? ([['Ste', 'OccupancyType'], [String(random.int(1, 400)), 'OccupancyIdentifier'], ','] as Part[])
      : []),
    [random.pick(['PMB', 'PMB', 'Pmb', 'P.M.B.']), 'SubaddressType'],
    [String(random.int(1, 9999)), 'SubaddressIdentifier'],
    ',',
    ...lastLine(random),
  ],
  'rural-route': (random) => [
    ...(random.chance(0.1) ? recipient(random) : []),
    ...ruralRoute(random, false),
    ...(random.chance(0.9) ? [',' as const, ...lastLine(random)] : []),
  ],
  'highway-contract': (random) => [
    ...(random.chance(0.1) ? recipient(random) : []),
    ...ruralRoute(random, true),
    ...(random.chance(0.9) ? [',' as const, ...lastLine(random)] : []),
  ],
  military: (random) => [...(random.chance(0.3) ? recipient(random) : []), ...military(random)],
  'general-delivery': (random) => [
    ...(random.chance(0.2) ? recipient(random) : []),
    [
      random.pick(['General Delivery', 'GENERAL DELIVERY', 'Gen Delivery', 'Gen Del', 'General Del']),
      'USPSBoxType',
    ],
    ',',
    ...lastLine(random),
  ],
  urbanization: (random) => [...(random.chance(0.2) ? recipient(random) : []), ...puertoRico(random)],
  place: (random) =>
    random.chance(0.35)
      ? [
          [`${random.pick([name(random), ...streetPhrases])} ${random.pick(landmarkEnds)}`, 'LandmarkName'],
          ',',
          ...lastLine(random),
        ]
      : lastLine(random),
}

/** How often each form is made where none is asked for. */
const shares: readonly (readonly [AddressForm, number])[] = [
  ['street', 0.76],
  ['intersection', 0.03],
  ['po-box', 0.06],
  ['private-mailbox', 0.015],
  ['rural-route', 0.025],
  ['highway-contract', 0.02],
  ['military', 0.025],
  ['general-delivery', 0.015],
  ['urbanization', 0.02],
  ['place', 0.03],
]

/** One made address with its labels, in one of the ways in which people write it. */
export function makeAddress(random: Random, asked?: AddressForm): MadeAddress {
  let form = asked
  if (form === undefined) {
    let roll = random.next()
    form = shares.find(([, share]) => (roll -= share) < 0)?.[0] ?? 'street'
  }
  const parts = makers[form]?.(random) ?? streetAddress(random)
  const letters = random.next()
  const written = (word: string) =>
    letters < 0.25 ? word.toUpperCase() : letters < 0.35 ? word.toLowerCase() : word
  // Some write every comma, some none, some ends of line in their place.
  const style = random.next()
  const mark = style < 0.62 ? ', ' : style < 0.8 ? ' ' : '\n'
  const pieces: LabelledAddress['pieces'] = []
  const gaps: string[] = ['']
  for (const [at, part] of parts.entries()) {
    if (part === ',') {
      const last = pieces.at(-1)
      if (!last || at === parts.length - 1) continue
      if (mark === ', ') last.text += ','
      gaps[gaps.length - 1] =
        mark === '\n' && parts[at + 1] !== undefined && isLineBreak(parts, at) ? '\n' : ' '
      continue
    }
    for (const word of part[0].split(' ')) {
      if (word === '') continue
      // Nothing stands between # and the number in half of all texts.
      if (pieces.at(-1)?.text === '#' && random.chance(0.6)) gaps[gaps.length - 1] = ''
      pieces.push({ text: written(word), label: part[1] })
      gaps.push(' ')
    }
  }
  gaps[gaps.length - 1] = ''
  return swapLines({ pieces, gaps, form }, random)
}

/** Ends of line stand before the last line and the unit, not within the last line. */
function isLineBreak(parts: readonly Part[], at: number): boolean {
  const next = parts[at + 1]
  return next !== undefined && next !== ',' && !['StateName', 'ZipCode', 'CountryName'].includes(next[1])
}

/** Now and then the last line stands first. */
function swapLines(address: MadeAddress, random: Random): MadeAddress {
  const { pieces, gaps, form } = address
  const at = pieces.findIndex(({ label }) => label === 'PlaceName')
  if (at <= 0 || !random.chance(0.03)) return address
  const mark = gaps[at] === '\n' ? '\n' : ' '
  const moved = [...pieces.slice(at), ...pieces.slice(0, at)]
  const texts = moved.map((piece, index) => {
    const bare = piece.text.replace(/,$/, '')
    return index === moved.length - 1 || index === pieces.length - at - 1
      ? { ...piece, text: index === moved.length - 1 || mark === '\n' ? bare : `${bare},` }
      : piece
  })
  const movedGaps = [
    '',
    ...texts.map((_, index) =>
      index === texts.length - 1 ? '' : index === pieces.length - at - 1 ? mark : ' ',
    ),
  ]
  return { pieces: texts, gaps: movedGaps, form }
}
