import { emptyWeek, formatWeek } from './week.ts'
import type { Week } from './week.ts'

// Two letters are a day only where a list of days or hours goes on: "We are open" is no Wednesday.
const dayNames = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const day = String.raw`(?:(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?|(?:mo|tu|we|th|fr|sa|su)\b(?=\s*[-–,;/&.]|\s+(?:\d|and\s+\d)|\s+(?:off|closed)|\s*$))`
const dash = String.raw`\s*(?:-|–|—|to|through|thru|till|until|and)\s*`
const dayRange = String.raw`${day}(?:\s*(?:-|–|—|to|through|thru)\s*${day})?`
const otherDays = String.raw`|(?:on\s+)?week\s?days?|week\s?ends?|m\s*[-–]\s*f\b|daily|every\s?day|(?:all|seven|7) days(?: a week)?|business days|(?:on\s+)?school days`
const days = String.raw`(?:${dayRange}(?:\s*(?:,|&|and|/)\s*${dayRange})*${otherDays})`
// After its hours: a further day with hours of its own is the next rule.
const daysAfter = String.raw`(?:${dayRange}(?:\s*(?:,|&|and|/)\s*${dayRange}(?![\s:,]*(?:from\s+)?\d))*${otherDays})`
const time = String.raw`(?:(?:\d{1,2}(?:[:.]\d{2})?\s*(?:a\.?m\.?|p\.?m\.?|o'?clock|h)?(?![\d/]))|noon|midnight|midday)`
const span = String.raw`(?:${time}${dash}${time})`
// A further span is the same day's, unless a day of its own follows it.
const spans = String.raw`(?:${span}(?:\s*(?:,|&|and|;)\s*${span}(?!(?::\d{2})?[\s.]*(?:[ap]?\.?m?\.?)?[\s.]*(?:on\s+)?${day}))*)`
const rule = new RegExp(
  String.raw`(?<allday>24\s*/\s*7|24 hours(?: a day)?(?:,? (?:7|seven) days(?: a week)?)?|around the clock)|(?<d1>${days})[\s:,]*(?:(?:is|are|we're|open|only|from|between|hours?|the office is|at)[\s:]*)*(?<t1>${spans}|closed|off|24 hours)|(?<t2>${spans})[\s,]*(?:(?:on|open|only)\s+)?(?<d2>${daysAfter})|(?<closed>closed)\s+(?:on\s+|all\s+)?(?<d3>${days})|(?<bare>${spans})`,
  'giu',
)

/** `opening_hours` as `formatWeek` writes it, so that two ways of saying the same are equal; null where it says nothing. */
export function canonicalHours(hours: string | null): string | null {
  return hours === null || hours.trim() === '' ? null : (readHours(`open ${hours}`) ?? hours.trim())
}

/** A bare span such as `9 to 5` is hours only in a sentence that speaks of being open or there. */
const speaksOfHours =
  /\b(?:open|hours?|opens|closes?|closed|staffed|attended|receiving|reception|business|office|deliver(?:y|ies|ed)?|available|home|accept(?:s|ed)?|someone|here|there|between|lobby)\b/i

/**
 * When a place is open or attended, read out of prose, tables or `opening_hours`, in that syntax; null where nothing is said. Times
 * without a.m. or p.m. are read as a working day has them: `9-5` is 09:00-17:00.
 */
export function readHours(text: string): string | null {
  const week = emptyWeek()
  let said = false
  // "Mon 9am-5pm" over lines of a table; a phone number is no time.
  const plain = text
    .replaceAll(/\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}/g, ' ')
    .replaceAll(/\b\d{5}(?:-\d{4})?\b/g, ' ')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, ' ')
  const contexts = plain.split(/\n{2,}/)
  for (const part of contexts) {
    for (const match of part.matchAll(rule)) {
      const groups = match.groups ?? {}
      if (groups['bare'] !== undefined && !isHours(part, match.index, groups['bare'])) continue
      said = applyRule(week, groups) || said
    }
  }
  return said ? formatWeek(week) : null
}

function isHours(part: string, at: number, words: string): boolean {
  // Without a.m., p.m. or minutes it may be any two numbers ("2-4 units"), unless the word before says what they are.
  if (
    !/[ap]\.?m|:\d\d|noon/i.test(words) &&
    !/\b(?:open|hours|from|between|available|accepted|staffed)\W*$/i.test(part.slice(0, at))
  )
    return false
  const sentence = part.slice(
    Math.max(0, part.lastIndexOf('.', at - 2), part.lastIndexOf('\n', at)),
    at + words.length + 40,
  )
  return speaksOfHours.test(sentence) && readSpans(words).length > 0
}

function applyRule(week: Week, groups: Record<string, string | undefined>): boolean {
  if (groups['allday'] !== undefined) {
    for (const spansOfDay of week) spansOfDay.splice(0, Infinity, [0, 1440])
    return true
  }
  const named = groups['d1'] ?? groups['d2'] ?? groups['d3']
  const on = named === undefined ? [0, 1, 2, 3, 4] : readDays(named)
  const words = groups['t1'] ?? groups['t2'] ?? groups['bare'] ?? 'closed'
  const open: [number, number][] = /24 hours/i.test(words) ? [[0, 1440]] : readSpans(words)
  if (open.length === 0 && !/closed|off/i.test(words)) return false
  // A bare span beside days that are told says it again for others, so it must not overwrite them.
  if (named === undefined && week.some((spansOfDay) => spansOfDay.length > 0)) return false
  for (const index of on)
    week[index]!.splice(0, Infinity, ...open.map(([from, to]): [number, number] => [from, to]))
  return open.length > 0 || week.some((spansOfDay) => spansOfDay.length > 0)
}

function readDays(text: string): number[] {
  const plain = text.toLowerCase()
  if (/week\s?day|^m\s*[-–]\s*f$|business day|school day/.test(plain)) return [0, 1, 2, 3, 4]
  if (/week\s?end/.test(plain)) return [5, 6]
  if (/daily|every|all|seven|7/.test(plain)) return [0, 1, 2, 3, 4, 5, 6]
  const found: number[] = []
  for (const part of plain.split(/,|&|\band\b|\//)) {
    const ends = [...part.matchAll(/\b(mo|tu|we|th|fr|sa|su)[a-z]*/g)].map((match) =>
      dayNames.indexOf(match[1]!),
    )
    const [first, last] = [ends[0], ends.at(-1)]
    if (first === undefined || last === undefined) continue
    for (let at = first; ; at = (at + 1) % 7) {
      found.push(at)
      if (at === last) break
    }
  }
  return found
}

function readSpans(text: string): [number, number][] {
  const found: [number, number][] = []
  for (const match of text.matchAll(new RegExp(`(${time})${dash}(${time})`, 'giu'))) {
    const to = readTime(match[2]!)
    const from = readTime(match[1]!)
    if (from === null || to === null) continue
    let start = from.minutes
    let end = to.minutes
    // "8-12 pm": what stands with the end holds for the start where that keeps the order.
    if (from.half === null && to.half === 'pm' && start < 720 && start + 720 < end)
      start += start < 360 ? 720 : 0
    if (to.half === null && from.half !== 'pm' && end <= start && end < 720) end += 720
    if (from.half === null && to.half === null && start < 360 && !/:/.test(match[1]!)) {
      start += 720
      if (end <= start) end += 720
    }
    if (to.half === null && from.half === 'pm' && end < 720) end += 720
    if (end <= start) end += 1440
    if (end - start > 0 && end - start <= 1440 && start < 1440) found.push([start, end])
  }
  return found
}

function readTime(text: string): { minutes: number; half: 'am' | 'pm' | null } | null {
  const plain = text.toLowerCase()
  if (/noon|midday/.test(plain)) return { minutes: 720, half: 'pm' }
  if (plain.includes('midnight')) return { minutes: 1440, half: 'am' }
  const match = /(\d{1,2})(?:[:.](\d{2}))?\s*(a|p)?/.exec(plain)
  if (match === null) return null
  const hour = Number(match[1])
  const minute = Number(match[2] ?? 0)
  if (hour > 24 || minute > 59) return null
  const half = match[3] === undefined ? null : match[3] === 'a' ? 'am' : 'pm'
  const inDay = half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour
  return {
    minutes: inDay * 60 + minute,
    half: half ?? (hour > 12 || /^0\d/.test(plain) ? (hour >= 12 ? 'pm' : 'am') : null),
  }
}
