import type { Interval } from '@heavylift/core/math'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** `12,480`; null is a dash, since an unknown number is not zero. */
export function formatCount(value: number | null): string {
  return value === null ? '–' : whole.format(value)
}

/** `12.5K`, for places without room. */
export function formatCompact(value: number): string {
  return compact.format(value)
}

/** Three significant digits at most: `0.034`, `8.21`, `146`, `12,480`. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return whole.format(value)
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value)
}

/** Milliseconds as people say them: `0.4 ms`, `84 ms`, `1.24 s`, `3 min 5 s`. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < 10) return `${formatNumber(Math.round(ms * 10) / 10)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600)
    return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`
  const hours = ms / 3_600_000
  return hours < 48 ? `${formatNumber(hours)} h` : `${formatNumber(hours / 24)} d`
}

/** A share as percent with one decimal below 10 % and near 100 %: `4.2 %`, `61 %`, `99.7 %`. */
export function formatPercent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return '–'
  const percent = share * 100
  // Nearly all is not all: 99.7 %, never 100 %.
  const isNearlyAll = percent < 100 && percent >= 99
  const shown = isNearlyAll ? Math.floor(percent * 10) / 10 : percent
  return `${shown.toFixed(Math.abs(percent) < 10 || isNearlyAll ? 1 : 0)} %`
}

/** A change with its sign: `+61 %`, `−4.0 %`. */
export function formatChange(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return '–'
  return `${share < 0 ? '−' : '+'}${formatPercent(Math.abs(share))}`
}

/** `4.2 % (3.8 to 4.6)`. */
export function formatInterval(interval: Interval): string {
  const bound = (value: number) => formatPercent(value).replace(' %', '')
  return `${formatPercent(interval.estimate)} (${bound(interval.low)} to ${bound(interval.high)})`
}

/** Minor units in the currency's own digits: `$59.90`, `¥1,200`. */
export function formatMoney(money: { minor: number; currency: string }): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: money.currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(money.minor / 10 ** digits)
}

/** Millionths of a US dollar: `$0.0042`, `$12.40`. */
export function formatCost(micros: number): string {
  const dollars = micros / 1e6
  if (dollars === 0) return '$0'
  return dollars < 1 ? `$${dollars.toPrecision(2)}` : `$${dollars.toFixed(2)}`
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit] ?? ''}`
}

/** Local date and time to the second, the same width every time: `2026-05-04 17:20:31`. */
export function formatTime(atMs: number): string {
  const at = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

export function formatDay(atMs: number): string {
  return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' }).format(atMs)
}

/** `just now`, `4 min ago`, `3 h ago`, `5 d ago`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - atMs) / 1000))
  if (seconds < 10) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`
  return `${Math.round(seconds / 86_400)} d ago`
}
