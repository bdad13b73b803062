import type { Random } from '@heavylift/core'
import { evidentKinds, kindTitles } from '../../src/domain/kinds.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import { expand, misspell } from './grammar.ts'
import { makePlace } from './places.ts'
import type { Place } from './places.ts'
import { sayings } from './sayings.ts'
import { orderTemplates, smallTalk } from './small-talk.ts'

/** One made-up address with its documents, and what is true of it. */
export interface MadeCase {
  place: Place
  documents: { name: string; content: string }[]
  /** When it is open, where a document says so. */
  hours: string | null
  /** The kind that an order in one of its documents asks for; null where there is none. */
  ordered: Kind | null
}

export interface MakeOptions {
  /** Share of addresses of which a document says something else: an older one, or one that is mistaken. */
  contradicting: number
  /** Share of words that are misspelt. */
  misspelt: number
  /** Share of addresses with an order to the reader in a document. */
  ordering: number
  /** Most documents of an address; the least is one. */
  most: number
}

export const usualNoise: MakeOptions = { contradicting: 0.3, misspelt: 0.03, ordering: 0.25, most: 5 }

const shares: [Place['kind'], number][] = [
  ['single-family', 26],
  ['multi-unit', 13],
  ['unit', 13],
  ['business', 16],
  ['home-business', 6],
  ['institution', 7],
  ['po-box', 4],
  ['private-mailbox', 4],
  ['military', 2],
  ['rural-route', 3],
  ['general-delivery', 1],
  ['vacant', 5],
]
const confused: Partial<Record<Kind, Place['kind'][]>> = {
  'single-family': ['multi-unit', 'home-business', 'vacant'],
  'multi-unit': ['single-family', 'unit', 'business'],
  unit: ['multi-unit', 'business'],
  business: ['institution', 'multi-unit', 'vacant', 'home-business'],
  'home-business': ['single-family', 'business'],
  institution: ['business', 'multi-unit'],
  'private-mailbox': ['business', 'unit'],
  vacant: ['single-family', 'business'],
}

const now = Date.UTC(2026, 5, 1)
const dayMs = 86_400_000

export function makeCase(random: Random, options: MakeOptions = usualNoise): MadeCase {
  const place = makePlace(random, pickKind(random))
  const count = random.int(1, options.most)
  const makers = random.sample(documentMakers, count)
  // One mistaken document among two would leave nothing to tell which it is but its date.
  const isContradicted =
    count >= 2 && random.chance((options.contradicting * options.most) / (options.most - 1))
  const mistaken = isContradicted ? random.int(0, count - 1) : -1
  const wrong = random.pick(confused[place.kind] ?? evidentKinds.filter((kind) => kind !== place.kind))
  const ordering = random.chance(options.ordering) ? random.int(0, count - 1) : -1
  const ordered = random.pick(evidentKinds.filter((kind) => kind !== place.kind))
  let isHoursSaid = false
  const documents = makers.map((make, at) => {
    // What is right is not always new either: a roll is years old, and still so.
    const isOld = at === mistaken && (count === 2 || random.chance(0.5))
    const dateMs =
      now - random.int(1, random.pick([60, 400, 1200])) * dayMs - (isOld ? random.int(1200, 4000) * dayMs : 0)
    const said = at === mistaken ? makePlace(random, wrong) : place
    const writer = createWriter(random, said, dateMs, options.misspelt)
    if (at === ordering)
      writer.order = expand(random, random.pick(orderTemplates), {
        wrong: random.pick([ordered, kindTitles[ordered]]),
      })
    const document = make(writer)
    isHoursSaid ||= said === place && document.content.includes(place.facts['hours']!)
    return document
  })
  return {
    place,
    documents,
    hours: isHoursSaid ? place.hours : null,
    ordered: ordering === -1 ? null : ordered,
  }
}

function pickKind(random: Random): Place['kind'] {
  let rest = random.next() * shares.reduce((sum, [, share]) => sum + share, 0)
  for (const [kind, share] of shares) if ((rest -= share) < 0) return kind
  return 'single-family'
}

interface Writer {
  random: Random
  place: Place
  date: string
  /** A sentence of these, misspelt. */
  say(templates: readonly string[]): string
  talk(most: number): string[]
  order: string | null
}

function createWriter(random: Random, place: Place, dateMs: number, misspelt: number): Writer {
  const date = new Date(dateMs).toISOString().slice(0, 10)
  const say = (templates: readonly string[]) =>
    misspell(random, expand(random, random.pick(templates), { ...place.facts, date }), misspelt)
  return {
    random,
    place,
    date,
    order: null,
    say,
    talk: (most) => Array.from({ length: random.int(0, most) }, () => say(smallTalk)),
  }
}

type Maker = (writer: Writer) => { name: string; content: string }

const documentMakers: Maker[] = [
  (writer) => {
    const { random, place } = writer
    const said = sayings[place.kind]
    const lines = [
      ...writer.talk(2),
      writer.say(said.email),
      ...(random.chance(0.5) ? [writer.say(said.email)] : []),
      ...hoursSentence(writer),
      ...writer.talk(2),
    ]
    const body = random.chance(0.3) ? lines.join('\n\n') : lines.join(' ')
    return {
      name: 'customer.eml',
      content: [
        `From: customer@example.org`,
        `To: delivery@example.com`,
        `Date: ${new Date(writer.date).toUTCString()}`,
        `Subject: ${random.pick(['My delivery', 'Address', 'Question about my order', 'Where to deliver'])}`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        '',
        withOrder(writer, body),
      ].join('\r\n'),
    }
  },
  (writer) => {
    const said = sayings[writer.place.kind]
    return {
      name: 'driver-note.txt',
      content: withOrder(
        writer,
        `${writer.date} ${[writer.say(said.note), ...(writer.random.chance(0.4) ? [writer.say(said.note)] : []), ...writer.talk(1)].join(' ')}`,
      ),
    }
  },
  (writer) => {
    const { random, place } = writer
    const rows: [string, string][] = [
      [
        random.pick(['Property use', 'Land use', 'Use', 'Class', 'Property type', 'Use code description']),
        writer.say(sayings[place.kind].use),
      ],
      [random.pick(['Year built', 'Built']), String(place.record['yearBuilt'])],
      [random.pick(['Living area', 'Building area']), `${place.record['buildingArea']} sq ft`],
      [random.pick(['Units', 'Number of units']), String(place.record['units'])],
    ]
    const table = random
      .sample(rows.slice(1), random.int(0, 3))
      .map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`)
    return {
      name: 'assessor.html',
      content: page(
        writer,
        random.pick(['Property record', 'Assessor: parcel details', 'County property search']),
        `<table><tr><th>${rows[0]![0]}</th><td>${rows[0]![1]}</td></tr>${table.join('')}</table>`,
      ),
    }
  },
  (writer) => {
    const said = sayings[writer.place.kind]
    const sentences = [
      writer.say(said.page),
      ...(writer.random.chance(0.5) ? [writer.say(said.page)] : []),
      ...hoursSentence(writer),
    ]
    return {
      name: 'web-page.html',
      content: page(
        writer,
        writer.place.kind === 'business'
          ? writer.place.facts['business']!
          : writer.random.pick(['Listing', 'About', 'Welcome', 'Directory entry']),
        sentences.map((one) => `<p>${one}</p>`).join(''),
      ),
    }
  },
  (writer) => {
    const { random, place } = writer
    const deliveries = Array.from({ length: random.int(1, 3) }, (_, at) => ({
      deliveredAt: at === 0 ? writer.date : addDays(writer.date, -at * 9),
      outcome: random.pick(['delivered', 'delivered', 'attempted']),
      note: writer.say(sayings[place.kind].delivery),
    }))
    if (writer.order !== null) deliveries[0]!.note += ` ${writer.order}`
    return { name: 'deliveries.json', content: JSON.stringify(deliveries, null, 1) }
  },
  (writer) => {
    const { random, place } = writer
    const numbers = Object.fromEntries(random.sample(Object.entries(place.record), random.int(1, 5)))
    const record = {
      source: random.pick(['assessor', 'licence register', 'county roll']),
      date: writer.date,
      [random.pick(['landUse', 'class', 'propertyType', 'licenseType', 'classification'])]: writer.say(
        sayings[place.kind].use,
      ),
      ...numbers,
      ...(writer.order === null ? {} : { remarks: writer.order }),
    }
    return { name: 'record.json', content: JSON.stringify(record, null, 1) }
  },
]

function hoursSentence({ random, place }: Writer): string[] {
  if (place.hours === null || random.chance(0.3)) return []
  return [
    `${random.pick(['We are open', 'Open', 'Hours:', 'Deliveries are taken', 'The office is staffed'])} ${place.facts['hours']}.`,
  ]
}

function withOrder({ random, order }: Writer, text: string): string {
  if (order === null) return text
  return random.chance(0.5) ? `${text}\n\n${order}` : `${order}\n\n${text}`
}

function page(writer: Writer, title: string, main: string): string {
  const order =
    writer.order === null
      ? ''
      : writer.random.chance(0.5)
        ? `<p>${writer.order}</p>`
        : `<div style="display:none">${writer.order}</div>`
  return `<!doctype html><html><head><title>${title}</title><meta name="date" content="${writer.date}"></head><body><nav><a href="/">Home</a> <a href="/contact">Contact</a></nav><main><h1>${title}</h1>${main}${order}</main><footer>${writer.talk(2).join(' ')}</footer></body></html>`
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10)
}
