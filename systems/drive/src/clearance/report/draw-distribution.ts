import type { Distribution } from './clearance-report.ts'
import { at, count, text } from './html.ts'

const width = 270
const height = 150
const base = height - 34

/** A histogram; failed runs on top of passed ones, on a square-root scale so that few are seen beside many. */
export function drawDistribution({ name, unit, bins, none }: Distribution): string {
  const most = Math.max(1, ...bins.map(({ passed, failed }) => passed + failed))
  const tall = (value: number) => Math.sqrt(value / most) * (base - 14)
  const wide = width / bins.length
  const bars = bins.map(({ from, passed, failed }, index) => {
    const whole = tall(passed + failed)
    const ok = whole * (passed + failed === 0 ? 0 : passed / (passed + failed))
    const x = index * wide
    return [
      `<rect x="${at(x + 1)}" y="${at(base - ok)}" width="${at(wide - 2)}" height="${at(ok)}" fill="var(--pass)"/>`,
      `<rect x="${at(x + 1)}" y="${at(base - whole)}" width="${at(wide - 2)}" height="${at(whole - ok)}" fill="var(--bad)"/>`,
      `<text class="soft" x="${at(x + 1)}" y="${base + 14}" font-size="10">${from}</text>`,
    ].join('')
  })
  return `<div class="card"><h3>${text(name)} <span class="soft">in ${text(unit)}</span></h3><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${text(name)}">${bars.join('')}<line x1="0" x2="${width}" y1="${base}" y2="${base}" stroke="var(--line)"/><text class="soft" x="0" y="12">most: ${count(most)}</text><text class="soft" x="0" y="${height - 4}">${count(none)} runs without one</text></svg></div>`
}
