const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Time ranges of the usage page; each has as many steps as a chart can show. */
export const ranges = {
  day: { label: '24 h', ms: dayMs, bucket: 'hour' },
  week: { label: '7 d', ms: 7 * dayMs, bucket: 'day' },
  month: { label: '30 d', ms: 30 * dayMs, bucket: 'day' },
  quarter: { label: '90 d', ms: 90 * dayMs, bucket: 'day' },
} as const

export type RangeName = keyof typeof ranges

export const bucketMs = { hour: hourMs, day: dayMs }

/** The first bucket of a range that ends now; days and hours are those of UTC. */
export function rangeStart(range: RangeName, nowMs: number): number {
  const { ms, bucket } = ranges[range]
  return Math.floor((nowMs - ms) / bucketMs[bucket] + 1) * bucketMs[bucket]
}
