import { roleOfArgument } from './meaning.ts'

interface Field {
  name: string
  value: string
  /** The user said it. */
  isSaid: boolean
}

interface Row {
  fields: Field[]
  isListed: boolean
}

/** Rows of one place of one tool's answers, each once. */
interface Place {
  rows: Map<string, Row>
  /** How many rows hold a value in a field: what only one holds, names it. */
  counts: Map<string, number>
}

/**
 * What was read, row by row: records with their fields, lists of names. It tells which row the user meant, and which rows somebody who is nobody here can put there:
 * a message or a payment, with a text or a time, comes of what anybody did; an entry of a list without them is the tenant's own.
 */
export class Rows {
  readonly #places = new Map<string, Place>()
  readonly #holding = new Map<string, Set<Place>>()
  readonly #listed = new Set<string>()
  /** Values with which something was looked up: they have served. */
  readonly #looked = new Set<string>()
  readonly #isSaid: (value: string) => boolean
  readonly #normal: (text: string) => string

  constructor(isSaid: (value: string) => boolean, normal: (text: string) => string) {
    this.#isSaid = isSaid
    this.#normal = normal
  }

  add(answer: unknown, tool: string, args: Readonly<Record<string, unknown>>): void {
    for (const value of Object.values(args))
      if (typeof value === 'string') this.#looked.add(this.#normal(value))
    this.#read(contentOf(answer), tool, true)
  }

  /** It stands in a list of the tenant's own. */
  isListed(value: string): boolean {
    return this.#listed.has(value)
  }

  /** The user named another row of those among which it stands, and none in which it stands. */
  isBesideNamed(value: string): boolean {
    for (const place of this.#holding.get(value) ?? []) {
      const rows = [...place.rows.values()]
      const own = rows.filter(({ fields }) => fields.some((field) => field.value === value))
      const isNamed = (row: Row): boolean => this.#isNamed(row, place)
      if (!own.some(isNamed) && rows.some((row) => !own.includes(row) && isNamed(row))) return true
    }
    return false
  }

  /** By a value that no other row has, and that was not looked up with. */
  #isNamed(row: Row, { counts }: Place): boolean {
    return row.fields.some(
      ({ name, value, isSaid }) => isSaid && counts.get(`${name} ${value}`) === 1 && !this.#looked.has(value),
    )
  }

  #read(value: unknown, place: string, isListed: boolean): void {
    if (Array.isArray(value)) {
      const names = value.filter((item): item is string => typeof item === 'string')
      for (const name of names) this.#keep(place, [['', name]], isListed && names.every(isName))
      for (const item of value) if (typeof item === 'object') this.#read(item, place, isListed)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const entries = Object.entries(value as Record<string, unknown>)
    const parts = entries.filter(([, part]) => typeof part === 'object' && part !== null)
    const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    const isEntry = isListed && texts.every(([name, text]) => isName(text) && !tellsOfDeed(name, text))
    // A map by name: its keys are a list.
    if (parts.length === entries.length)
      for (const [key] of parts) this.#keep(`${place}{}`, [['', key]], isEntry)
    else this.#keep(place, texts, isEntry)
    for (const [key, part] of parts)
      this.#read(part, parts.length === entries.length ? `${place}{}.` : `${place}.${key}`, isEntry)
  }

  #keep(at: string, texts: readonly (readonly [string, string])[], isListed: boolean): void {
    // A name that somebody wrote something under is that name still.
    const fields = texts
      .map(([name, text]) => ({
        name,
        value: isName(firstLine(text)) ? this.#normal(firstLine(text)) : '',
        isSaid: false,
      }))
      .filter(({ value }) => value !== '')
    const key = JSON.stringify(fields.map(({ name, value }) => [name, value]))
    let place = this.#places.get(at)
    if (place === undefined) this.#places.set(at, (place = { rows: new Map(), counts: new Map() }))
    if (fields.length === 0 || place.rows.has(key)) return
    place.rows.set(key, { fields, isListed })
    for (const field of fields) {
      const { name, value } = field
      field.isSaid = this.#isSaid(value)
      place.counts.set(`${name} ${value}`, (place.counts.get(`${name} ${value}`) ?? 0) + 1)
      this.#holding.set(value, (this.#holding.get(value) ?? new Set()).add(place))
      if (isListed) this.#listed.add(value)
    }
  }
}

function firstLine(text: string): string {
  return text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1)
}

/** What an envelope holds: one list or map, with a word beside it and no time. */
function contentOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer
  const entries = Object.entries(answer)
  const parts = entries.filter(([, part]) => typeof part === 'object' && part !== null)
  const texts = entries.filter(([, part]) => typeof part === 'string')
  const isEnvelope =
    parts.length === 1 &&
    texts.length <= 1 &&
    texts.every(([name]) => roleOfArgument(name, undefined) !== 'time')
  return isEnvelope ? parts[0]![1] : answer
}

const isoDate = /^\d{4}-\d\d-\d\d(?:$|T)/

/** A subject, a comment, a date: whoever acts writes them. */
function tellsOfDeed(field: string, text: string): boolean {
  if (isoDate.test(text)) return true
  const role = roleOfArgument(field, undefined)
  return role === 'content' || role === 'time'
}

/** Short enough to name a thing and to say nothing. */
export function isName(text: string): boolean {
  return (
    text.length <= mostNameLength && !text.includes('\n') && text.trim().split(/\s+/).length <= mostNameWords
  )
}

const mostNameWords = 4
const mostNameLength = 80
