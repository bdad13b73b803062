import { atom, compound, NotCel, quote, wrap } from './cel-value.ts'
import type { Cel } from './cel-value.ts'

export const time = (text: string): Cel => atom(text, 'time')

/** A time by its milliseconds since 1970. Of whole numbers implementations of CEL disagree on the unit, so it is added to the epoch. */
export const ofMillis = (of: Cel): Cel => ({
  ...atom(`(timestamp("1970-01-01T00:00:00Z") + duration(string(int(${of.text}) / 1000) + "s"))`, 'time'),
})

/** When the run began: a definition has no other now, so that it can be replayed. */
export const runStart: Cel = ofMillis(atom('run.startedMs', 'number'))

/** Where the parts of a time stand in CEL's `string(timestamp)`: 2026-01-31T12:30:59Z. Names are Luxon's. */
const places: Record<string, [number, number]> = {
  yyyy: [0, 4],
  yy: [2, 4],
  MM: [5, 7],
  LL: [5, 7],
  dd: [8, 10],
  HH: [11, 13],
  mm: [14, 16],
  ss: [17, 19],
}
const unpadded: Record<string, string> = {
  M: 'getMonth() + 1',
  L: 'getMonth() + 1',
  d: 'getDate()',
  H: 'getHours()',
  m: 'getMinutes()',
}

/**
 * A time in UTC by a format of Luxon (`yyyy-MM-dd HH:mm`), of its tokens with digits.
 * @throws NotCel for names of months and days, and for zones
 */
export function formatTime(of: Cel, format: string): Cel {
  const whole = `string(${of.text})`
  const parts: string[] = []
  let plain = ''
  const flush = (): void => {
    if (plain !== '') parts.push(quote(plain))
    plain = ''
  }
  // Parts that stand side by side in the text are taken in one.
  const iso = 'yyyy-MM-ddTHH:mm:ss'
  for (const token of format.match(/'[^']*'|([a-zA-Z])\1*|[^a-zA-Z']+/g) ?? []) {
    const place = places[token]
    const number = unpadded[token]
    if (place) {
      flush()
      parts.push(`${whole}.substring(${place[0]}, ${place[1]})`)
    } else if (number !== undefined) {
      flush()
      parts.push(`string(${wrap(of)}.${number})`)
    } else if (/^[a-zA-Z]/.test(token)) throw new NotCel(`the format ${format} of a time`)
    else plain += token.startsWith("'") ? token.slice(1, -1) : token
  }
  flush()
  const at = iso.indexOf(format)
  if (at >= 0 && /^(yyyy|MM|dd|HH|mm|ss)/.test(format) && /(yyyy|MM|dd|HH|mm|ss)$/.test(format))
    return atom(`${whole}.substring(${at}, ${at + format.length})`, 'text')
  if (parts.length === 0) return atom('""', 'text')
  return parts.length === 1 ? atom(parts[0]!, 'text') : compound(parts.join(' + '), 'text')
}

const seconds: Record<string, number> = { second: 1, minute: 60, hour: 3_600, day: 86_400, week: 604_800 }

/** `plus({ days: 2 })`, `minus(2, 'days')`. Months and years have no fixed length: CEL cannot say them. */
export function moveTime(of: Cel, method: 'plus' | 'minus', arg: (at: number) => Cel, count: number): Cel {
  const given = arg(0)
  const sign = method === 'plus' ? '+' : '-'
  let total = 0
  if (given.kind === 'map') {
    for (const [, unit, amount] of given.text.matchAll(/"(\w+)": ([^,}]+)/g))
      total += secondsOf(unit!, Number(amount))
  } else if (typeof given.literal === 'number') {
    const unit = count > 1 ? arg(1).literal : 'milliseconds'
    total = unit === 'milliseconds' ? given.literal / 1000 : secondsOf(String(unit), given.literal)
  } else throw new NotCel('a stretch of time that is worked out')
  if (!Number.isFinite(total)) throw new NotCel('a stretch of time that is worked out')
  return { ...compound(`${wrap(of)} ${sign} duration(${quote(`${total}s`)})`, 'time') }
}

function secondsOf(unit: string, amount: number): number {
  const one = seconds[unit.replace(/s$/, '')]
  if (one === undefined) throw new NotCel(`a stretch of ${unit}`)
  return one * amount
}

export function startOf(of: Cel, unit: string): Cel {
  const date = `string(${of.text}).substring(0, `
  if (unit === 'day') return time(`timestamp(${date}10) + "T00:00:00Z")`)
  if (unit === 'month') return time(`timestamp(${date}7) + "-01T00:00:00Z")`)
  if (unit === 'year') return time(`timestamp(${date}4) + "-01-01T00:00:00Z")`)
  if (unit === 'hour') return time(`timestamp(${date}13) + ":00:00Z")`)
  throw new NotCel(`the start of a ${unit}`)
}
