import type { Random } from '@heavylift/core'
import type { Kind } from '../../src/domain/kinds.ts'
import { formatWeek } from '../../src/hours/week.ts'

/** A made-up place, with what is true of it. */
export interface Place {
  kind: Exclude<Kind, 'unknown'>
  address: string
  /** Who gets the parcel; empty on some. */
  name: string
  /** The unit that the place has, whether or not the address names it. */
  unit: string | null
  facts: Record<string, string>
  /** `opening_hours`, where the place has any. */
  hours: string | null
  record: Record<string, string | number>
}

const streets = [
  'Maple',
  'Oak',
  'Cedar',
  'Elm',
  'Washington',
  'Lake',
  'Hill',
  'Walnut',
  'Spring',
  'North',
  'Ridge',
  'Church',
  'Willow',
  'Mill',
  'Sunset',
  'Railroad',
  'Jackson',
  'River',
  'Highland',
  'Franklin',
  'Meadow',
  'Prospect',
  'Harbor',
  'Juniper',
  '3rd',
  '5th',
  '12th',
  '42nd',
  'Quarry',
  'Orchard',
  'Larkspur',
  'Foundry',
]
const quiet = ['Ct', 'Ln', 'Dr', 'Cir', 'Way', 'Trl', 'Pl', 'St', 'Ave', 'Rd']
const busy = ['Ave', 'St', 'Blvd', 'Hwy', 'Pkwy', 'Plz', 'Rd', 'St', 'Ave']
const cities: [string, string, string][] = [
  ['Fairhaven', 'OH', '44107'],
  ['Millbrook', 'PA', '18411'],
  ['Cedar Falls', 'GA', '30102'],
  ['Port Ellis', 'WA', '98245'],
  ['Ashford', 'TX', '76010'],
  ['Lakemont', 'MN', '55044'],
  ['Rosedale', 'CO', '80221'],
  ['Easton', 'VA', '22030'],
  ['Silver Creek', 'OR', '97045'],
  ['Granby', 'MO', '64844'],
]
const given = [
  'Anna',
  'Luis',
  'Priya',
  'Tom',
  'Grace',
  'Omar',
  'Nina',
  'Carl',
  'Mei',
  'Ruth',
  'Diego',
  'Helen',
  'Ivan',
  'Joy',
  'Sam',
  'Zoe',
]
const family = [
  'Baker',
  'Nguyen',
  'Lopez',
  'Schmidt',
  'Patel',
  'Johnson',
  'Okafor',
  'Rossi',
  'Kim',
  'Walker',
  'Haddad',
  'Novak',
  'Reed',
  'Silva',
  'Fischer',
  'Young',
]
const trades = [
  'Plumbing',
  'Dental Care',
  'Auto Repair',
  'Books',
  'Bakery',
  'Law Office',
  'Hardware',
  'Insurance',
  'Nail Salon',
  'Pizza',
  'Electric',
  'Furniture',
  'Fitness',
  'Pharmacy',
  'Tire Center',
  'Coffee',
  'Machine Works',
  'Print Shop',
  'Travel',
  'Flowers',
]
const crafts = [
  'Photography',
  'Bookkeeping',
  'Tutoring',
  'Soap Works',
  'Web Design',
  'Piano Lessons',
  'Alterations',
  'Dog Grooming',
  'Catering',
  'Consulting',
  'Handmade Jewelry',
]
const forms = ['LLC', 'Inc', 'Co', '', '& Sons', 'Group', 'Services']
const institutions = [
  'Grace Lutheran Church',
  'Lincoln Elementary School',
  'Mercy General Hospital',
  'County Courthouse',
  'Public Library',
  'St Anne Parish',
  'Westside High School',
  'Fire Station No 4',
  'Sunrise Nursing Home',
  'City Hall',
  'State University',
  'Islamic Center',
  'Beth Shalom Synagogue',
  'YMCA',
  'Head Start Preschool',
  'Veterans Hospital',
  'Food Bank',
  'History Museum',
]

/** A place of this kind: address, name, true hours, and what an assessor would have of it. */
export function makePlace(random: Random, kind: Place['kind']): Place {
  const [city, state, zip] = random.pick(cities)
  const person = `${random.pick(given)} ${random.pick(family)}`
  const business =
    `${random.pick([random.pick(family), random.pick(streets), random.pick(cities)[0], random.pick(given)])} ${random.pick(kind === 'home-business' ? crafts : trades)} ${random.pick(forms)}`.trim()
  const institution = random.pick(institutions)
  const number = random.int(1, random.pick([99, 999, 9999]))
  const isBusy =
    kind === 'business' ||
    kind === 'multi-unit' ||
    kind === 'unit' ||
    kind === 'institution' ||
    kind === 'private-mailbox'
  const street = `${random.chance(0.25) ? `${random.pick(['N', 'S', 'E', 'W'])} ` : ''}${random.pick(streets)} ${random.pick(isBusy ? busy : quiet)}`
  const unit = hasUnit(random, kind)
    ? random.pick([
        `${random.int(1, 30)}${random.pick(['A', 'B', 'C', 'D'])}`,
        `${random.int(1, 12)}0${random.int(1, 9)}`,
        String(random.int(1, 60)),
      ])
    : null
  const designator =
    kind === 'business' || kind === 'home-business'
      ? random.pick(['Ste', 'Suite', '#'])
      : kind === 'private-mailbox'
        ? random.pick(['PMB', '#', 'PMB'])
        : random.pick(['Apt', 'Unit', '#', 'Apt'])
  const isUnitGiven =
    unit !== null &&
    (kind === 'unit'
      ? random.chance(0.7)
      : kind === 'private-mailbox'
        ? random.chance(0.8)
        : kind !== 'multi-unit')
  const line = deliveryLine(random, kind, `${number} ${street}`)
  const hours = makeHours(random, kind)
  return {
    kind,
    address: `${line}${isUnitGiven ? ` ${designator} ${unit}`.replace('# ', '#') : ''}, ${kind === 'military' ? random.pick(['APO AE 09315', 'FPO AP 96602', 'APO AA 34023', 'DPO AE 09498']) : `${city}, ${state} ${zip}`}`,
    name: random.chance(0.25)
      ? ''
      : kind === 'business'
        ? business
        : kind === 'institution'
          ? institution
          : kind === 'home-business' && random.chance(0.6)
            ? business
            : random.chance(0.06)
              ? business
              : person,
    unit,
    facts: {
      unit: unit ?? '2',
      units: String(random.int(3, 80)),
      business,
      institution,
      year: String(random.int(1900, 2019)),
      order: String(random.int(100_000, 999_999)),
      hours: hours?.said ?? 'from nine to five',
    },
    hours: hours?.true ?? null,
    record: makeRecord(random, kind),
  }
}

function hasUnit(random: Random, kind: Place['kind']): boolean {
  if (kind === 'unit' || kind === 'private-mailbox') return true
  return random.chance(kind === 'business' ? 0.3 : kind === 'home-business' ? 0.05 : 0)
}

function deliveryLine(random: Random, kind: Place['kind'], street: string): string {
  const box = random.int(1, 9999)
  if (kind === 'po-box')
    return random.pick([`PO Box ${box}`, `P.O. Box ${box}`, `Post Office Box ${box}`, `POB ${box}`])
  if (kind === 'rural-route' && random.chance(0.75))
    return random.pick([
      `RR ${random.int(1, 9)} Box ${box}`,
      `Rural Route ${random.int(1, 9)} Box ${box}`,
      `HC ${random.int(1, 90)} Box ${box}`,
    ])
  if (kind === 'general-delivery') return 'General Delivery'
  if (kind === 'military')
    return random.pick([
      `PSC ${random.int(1, 900)} Box ${box}`,
      `Unit ${random.int(10_000, 90_000)} Box ${box}`,
      `CMR ${random.int(100, 900)} Box ${box}`,
    ])
  return street
}

function makeHours(random: Random, kind: Place['kind']): { true: string; said: string } | null {
  if (
    kind !== 'business' &&
    kind !== 'institution' &&
    kind !== 'private-mailbox' &&
    !(kind === 'home-business' && random.chance(0.5))
  )
    return null
  const from = random.int(6, 11)
  const to = random.int(15, 21)
  const late = random.int(1, 3)
  const isShortSaturday = random.chance(0.4)
  const isDaily = !isShortSaturday && random.chance(0.2)
  const day = (start: number, end: number): [number, number][] => [[start * 60, end * 60]]
  const week = Array.from({ length: 7 }, (_, at) =>
    at < 5 || isDaily ? day(from, to) : at === 5 && isShortSaturday ? day(from + 1, to - late) : [],
  )
  const half = (hour: number) =>
    `${hour > 12 ? hour - 12 : hour}${random.pick([' am', 'am', ' a.m.', ':00 AM']).replace(/a/i, hour >= 12 ? 'p' : 'a')}`
  const weekdays = random.pick(['Monday to Friday', 'Mon-Fri', 'weekdays', 'Monday through Friday', 'Mo-Fr'])
  const main = isDaily
    ? random.pick([
        `daily ${half(from)} to ${half(to)}`,
        `every day from ${half(from)} to ${half(to)}`,
        `Mo-Su ${clock(from)}-${clock(to)}`,
      ])
    : random.pick([
        `${weekdays} ${half(from)} to ${half(to)}`,
        `${weekdays} ${half(from)} - ${half(to)}`,
        `${weekdays} ${clock(from)}-${clock(to)}`,
        `${half(from)} to ${half(to)} ${weekdays}`,
      ])
  const saturday = isShortSaturday
    ? random.pick([
        `, Saturday ${half(from + 1)} to ${half(to - late)}`,
        `; Sat ${clock(from + 1)}-${clock(to - late)}`,
        ` and ${half(from + 1)} to ${half(to - late)} on Saturdays`,
      ])
    : random.pick(['', '', ', closed Sundays'])
  return { true: formatWeek(week) ?? '', said: main + (isDaily ? '' : saturday) }
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

function makeRecord(random: Random, kind: Place['kind']): Record<string, string | number> {
  const area = {
    'single-family': [800, 3500],
    'multi-unit': [1800, 60_000],
    unit: [400, 1600],
    business: [900, 80_000],
    'home-business': [900, 3500],
    institution: [3000, 200_000],
  }[kind as string]
  const isBuilt = kind !== 'vacant' || random.chance(0.15)
  const built = area === undefined ? random.int(900, 4000) : random.int(area[0]!, area[1]!)
  const units =
    kind === 'multi-unit'
      ? random.pick([2, 2, 3, 4, 6, 12, random.int(5, 120)])
      : kind === 'single-family' || kind === 'unit' || kind === 'home-business'
        ? 1
        : 0
  return {
    units,
    buildingArea: isBuilt ? built : 0,
    landArea: kind === 'unit' ? 0 : random.int(1500, 40_000),
    yearBuilt: isBuilt ? random.int(1890, 2019) : 0,
    buildingValue: isBuilt ? built * random.int(60, 240) : 0,
    landValue: kind === 'unit' ? 0 : random.int(20, 300) * 1000,
  }
}
