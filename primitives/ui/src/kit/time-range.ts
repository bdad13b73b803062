const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Every stretch of time that a page may offer; it ends now. */
export const timeRanges = {
  '5m': { label: '5 minutes', ms: 5 * minuteMs },
  '15m': { label: '15 minutes', ms: 15 * minuteMs },
  '1h': { label: '1 hour', ms: hourMs },
  '6h': { label: '6 hours', ms: 6 * hourMs },
  '24h': { label: '24 hours', ms: dayMs },
  '7d': { label: '7 days', ms: 7 * dayMs },
  '30d': { label: '30 days', ms: 30 * dayMs },
  '90d': { label: '90 days', ms: 90 * dayMs },
} as const

export type TimeRangeName = keyof typeof timeRanges

/** As a page's URL has it: a stretch by its name, or fixed ends in epoch milliseconds; all empty is any time. */
export interface TimeRangeState {
  range: string
  from: string
  to: string
}

export interface ChosenTime {
  /** `any`: without bounds; `custom`: fixed ends. */
  name: TimeRangeName | 'any' | 'custom'
  /** As a note beside what it bounds: `last 24 hours`, `any time`, `from 2026-05-04 10:00 to now`. */
  label: string
  /** Epoch milliseconds, rounded to the minute, so that the same choice asks the same question for a while. */
  fromMs: number | null
  toMs: number | null
}

/** What a state of the URL stands for at `nowMs`. */
export function chosenTime({ range, from, to }: TimeRangeState, nowMs: number): ChosenTime {
  if (from !== '' || to !== '') {
    const [fromMs, toMs] = [from, to].map((end) => (/^\d+$/.test(end) ? Number(end) : null))
    return {
      name: 'custom',
      label: `${fromMs ? `from ${toField(fromMs).replace('T', ' ')}` : 'from the beginning'} to ${toMs ? toField(toMs).replace('T', ' ') : 'now'}`,
      fromMs: fromMs ?? null,
      toMs: toMs ?? null,
    }
  }
  if (!Object.hasOwn(timeRanges, range)) return { name: 'any', label: 'any time', fromMs: null, toMs: null }
  const name = range as TimeRangeName
  const { label, ms } = timeRanges[name]
  const fromMs = Math.floor((nowMs - ms) / minuteMs) * minuteMs
  return { name, label: `last ${label}`, fromMs, toMs: null }
}

/** The state after another choice; fixed ends begin with the last hour. */
export function chooseTime(choice: string, nowMs: number): TimeRangeState {
  if (choice !== 'custom') return { range: choice === 'any' ? 'any' : choice, from: '', to: '' }
  return { range: '', from: String(Math.floor((nowMs - hourMs) / minuteMs) * minuteMs), to: '' }
}

/** A time as a `datetime-local` field has it, in the time zone of who looks. */
export function toField(atMs: number | null): string {
  if (atMs === null || Number.isNaN(new Date(atMs).getTime())) return ''
  return new Date(atMs - new Date(atMs).getTimezoneOffset() * minuteMs).toISOString().slice(0, 16)
}

/** Epoch milliseconds as text of what a `datetime-local` field says; empty without one. */
export function fromField(text: string): string {
  const atMs = new Date(text).getTime()
  return Number.isNaN(atMs) ? '' : String(atMs)
}
