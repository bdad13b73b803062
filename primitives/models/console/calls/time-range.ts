/** Times of the calls page as its URL has them: a last stretch that moves on, or fixed ends in milliseconds. */
export interface TimeState {
  last: string
  from: string
  to: string
}

const minuteMs = 60_000

/** Stretches that end now. */
export const lastRanges = {
  hour: { label: 'Last hour', ms: 60 * minuteMs },
  day: { label: 'Last day', ms: 24 * 60 * minuteMs },
}

/** What the time filter stands at: a stretch, `custom`, or empty for any time. */
export function chosenRange({ last, from, to }: TimeState): '' | 'custom' | keyof typeof lastRanges {
  if (from !== '' || to !== '') return 'custom'
  return last in lastRanges ? (last as keyof typeof lastRanges) : ''
}

/** The state after another choice. A custom range begins with the last hour. */
export function chooseRange(choice: string, nowMs: number): TimeState {
  const anHourAgo = Math.floor(nowMs / minuteMs - 60) * minuteMs
  return choice === 'custom'
    ? { last: '', from: String(anHourAgo), to: '' }
    : { last: choice, from: '', to: '' }
}

/** What `GET /calls` is asked for. */
export function askedTimes(state: TimeState, nowMs: number): { from: string; to: string } {
  const chosen = chosenRange(state)
  return chosen === '' || chosen === 'custom'
    ? { from: state.from, to: state.to }
    : { from: String(nowMs - lastRanges[chosen].ms), to: '' }
}

/** A time in milliseconds as a `datetime-local` field has it, in the time zone of who looks; empty stays so. */
export function toField(timeMs: string): string {
  const date = new Date(timeMs === '' ? Number.NaN : Number(timeMs))
  if (Number.isNaN(date.getTime())) return ''
  const local = new Date(date.getTime() - date.getTimezoneOffset() * minuteMs)
  return local.toISOString().slice(0, 16)
}

export function fromField(text: string): string {
  const timeMs = new Date(text).getTime()
  return Number.isNaN(timeMs) ? '' : String(timeMs)
}
