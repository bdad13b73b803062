const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that a zone is ahead of UTC at a moment. */
function offsetMs(zone: string, atMs: number): number {
  let format = formats.get(zone)
  if (format === undefined) {
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
    formats.set(zone, format)
  }
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value)
  return (
    Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']) -
    Math.floor(atMs / 1000) * 1000
  )
}

/** `+0100`, `-05:30` or `Z` in seconds. */
function offsetS(text: string): number {
  if (text === 'Z') return 0
  const minutes = 60 * Number(text.slice(1, 3)) + Number(text.slice(-2))
  return (text.startsWith('-') ? -60 : 60) * minutes
}

export interface LocalTime {
  /** Seconds since 1970; of the first where the time was twice. */
  atS: number
  /** Where the clock was set back: the second time that it was so. */
  secondS: number | null
  /** The clock skipped this time. */
  isSkipped: boolean
}

/** A time without a zone (`2024-03-10T02:30:00`) in a zone with its summer time, or with an offset of its own (`+0100`, `Z`); null where the text is none. */
export function readLocalTime(text: string, zone: string): LocalTime | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?/.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute, second = '0', offset] = match
  const wallMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  if (!Number.isFinite(wallMs)) return null
  if (offset !== undefined) return { atS: wallMs / 1000 - offsetS(offset), secondS: null, isSkipped: false }
  if (zone === 'UTC') return { atS: wallMs / 1000, secondS: null, isSkipped: false }
  // Offsets a day before and after: where they differ, the clock was set in between.
  const before = offsetMs(zone, wallMs - 86_400_000)
  const after = offsetMs(zone, wallMs + 86_400_000)
  const moments = [...new Set([before, after])]
    .map((offset) => wallMs - offset)
    .filter((ms) => ms + offsetMs(zone, ms) === wallMs)
  moments.sort((a, b) => a - b)
  if (moments.length === 0) return { atS: (wallMs - before) / 1000, secondS: null, isSkipped: true }
  return {
    atS: moments[0]! / 1000,
    secondS: moments.length > 1 ? moments[1]! / 1000 : null,
    isSkipped: false,
  }
}
