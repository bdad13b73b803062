import type { Random } from '@heavylift/core'
import type { LabelledAddress } from '../src/domain/labelled-address.ts'
import type { AddressForm } from '../src/domain/parsed-address.ts'
import { military, poBox, puertoRico, ruralRoute } from './made-boxes.ts'
import { number, oneOf, sometimes, streetNameOf } from './made-part.ts'
import type { Part } from './made-part.ts'
import { building, lastLine, recipient, unit, unitName } from './made-places.ts'
import { houseNumber, street } from './made-streets.ts'
import { landmarkEnds } from './name-words.ts'

export interface MadeAddress extends LabelledAddress {
  form: AddressForm
}

/** The last line behind a break, mostly. */
const mostlyLastLine = (random: Random, probability = 0.9) =>
  sometimes(random, probability, () => [',', ...lastLine(random)])

function streetAddress(random: Random): Part[] {
  return [
    // A unit in front, as people from elsewhere write it.
    ...sometimes(random, 0.01, () => [
      [oneOf(random, 'Apt|Suite|Unit|Ste'), 'OccupancyType'],
      [unitName(random), 'OccupancyIdentifier'],
      ',',
    ]),
    ...sometimes(random, 0.06, () => recipient(random)),
    ...sometimes(random, 0.03, () => building(random)),
    ...sometimes(random, 0.95, () => houseNumber(random)),
    ...street(random),
    ...sometimes(random, 0.24, () => [',', ...unit(random)]),
    ...sometimes(random, 0.02, () => [',', ...mailbox(random)]),
    ...sometimes(random, 0.02, () => [',', ...building(random).slice(0, 1)]),
    ...mostlyLastLine(random, 0.8),
  ]
}

const mailbox = (random: Random): Part[] => [
  [oneOf(random, 'PMB|PMB|Pmb|P.M.B.'), 'SubaddressType'],
  [number(random, 1, 9999), 'SubaddressIdentifier'],
]

const makers: Readonly<Partial<Record<AddressForm, (random: Random) => Part[]>>> = {
  street: streetAddress,
  intersection: (random) => [
    ...sometimes(random, 0.12, () => [
      [oneOf(random, 'Corner of|NE corner of|Jct|Street corner'), 'CornerOf'],
    ]),
    ...street(random),
    [oneOf(random, '&|and|at|AND|&'), 'IntersectionSeparator'],
    ...street(random),
    ...mostlyLastLine(random, 0.7),
  ],
  'po-box': (random) => [
    ...sometimes(random, 0.12, () => recipient(random)),
    ...sometimes(random, 0.08, () => [...houseNumber(random), ...street(random), ',']),
    ...poBox(random),
    ...mostlyLastLine(random),
  ],
  'private-mailbox': (random) => [
    ...sometimes(random, 0.3, () => recipient(random)),
    ...houseNumber(random),
    ...street(random),
    ',',
    ...sometimes(random, 0.2, () => [
      ['Ste', 'OccupancyType'],
      [number(random, 1, 400), 'OccupancyIdentifier'],
      ',',
    ]),
    ...mailbox(random),
    ...mostlyLastLine(random),
  ],
  'rural-route': (random) => [
    ...sometimes(random, 0.1, () => recipient(random)),
    ...ruralRoute(random, false),
    ...mostlyLastLine(random),
  ],
  'highway-contract': (random) => [
    ...sometimes(random, 0.1, () => recipient(random)),
    ...ruralRoute(random, true),
    ...mostlyLastLine(random),
  ],
  military: (random) => [...sometimes(random, 0.3, () => recipient(random)), ...military(random)],
  'general-delivery': (random) => [
    ...sometimes(random, 0.2, () => recipient(random)),
    [
      oneOf(random, 'General Delivery|GENERAL DELIVERY|Gen Delivery|Gen Del|General Del|Gen. Delivery'),
      'USPSBoxType',
    ],
    ',',
    ...lastLine(random),
  ],
  urbanization: (random) => [...sometimes(random, 0.2, () => recipient(random)), ...puertoRico(random)],
  place: (random) =>
    random.chance(0.35)
      ? [[`${streetNameOf(random)} ${random.pick(landmarkEnds)}`, 'LandmarkName'], ',', ...lastLine(random)]
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
  let roll = random.next()
  const form = asked ?? shares.find(([, share]) => (roll -= share) < 0)?.[0] ?? 'street'
  return swapLines({ ...writeParts((makers[form] ?? streetAddress)(random), random), form }, random)
}

/** Joins parts: some write every comma, some none, some ends of line in their place; some write in capitals or without any. */
function writeParts(parts: readonly Part[], random: Random): LabelledAddress {
  const letters = random.next()
  const written = (word: string) =>
    letters < 0.25 ? word.toUpperCase() : letters < 0.35 ? word.toLowerCase() : word
  const style = random.next()
  const pieces: LabelledAddress['pieces'] = []
  const gaps: string[] = ['']
  for (const [at, part] of parts.entries()) {
    const last = pieces.at(-1)
    if (part === ',') {
      if (!last || at === parts.length - 1) continue
      if (style < 0.62) last.text += ','
      else if (style >= 0.8 && isLineBreak(parts, at)) gaps[gaps.length - 1] = '\n'
      continue
    }
    for (const word of part[0].split(' ')) {
      // Most write nothing between # and the number.
      if (pieces.at(-1)?.text === '#' && random.chance(0.6)) gaps[gaps.length - 1] = ''
      pieces.push({ text: written(word), label: part[1] })
      gaps.push(' ')
    }
  }
  gaps[gaps.length - 1] = ''
  return { pieces, gaps }
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
  const isOnLines = gaps[at] === '\n'
  const moved = [...pieces.slice(at), ...pieces.slice(0, at)]
  const seam = pieces.length - at - 1
  const bare = (text: string) => text.replace(/,$/, '')
  return {
    form,
    pieces: moved.map((piece, index) => {
      if (index === moved.length - 1) return { ...piece, text: bare(piece.text) }
      return index === seam ? { ...piece, text: bare(piece.text) + (isOnLines ? '' : ',') } : piece
    }),
    gaps: [
      '',
      ...moved.map((_, index) =>
        index === moved.length - 1 ? '' : index === seam && isOnLines ? '\n' : ' ',
      ),
    ],
  }
}
