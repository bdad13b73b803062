const dayMs = 86_400_000

/** Which UTC day and month it is, asked at every request: a new `Date` only when the day changes. */
export class UtcCalendar {
  /** Days and months since the epoch. */
  day = -1
  month = -1
  dayEndsAtMs = 0
  monthEndsAtMs = 0

  update(nowMs: number): void {
    const day = Math.floor(nowMs / dayMs)
    if (day === this.day) return
    const date = new Date(nowMs)
    this.day = day
    this.month = date.getUTCFullYear() * 12 + date.getUTCMonth()
    this.dayEndsAtMs = (day + 1) * dayMs
    this.monthEndsAtMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
  }
}
