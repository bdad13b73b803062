import type { Random } from '@heavylift/core'
import { letter, madeName, number, oneOf, sometimes, streetNameOf } from './made-part.ts'
import type { Part } from './made-part.ts'
import { unitName, zipOf } from './made-places.ts'

const boxTypes =
  'PO Box|PO BOX|P.O. Box|P.O. Box|P O Box|P. O. Box|P.O.Box|POB|PO|Post Office Box|Box|Caller|PO Drawer|Drawer|Lockbox|PO Bx|Bin|Firm Caller'

export function poBox(random: Random): Part[] {
  const n = random.pick([
    number(random, 1, 99),
    number(random, 100, 9999),
    number(random, 10_000, 999_999),
    letter(random),
    `${number(random, 1, 99)}-${letter(random)}`,
    number(random, 1, 999) + letter(random),
  ])
  return [
    [oneOf(random, boxTypes), 'USPSBoxType'],
    ...sometimes(random, 0.08, () => [['#', 'USPSBoxID']]),
    [n, 'USPSBoxID'],
  ]
}

const ruralTypes =
  'RR|RR|R.R.|R R|RFD|RD|Rural Route|Rural Rte|Rt|Rt.|Route|RFD Route|R D|R F D|Rural Route No|RR Number|Rural Rt'
const contractTypes =
  'HC|HC|HCR|Highway Contract|Highway Contract Route|Star Route|Star Rte|HC Route|HC Rte|H C'

export function ruralRoute(random: Random, isContract: boolean): Part[] {
  const route = random.pick([
    number(random, 1, 9),
    number(random, 10, 99),
    number(random, 1, 9).padStart(2, '0'),
    number(random, 100, 200),
  ])
  const box = random.pick([
    number(random, 1, 9999),
    number(random, 1, 99) + letter(random),
    `${number(random, 1, 99)}-${letter(random)}`,
  ])
  // A few leave BOX out and write a number sign.
  const hasBox = random.chance(0.95)
  return [
    [oneOf(random, isContract ? contractTypes : ruralTypes), 'USPSBoxGroupType'],
    ...sometimes(random, 0.15, () => [['#', 'USPSBoxGroupID']]),
    [route, 'USPSBoxGroupID'],
    ...sometimes(random, 0.3, () => [',']),
    ...(hasBox ? ([[oneOf(random, 'Box|BOX|Box|Bx'), 'USPSBoxType']] as Part[]) : []),
    ...sometimes(random, hasBox ? 0.1 : 1, () => [['#', 'USPSBoxID']]),
    [box, 'USPSBoxID'],
  ]
}

const overseas = [
  ['AE', '090|091|092|094|095|096|097|098'],
  ['AP', '962|963|964|965|966'],
  ['AA', '340'],
] as const

export function military(random: Random): Part[] {
  const [state, zip3s] = random.pick(overseas)
  const office = oneOf(random, 'APO|APO|FPO|DPO')
  const ships = 'Hamilton|Enterprise|Nimitz|John Paul Jones|Ronald Reagan|Mercy|Comfort'
  const ship = (): Part[] => [
    [oneOf(random, 'USS|USCGC|USNS'), 'USPSBoxGroupType'],
    [random.chance(0.7) ? oneOf(random, ships) : madeName(random), 'USPSBoxGroupID'],
  ]
  const unit = (): Part[] => [
    [office === 'DPO' ? 'Unit' : oneOf(random, 'PSC|CMR|Unit|UMR'), 'USPSBoxGroupType'],
    [number(random, 1, 99_999), 'USPSBoxGroupID'],
    ...sometimes(random, 0.3, () => [',']),
    ...sometimes(random, 0.92, () => [
      ['Box', 'USPSBoxType'],
      [number(random, 0, 9999), 'USPSBoxID'],
    ]),
  ]
  return [
    ...(office === 'FPO' && random.chance(0.3) ? ship() : unit()),
    ',',
    [office, 'PlaceName'],
    ...sometimes(random, 0.4, () => [',']),
    [state, 'StateName'],
    [zipOf(oneOf(random, zip3s) + number(random, 10, 99), random), 'ZipCode'],
  ]
}

const urbanizations =
  'Las Gladiolas|Royal Oak|Villa Carolina|Las Lomas|El Vigia|Caparra Heights|Los Angeles|Santa Rosa|Puerto Nuevo|Jardines de Arecibo|Monte Verde|' +
  'Bella Vista|San Gerardo|Alturas de Rio Grande|Los Olmos|Valle Arriba'
const towns =
  'San Juan 00926|Ponce 00731|Bayamon 00961|Carolina 00985|Caguas 00725|Arecibo 00612|Mayaguez 00680|Guaynabo 00969|Humacao 00791|Rio Grande 00745'

export function puertoRico(random: Random): Part[] {
  const area: Part[] = [
    [oneOf(random, 'URB|Urb|Urb.|Urbanizacion|URB'), 'SubaddressType'],
    [oneOf(random, urbanizations), 'SubaddressIdentifier'],
    ',',
  ]
  const n = random.pick([
    number(random, 1, 999),
    letter(random) + number(random, 1, 40),
    `${letter(random)}-${number(random, 1, 40)}`,
  ])
  const named = oneOf(
    random,
    `Amapola|Luna|Del Parque|San Jorge|Los Robles|Hucar|${number(random, 1, 40)}|${letter(random)}|${madeName(random)}`,
  )
  const streets: Part[] = random.chance(0.75)
    ? [
        [n, 'AddressNumber'],
        [`${oneOf(random, 'Calle|Calle|Avenida|Ave|Paseo')} ${named}`, 'StreetName'],
        ',',
      ]
    : [
        [n, 'AddressNumber'],
        [streetNameOf(random), 'StreetName'],
        [oneOf(random, 'St|Ave|Street'), 'StreetNamePostType'],
        ',',
      ]
  const roll = random.next()
  const [town = '', zip = ''] = oneOf(random, towns).split(/ (?=\d)/)
  return [
    ...(roll < 0.75
      ? [...area, ...streets]
      : roll < 0.92
        ? [...streets, ...area]
        : [[n, 'AddressNumber'] as const, ...area]),
    ...sometimes(random, 0.08, () => [
      [oneOf(random, 'Apt|Apto'), 'OccupancyType'],
      [unitName(random), 'OccupancyIdentifier'],
      ',',
    ]),
    [town, 'PlaceName'],
    ...sometimes(random, 0.6, () => [',']),
    [random.chance(0.85) ? 'PR' : 'Puerto Rico', 'StateName'],
    [zipOf(zip, random), 'ZipCode'],
  ]
}
