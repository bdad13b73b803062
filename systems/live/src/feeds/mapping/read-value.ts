import { parseWallClock } from '../clocks/event-times.ts'
import { parseGameClock } from '../clocks/game-clock.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf } from '../read-source.ts'
import type { Source } from './mapping-schema.ts'
import { convert } from './units.ts'

/** Why a value could not be read. */
export interface ValueFault {
  fault: string
}

/** The value at a column, or at a JSON pointer (RFC 6901); undefined where there is none. */
export function valueAt(row: JsonObject, from: string): unknown {
  if (!from.startsWith('/')) return row[from]
  let value: unknown = row
  for (const part of from.slice(1).split('/')) {
    if (typeof value !== 'object' || value === null) return undefined
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    value = Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined
  }
  return value
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === 'NA'

const trueWords = new Set(['true', '1', 'yes', 'y', 't'])
const falseWords = new Set(['false', '0', 'no', 'n', 'f'])

export const writtenOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : (JSON.stringify(value) ?? '')

/** Reads a source from a row; undefined where the feed has nothing and the mapping no default. */
export function readValue(row: JsonObject, source: Source): unknown {
  if ('constant' in source) return source.constant
  const value = valueAt(row, source.from)
  if (isNothing(value)) return source.default
  const written = writtenOf(value)
  const fault = (expected: string): ValueFault => ({
    fault: `"${source.from}" is "${written.slice(0, 60)}", expected ${expected}.`,
  })
  if (source.values) {
    if (Object.hasOwn(source.values, written)) return source.values[written]
    return source.default === undefined
      ? fault(`one of ${Object.keys(source.values).slice(0, 12).join(', ')}`)
      : source.default
  }
  switch (source.as) {
    case 'text':
      return written
    case 'number': {
      const number = numberOf(value)
      if (number === null) return fault('a number')
      return source.unit === undefined ? number : convert(number, source.unit)
    }
    case 'boolean': {
      const word = written.toLowerCase()
      return trueWords.has(word) ? true : falseWords.has(word) ? false : fault('true or false')
    }
    case 'clock':
      return parseGameClock(written) ?? fault('a clock such as 11:38 or PT11M38S')
    case 'iso-time':
      return parseWallClock(written) ?? fault('a time with its zone, such as 2030-09-01T17:00:00Z')
    case 'epoch-ms':
    case 'epoch-s': {
      const number = numberOf(value)
      if (number === null) return fault('a number of time since 1970')
      return source.as === 'epoch-s' ? Math.round(number * 1000) : number
    }
  }
}

export const isFault = (value: unknown): value is ValueFault =>
  typeof value === 'object' && value !== null && 'fault' in value && typeof value.fault === 'string'
