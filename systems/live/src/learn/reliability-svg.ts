import { escapeXml } from '@heavylift/core/text'
import type { ReliabilityBin } from './metrics.ts'

const size = { width: 480, height: 500, left: 56, right: 28, top: 44, plot: 320, counts: 72, gap: 12 }
const plotWidth = size.width - size.left - size.right
const ink = '#1c2330'
const faint = '#6b7484'
const line = '#dde1e8'
const mark = '#1f6feb'

/**
 * A reliability diagram as standalone SVG: predicted against happened, a dot a bin (area by rows), with the rows of each bin
 * as bars below.
 */
export function reliabilitySvg(title: string, bins: readonly ReliabilityBin[]): string {
  const most = Math.max(...bins.map(({ rows }) => rows), 1)
  const x = (share: number): number => size.left + share * plotWidth
  const y = (share: number): number => size.top + (1 - share) * size.plot
  const floor = size.top + size.plot + size.gap + size.counts
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const grid = ticks.flatMap((tick) => [
    `<line x1="${at(x(tick))}" y1="${at(y(1))}" x2="${at(x(tick))}" y2="${at(y(0))}" stroke="${line}"/>`,
    `<line x1="${at(x(0))}" y1="${at(y(tick))}" x2="${at(x(1))}" y2="${at(y(tick))}" stroke="${line}"/>`,
    `<text x="${size.left - 8}" y="${at(y(tick) + 4)}" text-anchor="end">${percent(tick)}</text>`,
    `<text x="${at(x(tick))}" y="${floor + 16}" text-anchor="middle">${percent(tick)}</text>`,
  ])
  const bars = bins.map(({ low, high, rows }) => {
    const height = (rows / most) * (size.counts - 16)
    const middle = x((low + high) / 2)
    const width = (high - low) * plotWidth - 4
    return (
      `<rect x="${at(x(low) + 2)}" y="${at(floor - height)}" width="${at(width)}" height="${at(height)}" rx="2" fill="${mark}" fill-opacity="0.25"/>` +
      `<text x="${at(middle)}" y="${at(floor - height - 4)}" text-anchor="middle" font-size="9" fill="${faint}">${short(rows)}</text>`
    )
  })
  const curve = bins
    .map(({ meanPredicted, meanHappened }) => `${at(x(meanPredicted))},${at(y(meanHappened))}`)
    .join(' ')
  const dots = bins.map(
    ({ meanPredicted, meanHappened, rows }) =>
      `<circle cx="${at(x(meanPredicted))}" cy="${at(y(meanHappened))}" r="${at(3 + 4 * Math.sqrt(rows / most))}" fill="${mark}" stroke="#fff" stroke-width="1.5"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="${faint}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    `<text x="${size.left}" y="26" font-size="14" font-weight="600" fill="${ink}">${escapeXml(title)}</text>`,
    ...grid,
    `<line x1="${at(x(0))}" y1="${at(y(0))}" x2="${at(x(1))}" y2="${at(y(1))}" stroke="${faint}" stroke-dasharray="4 4"/>`,
    `<polyline points="${curve}" fill="none" stroke="${mark}" stroke-width="1.5"/>`,
    ...dots,
    ...bars,
    `<line x1="${at(x(0))}" y1="${floor}" x2="${at(x(1))}" y2="${floor}" stroke="${line}"/>`,
    `<text x="${at(x(0.5))}" y="${floor + 34}" text-anchor="middle" fill="${ink}">Predicted (bars: rows a bin)</text>`,
    `<text transform="translate(14 ${at(y(0.5))}) rotate(-90)" text-anchor="middle" fill="${ink}">Happened</text>`,
    `</svg>`,
    '',
  ].join('\n')
}

function at(value: number): string {
  return String(Number(value.toFixed(1)))
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function short(rows: number): string {
  return rows >= 10_000
    ? `${Math.round(rows / 1000)}k`
    : rows >= 1000
      ? `${(rows / 1000).toFixed(1)}k`
      : String(rows)
}
