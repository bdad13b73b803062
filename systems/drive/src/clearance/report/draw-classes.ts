import type { ClassResult } from './clearance-report.ts'
import { at, count, percent, text } from './html.ts'

const width = 1180
const rowHeight = 30
const left = 190
const right = 330
const top = 34

/** A row for each class: its interval on a logarithmic axis, the rate as a dot, the limit as a line, and figures beside it. */
export function drawClasses(classes: readonly ClassResult[], confidence: number): string {
  const least = Math.min(1e-3, ...classes.map(({ upper, limit }) => Math.min(upper, limit) / 2))
  const from = Math.floor(Math.log10(least))
  const x = (rate: number) =>
    left + ((Math.log10(Math.max(rate, 10 ** from)) - from) / -from) * (width - left - right)
  const height = top + classes.length * rowHeight + 8
  const ticks = Array.from({ length: -from + 1 }, (_, index) => 10 ** (from + index))
  const parts = ticks.map(
    (tick) =>
      `<line x1="${at(x(tick))}" x2="${at(x(tick))}" y1="${top - 8}" y2="${height - 4}" stroke="var(--line)"/><text class="soft" x="${at(x(tick))}" y="${top - 14}" text-anchor="middle">${percent(tick)}</text>`,
  )
  for (const [index, one] of classes.entries()) {
    const y = top + index * rowHeight + rowHeight / 2
    const colour =
      one.state === 'within' ? 'var(--good)' : one.state === 'above' ? 'var(--bad)' : 'var(--warn)'
    const words = `${count(one.n)} runs, ${count(one.failures)} failed: ≤ ${percent(one.upper)} ${one.state === 'within' ? '✓' : one.state === 'above' ? '✕' : '…'}`
    parts.push(
      `<text x="0" y="${at(y + 4)}">${text(one.scenarioClass)}</text>`,
      `<rect x="${at(x(one.lower))}" y="${at(y - 6)}" width="${at(Math.max(1, x(one.upper) - x(one.lower)))}" height="12" rx="2" fill="${colour}" fill-opacity="0.35"/>`,
      `<line x1="${at(x(one.upper))}" x2="${at(x(one.upper))}" y1="${at(y - 9)}" y2="${at(y + 9)}" stroke="${colour}" stroke-width="2.5"/>`,
      one.failures > 0 ? `<circle cx="${at(x(one.rate))}" cy="${at(y)}" r="4" fill="${colour}"/>` : '',
      `<line x1="${at(x(one.limit))}" x2="${at(x(one.limit))}" y1="${at(y - 13)}" y2="${at(y + 13)}" stroke="var(--ink)" stroke-width="1.5" stroke-dasharray="3 2"/>`,
      `<text x="${width - right + 16}" y="${at(y + 4)}">${text(words)}</text>`,
    )
  }
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Rate of failures of each class with its ${percent(confidence)} bound against its limit"><text class="soft" x="0" y="${top - 14}">rate of failures</text>${parts.join('')}</svg>`
}
