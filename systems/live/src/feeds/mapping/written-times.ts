/** A local date and time without its zone. */
interface LocalTime {
  year: number
  month: number
  day: number
  ms: number
}

const clock = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?)?`
const zoneEnd = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`
const iso = new RegExp(String.raw`^(\d{4})-?(\d{2})-?(\d{2})${clock}${zoneEnd}$`)
const slashed = new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})${clock}${zoneEnd}$`)

/** How the day of a date is written. */
export type DateOrder = 'iso' | 'day-first' | 'month-first'

/**
 * Milliseconds since 1970 of a written time: ISO 8601 (`2030-09-01T17:00:00Z`, `2030-09-01`, `20300901`), or a day and a month
 * with slashes, dots or dashes. Null when it is none, or when neither the text nor `zone` names its zone: a guess at the zone is a fault of hours.
 */
export function parseWrittenTime(text: string, order: DateOrder, zone: string | undefined): number | null {
  const trimmed = text.trim()
  const found = (order === 'iso' ? iso : slashed).exec(trimmed)
  if (found === null) return null
  const [first, second, third] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const [year, month, day] =
    order === 'iso'
      ? [first, second, third]
      : [
          third < 100 ? third + (third < 70 ? 2000 : 1900) : third,
          ...(order === 'day-first' ? [second, first] : [first, second]),
        ]
  const half = found[8]?.toLowerCase()
  const written = Number(found[4] ?? 0)
  const hour = half === undefined ? written : (written % 12) + (half === 'pm' ? 12 : 0)
  if (!isDate(year ?? 0, month ?? 0, day ?? 0) || hour > 23 || Number(found[5] ?? 0) > 59) return null
  const ms = hour * 3_600_000 + Number(found[5] ?? 0) * 60_000 + Number(found[6] ?? 0) * 1000
  const fraction = Math.round(Number(`0.${found[7] ?? '0'}`) * 1000)
  const local = { year: year ?? 0, month: month ?? 0, day: day ?? 0, ms: ms + fraction }
  const named = found[9] ?? zone
  return named === undefined ? null : inZone(local, named)
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const offset = /^([+-])(\d{2}):?(\d{2})?$/

function inZone({ year, month, day, ms }: LocalTime, zone: string): number | null {
  const utc = Date.UTC(year, month - 1, day) + ms
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return utc
  const fixed = offset.exec(zone)
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)
    return utc - (fixed[1] === '-' ? -1 : 1) * minutes * 60_000
  }
  const first = offsetMs(zone, utc)
  if (first === null) return null
  // The offset of the hour itself, which is another one on the day that clocks are set.
  return utc - (offsetMs(zone, utc - first) ?? first)
}

const formats = new Map<string, Intl.DateTimeFormat | null>()

/** Milliseconds by which a zone's clocks are ahead of UTC at an instant; null for a zone that there is not. */
function offsetMs(zone: string, atMs: number): number | null {
  let format = formats.get(zone)
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })
    } catch {
      format = null
    }
    formats.set(zone, format)
  }
  if (format === null) return null
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]))
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
  return local - Math.floor(atMs / 1000) * 1000
}

/** Whether a zone is one. */
export const isZone = (zone: string): boolean =>
  ['Z', 'UTC', 'GMT'].includes(zone) || offset.test(zone) || offsetMs(zone, 0) !== null

const hours = /^(\d{1,3}):(\d{2}):(\d{2}(?:[.,]\d+)?)$/
const isoDuration = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/
const minutes = /^(\d{0,3}):(\d{1,2}(?:[.,]\d+)?)$/

/** Seconds of a clock: `11:38`, `:05`, `1:38.109`, `1:02:03`, `PT11M38S`. Null when it is none of these. */
export function parseClock(text: string): number | null {
  const trimmed = text.trim()
  const number = (part: string | undefined): number => Number((part ?? '0').replace(',', '.') || '0')
  const long = hours.exec(trimmed)
  if (long !== null) return number(long[1]) * 3600 + number(long[2]) * 60 + number(long[3])
  const short = minutes.exec(trimmed)
  if (short !== null) return number(short[2]) < 60 ? number(short[1]) * 60 + number(short[2]) : null
  const iso8601 = isoDuration.exec(trimmed)
  if (iso8601 !== null && trimmed !== 'PT')
    return number(iso8601[1]) * 3600 + number(iso8601[2]) * 60 + number(iso8601[3])
  return null
}
