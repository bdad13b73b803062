import { roundTo } from '@heavylift/core/math'
import { escapeHtml } from '@heavylift/core/text'

/** Text for HTML and SVG. Everything that comes from scenarios, names and messages goes through it. */
export function text(value: unknown): string {
  return escapeHtml(String(value))
}

/** `3.2 %`; three digits that matter. */
export function percent(rate: number): string {
  if (!Number.isFinite(rate)) return '–'
  const value = rate * 100
  return `${value === 0 ? '0' : value >= 99.95 ? '100' : Number(value.toPrecision(value < 1 ? 2 : 3))} %`
}

/** `12,345`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

export function number(value: number | null, digits = 1): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(digits)
}

/** A coordinate of a drawing, to a tenth. */
export function at(value: number): string {
  return String(roundTo(value, 1))
}
