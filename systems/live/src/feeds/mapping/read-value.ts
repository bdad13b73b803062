import type { Match, Side, Team } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf } from '../read-source.ts'
import { holds } from './conditions.ts'
import type { FromSource, JoinSource, Source } from './mapping-schema.ts'
import { elementScope, elementsAt, isNothing, valueAt, writtenOf } from './row-scope.ts'
import type { RowScope } from './row-scope.ts'
import { convert } from './units.ts'
import { parseClock, parseWrittenTime } from './written-times.ts'

/** A value that is not what the mapping says it is: which column, what is there, what was expected. */
export class ValueFault extends Error {
  readonly column: string

  constructor(column: string, value: string, expected: string) {
    super(`"${column}" is "${value.slice(0, 60)}", expected ${expected}.`)
    this.column = column
  }
}

/** What reading a row may ask besides the row. */
export interface ReadContext {
  /** Entries of the mapping's tables, given or learnt. */
  tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Running totals, by source and columns; added to as rows are read. */
  totals: Record<string, number>
  /** Names the source in `totals`. */
  at: string
  teams: Pick<Match, 'home' | 'away'> | null
}

const trueWords = new Set(['true', '1', 'yes', 'y', 't', '1.0'])
const falseWords = new Set(['false', '0', 'no', 'n', 'f', '0.0'])

/**
 * Reads a source from a row; undefined where the feed has nothing and the mapping no default. Throws a `ValueFault` for what
 * is not written as the mapping says.
 */
export function readValue(scope: RowScope, source: Source, context: ReadContext): unknown {
  if ('constant' in source) return source.constant
  if ('from' in source) return readFrom(scope, source, context)
  if ('join' in source) return readJoin(scope, source, context)
  if ('cases' in source) {
    const found = source.cases.find(({ when }) => holds(when, scope))
    return found === undefined
      ? source.default
      : (readValue(scope, found.use, deeper(context, source.cases.indexOf(found))) ?? source.default)
  }
  if ('sum' in source) {
    let sum = 0
    for (const [index, part] of source.sum.entries()) {
      const value = readValue(scope, part, deeper(context, index))
      if (value === undefined || value === null) return undefined
      sum += needNumber(value, part)
    }
    return sum
  }
  if ('total' in source) return readTotal(scope, source, context)
  if ('list' in source) {
    const entries = source.list.map((fields, index) => readFields(scope, fields, deeper(context, index)))
    return entries.filter((entry) => Object.values(entry).every((value) => value !== undefined))
  }
  const entries: JsonObject[] = []
  for (const [key, element] of elementsAt(scope, source.each)) {
    const inner = elementScope(scope, isObject(element) ? element : { value: element }, key)
    if (holds(source.when, inner)) entries.push(readFields(inner, source.fields, context))
  }
  return entries.filter((entry) => Object.values(entry).every((value) => value !== undefined))
}

/** A total with a gap in it would be a false one: behind the gap it is not known. */
function readTotal(
  scope: RowScope,
  source: Extract<Source, { total: Source }>,
  context: ReadContext,
): unknown {
  const { totals } = context
  const per = (source.per ?? []).map((path) => writtenOf(valueAt(scope, path)))
  const key = [context.at, ...per].join('|')
  if (source.step !== undefined) {
    const written = writtenOf(valueAt(scope, source.step))
    const step = Number(written)
    const before = totals[`${key}|step`]
    if (before !== undefined && step !== before + 1)
      throw new ValueFault(
        source.step,
        written,
        `${before + 1}: without it the running total is not known from here on`,
      )
    totals[`${key}|step`] = step
  }
  const value = readValue(scope, source.total, deeper(context, 0))
  const isBlank = value === undefined || value === null
  const sum = (totals[key] ?? 0) + (isBlank ? 0 : needNumber(value, source.total))
  totals[key] = sum
  return sum
}

const deeper = (context: ReadContext, index: number): ReadContext => ({
  ...context,
  at: `${context.at}.${index}`,
})

function readFields(
  scope: RowScope,
  fields: Readonly<Record<string, Source>>,
  context: ReadContext,
): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, source]) => [
      name,
      readValue(scope, source, { ...context, at: `${context.at}.${name}` }),
    ]),
  )
}

function needNumber(value: unknown, source: Source): number {
  const number = numberOf(value)
  if (number !== null) return number
  throw new ValueFault(nameOf(source), writtenOf(value), 'a number')
}

const nameOf = (source: Source): string =>
  'from' in source ? (typeof source.from === 'string' ? source.from : source.from.join(', ')) : 'sum'

function readFrom(scope: RowScope, source: FromSource, context: ReadContext): unknown {
  const paths = typeof source.from === 'string' ? [source.from] : source.from
  for (const path of paths) {
    const value = valueAt(scope, path)
    if (isNothing(value)) continue
    const cut = cutOut(value, source)
    if (!isNothing(cut)) return readWritten(cut, path, source, context)
  }
  return source.default
}

function cutOut(value: unknown, { split, slice }: FromSource): unknown {
  if (split === undefined && slice === undefined) return value
  let text = writtenOf(value)
  for (const { by, at } of split === undefined ? [] : [split].flat())
    text = text.split(by).at(at)?.trim() ?? ''
  return slice === undefined ? text : text.slice(...slice).trim()
}

function readJoin(scope: RowScope, source: JoinSource, context: ReadContext): unknown {
  const parts: string[] = []
  for (const [index, part] of source.join.entries()) {
    const value = readValue(scope, part, deeper(context, index))
    if (value === undefined || value === null) return source.default
    parts.push(writtenOf(value))
  }
  return readWritten(parts.join(source.with ?? ''), 'join', source, context)
}

type Reading = Omit<FromSource, 'from' | 'split' | 'slice'>

function readWritten(value: unknown, path: string, source: Reading, context: ReadContext): unknown {
  const written = writtenOf(value)
  const fault = (expected: string): ValueFault => new ValueFault(path, written, expected)
  if (source.table !== undefined) {
    const entry = context.tables[source.table]?.[written]
    const found = source.field === undefined ? entry : isObject(entry) ? entry[source.field] : undefined
    // One that the table does not hold is passed on as nothing: rows may come before what explains them.
    return found ?? source.default
  }
  if (source.values !== undefined) {
    if (Object.hasOwn(source.values, written)) return source.values[written]
    if (source.default !== undefined) return source.default
    throw fault(`one of ${Object.keys(source.values).slice(0, 12).join(', ')}`)
  }
  const read = readAs(value, written, source, context, fault)
  if (typeof read !== 'number') return read
  const converted = source.unit === undefined ? read : convert(read, source.unit)
  return converted * (source.times ?? 1) + (source.plus ?? 0)
}

/** Milliseconds in one of each. */
const epochs = { 'epoch-s': 1000, 'epoch-ms': 1, 'epoch-us': 0.001 } as const

function readAs(
  value: unknown,
  written: string,
  source: Reading,
  { teams }: ReadContext,
  fault: (expected: string) => ValueFault,
): unknown {
  const hasUnit = source.unit !== undefined || source.times !== undefined || source.plus !== undefined
  switch (source.as ?? (hasUnit ? 'number' : 'text')) {
    case 'text':
      return written
    case 'lower':
      return written.toLowerCase()
    case 'number': {
      const number = numberOf(value)
      if (number === null) throw fault('a number')
      return number
    }
    case 'boolean': {
      const word = written.toLowerCase()
      if (trueWords.has(word)) return true
      if (falseWords.has(word)) return false
      throw fault('true or false')
    }
    case 'clock': {
      const seconds = parseClock(written)
      if (seconds === null) throw fault('a clock such as 11:38 or PT11M38S')
      return seconds
    }
    case 'iso-time':
    case 'day-first-time':
    case 'month-first-time':
      return readTime(written, source, fault)
    case 'epoch-s':
    case 'epoch-ms':
    case 'epoch-us': {
      const number = numberOf(value)
      if (number === null) throw fault('a number of time since 1970')
      return Math.round(number * epochs[source.as as keyof typeof epochs])
    }
    case 'side':
    case 'other-side': {
      const side = sideOf(written, teams)
      if (side === null) throw fault(`a team of the match, ${teamsIn(teams)}`)
      return source.as === 'side' ? side : otherSide(side)
    }
  }
}

function readTime(written: string, source: Reading, fault: (expected: string) => ValueFault): number {
  const order =
    source.as === 'iso-time' ? 'iso' : source.as === 'day-first-time' ? 'day-first' : 'month-first'
  const ms = parseWrittenTime(written, order, source.zone)
  if (ms !== null) return ms
  const zoned = source.zone === undefined ? ' with its zone' : ''
  const example = { iso: '2030-09-01T17:00:00Z', 'day-first': '01/09/2030', 'month-first': '9/1/2030' }[order]
  throw fault(
    `a time${zoned}, such as ${example}${source.zone === undefined && order !== 'iso' ? ', and "zone" in the mapping' : ''}`,
  )
}

const namesOf = (team: Team | null): string[] =>
  team === null ? [] : [team.id, team.abbreviation, team.name].map((name) => name.toLowerCase())

function sideOf(written: string, teams: ReadContext['teams']): Side | null {
  const name = written.toLowerCase()
  if (namesOf(teams?.home ?? null).includes(name)) return 'home'
  if (namesOf(teams?.away ?? null).includes(name)) return 'away'
  return name === 'home' || name === 'away' ? name : null
}

const teamsIn = (teams: ReadContext['teams']): string =>
  [teams?.home, teams?.away].map((team) => team?.name ?? 'an unknown team').join(' or ')
