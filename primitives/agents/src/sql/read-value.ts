import pg from 'pg'

/** Types by their numbers (`pg_type.oid`). */
const bool = 16
const bytea = 17
const numeric = 1700
const json = 114
const jsonb = 3802
const integers = new Set([20, 21, 23, 26])
const floats = new Set([700, 701])
/** PostgreSQL writes these without a time zone of this process. */
const texts = new Set([1082, 1083, 1114, 1184, 1266, 1186])

/**
 * How a value of a type is read from PostgreSQL's text into JSON: numbers where a number of JavaScript holds them whole, else their text; times as
 * their text in UTC; bytes as base64.
 */
export function readValue(oid: number): (text: string) => unknown {
  if (texts.has(oid)) return (text) => text
  if (oid === bool) return (text) => text === 't'
  if (oid === bytea) return (text) => Buffer.from(text.slice(2), 'hex').toString('base64')
  if (oid === json || oid === jsonb) return (text) => JSON.parse(text) as unknown
  if (floats.has(oid)) return readFloat
  if (integers.has(oid) || oid === numeric) return readNumber
  return (text) => toJson(pg.types.getTypeParser(oid)(text), text)
}

/** 15 digits always fit a double. */
function readNumber(text: string): number | string {
  const value = Number(text)
  const digits = text.replace(/(\.\d*?)0+$/, '$1').replaceAll(/\D/g, '').length
  return Number.isFinite(value) && (digits <= 15 || Number.isSafeInteger(value)) ? value : text
}

function readFloat(text: string): number | string {
  const value = Number(text)
  return Number.isFinite(value) ? value : text
}

/** Arrays are read; what is no JSON stays PostgreSQL's text. */
function toJson(value: unknown, text: string): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : text
  if (Array.isArray(value))
    return value.some((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
      ? text
      : value
  return text
}
