export interface PeakForecast {
  /** The peak that half of such days stay below, in the series' unit. */
  median: number
  /** The peak that a share `level` of such days stays below: what to plan for. */
  quantile(level: number): number
  /** From what it was foretold, with weights, the heaviest first. */
  drivers: { name: string; weight: number }[]
  /** The day is marked as no day before was: nothing tells how much more it brings, and what is said is of other days. */
  isFirstOfItsKind: boolean
}

/** Known of a day beforehand, e.g. how many matches there are; days alike in it are compared with each other. */
export type DayMark = string | null

interface Guess {
  name: string
  /** Logarithm of the peak of day `d` from the logarithms of those before; null where it has nothing to go by. */
  of(logs: readonly number[], d: number, marks: readonly DayMark[]): number | null
}

const guesses: readonly Guess[] = [
  { name: 'yesterday', of: (logs, d) => logs[d - 1] ?? null },
  { name: 'mean of three days', of: (logs, d) => meanOf(logs, d - 3, d) },
  { name: 'median of a week', of: (logs, d) => medianOf(logs.slice(Math.max(0, d - 7), d)) },
  { name: 'the same weekday', of: (logs, d) => (d < 7 ? null : (logs[d - 7] as number)) },
  {
    name: 'the same weekday and the growth since',
    of(logs, d) {
      if (d < 14) return null
      const growth = medianOf(logs.slice(d - 7, d)) as number
      return (logs[d - 7] as number) + growth - (medianOf(logs.slice(d - 14, d - 7)) as number)
    },
  },
  {
    // What such a day brings beyond the days around it, so that growth since the last one counts.
    name: 'days of the same kind by those around them',
    of(logs, d, marks) {
      const mark = marks[d] ?? null
      const now = plainWeek(logs, d, marks)
      if (mark === null || now === null) return null
      const beyond = logs
        .slice(0, d)
        .map((log, i) => {
          const around = marks[i] === mark ? plainWeek(logs, i, marks) : null
          return around === null ? null : log - around
        })
        .filter((one) => one !== null)
      const usual = medianOf(beyond.slice(-5))
      return usual === null ? null : now + usual
    },
  },
  {
    name: 'the last days of the same kind',
    of(logs, d, marks) {
      const mark = marks[d] ?? null
      if (mark === null) return null
      const alike = logs.filter((_, i) => i < d && marks[i] === mark).slice(-5)
      return alike.length === 0 ? null : medianOf(alike)
    },
  },
]

const leastDays = 3
/** Days after which an error counts half. */
const halfLife = 21
/** With fewer errors nothing is known of their spread, and so many tell a quantile of their own. */
const leastKnown = 14
const enough = 60
/** Of the median absolute deviation: 95 % of a Student distribution of three degrees of freedom is within 3.1, 99 % within 5.9. */
const mostSpreads = 5

/**
 * The highest value of the day after the last of `peaks` (one a day, above zero or zero) as a distribution: what several simple guesses say,
 * weighted by their errors on the days so far, times what the past days' peaks were of what was foretold for them. `marks` has one
 * more entry than `peaks`: the last is of the day that is asked about.
 */
export function forecastPeak(peaks: readonly number[], marks: readonly DayMark[] = []): PeakForecast {
  const floor = 1e-9 * Math.max(...peaks, 1e-300)
  const logs = peaks.map((peak) => Math.log(Math.max(peak, floor)))
  // Which guess is good on marked days says nothing of the others.
  const noErrors = () => guesses.map(() => ({ weight: 0, sum: 0 }))
  const errors = { marked: noErrors(), plain: noErrors() }
  const isMarked = (d: number) => (marks[d] ?? null) !== null
  const misses: { error: number; day: number; marked: boolean }[] = []
  for (let d = 1; d < logs.length; d++) {
    const own = isMarked(d) ? errors.marked : errors.plain
    const now = blendGuesses(logs, d, marks, own)
    // The first day of a kind is foretold by none alike; a later one is, so that miss is not like its own.
    const isFirst = isMarked(d) && now.said.at(-1) === null
    if (d >= leastDays && !isFirst)
      misses.push({ error: (logs[d] as number) - now.center, day: d, marked: isMarked(d) })
    for (const [at, said] of now.said.entries()) {
      if (said === null) continue
      const one = own[at] as { weight: number; sum: number }
      const fade = 0.5 ** (1 / halfLife)
      one.weight = one.weight * fade + 1
      // Bounded, so that one day that nobody could know does not decide which guess is believed.
      one.sum = one.sum * fade + Math.min(1, Math.abs((logs[d] as number) - said))
    }
  }
  const marked = isMarked(logs.length)
  const { center, weights } = blendGuesses(logs, logs.length, marks, marked ? errors.marked : errors.plain)
  const alike = misses.filter((miss) => miss.marked === marked)
  const used = alike.length >= 10 ? alike : misses
  const ranked = used
    .map(({ error, day }) => ({ error, weight: 0.5 ** ((logs.length - day) / halfLife) }))
    .toSorted((a, b) => a.error - b.error)
  const middle = weightedQuantile(ranked, 0.5)
  const spread = weightedQuantile(
    ranked
      .map(({ error, weight }) => ({ error: Math.abs(error - middle), weight }))
      .toSorted((a, b) => a.error - b.error),
    0.5,
  )
  const shift = (level: number) => {
    const seen = weightedQuantile(ranked, level)
    // So few days have no quantile of their own but the largest error, and one day that nobody could know stands for weeks.
    if (level <= 0.5 || ranked.length < leastKnown || ranked.length >= enough) return seen
    return Math.min(seen, middle + mostSpreads * spread)
  }
  const mark = marks[logs.length] ?? null
  return {
    isFirstOfItsKind: mark !== null && !marks.slice(0, logs.length).includes(mark),
    median: Math.exp(center + shift(0.5)),
    quantile: (level) => Math.exp(center + shift(level)),
    drivers: guesses
      .map(({ name }, at) => ({ name, weight: weights[at] as number }))
      .filter(({ weight }) => weight > 0)
      .toSorted((a, b) => b.weight - a.weight),
  }
}

function blendGuesses(
  logs: readonly number[],
  d: number,
  marks: readonly DayMark[],
  errors: readonly { weight: number; sum: number }[],
) {
  const said = guesses.map((guess) => guess.of(logs, d, marks))
  const raw = said.map((value, at) => {
    const { weight, sum } = errors[at] as { weight: number; sum: number }
    return value === null ? 0 : ((weight + 1) / (sum + 0.3)) ** 3
  })
  const total = raw.reduce((sum, value) => sum + value, 0)
  const weights = raw.map((value) => (total === 0 ? 0 : value / total))
  const center = said.reduce<number>((sum, value, at) => sum + (value ?? 0) * (weights[at] as number), 0)
  return { said, weights, center: total === 0 ? (logs[d - 1] ?? 0) : center }
}

/** Conformal: one error more than was seen is thought beyond the largest. */
function weightedQuantile(ranked: readonly { error: number; weight: number }[], level: number): number {
  if (ranked.length === 0) return 0
  const total = ranked.reduce((sum, one) => sum + one.weight, 0)
  let below = 0
  for (const { error, weight } of ranked) {
    below += weight
    if (below >= level * total * (1 + 1 / (ranked.length + 1))) return error
  }
  return (ranked.at(-1) as { error: number }).error
}

/** The middle of the days of the week before a day that are marked with nothing; null where there is none. */
function plainWeek(logs: readonly number[], d: number, marks: readonly DayMark[]): number | null {
  const from = Math.max(0, d - 7)
  return medianOf(logs.slice(from, d).filter((_, i) => (marks[from + i] ?? null) === null))
}

function meanOf(values: readonly number[], from: number, to: number): number | null {
  if (from < 0) return null
  return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
}
