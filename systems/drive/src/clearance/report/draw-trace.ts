import type { RunTrace } from './clearance-report.ts'
import { at, text } from './html.ts'

const width = 560
const mapHeight = 120
const speedHeight = 74

/** A run from above in the last seconds of `untilS`, ego in the accent colour, and its speed over time below. */
export function drawTrace(trace: RunTrace, untilS: number): string {
  const { own, others } = trace
  const first = own[0]
  const last = own.findLast(([timeS]) => timeS <= untilS + 0.3) ?? own.at(-1)
  if (first === undefined || last === undefined) return ''
  const fromS = Math.max(first[0], untilS - 6)
  const shown = own.filter(([timeS]) => timeS >= fromS && timeS <= untilS + 0.3)
  const turn = last[3]
  const cos = Math.cos(-turn)
  const sin = Math.sin(-turn)
  // The ego's direction at the end points to the right.
  const place = (x: number, y: number): [number, number] => [
    (x - last[1]) * cos - (y - last[2]) * sin,
    (x - last[1]) * sin + (y - last[2]) * cos,
  ]
  const back = Math.max(20, ...shown.map(([, x, y]) => -place(x, y)[0])) + 6
  const scale = Math.min(width / (back + 24), 12)
  const px = (x: number, y: number): [number, number] => {
    const [ahead, left] = place(x, y)
    return [width - 24 * scale + ahead * scale, mapHeight / 2 - left * scale]
  }
  const line = (points: [number, number][]) =>
    points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('')
  const body = (x: number, y: number, heading: number, lengthM: number, widthM: number, style: string) => {
    const [cx, cy] = px(x, y)
    const degrees = (-(heading - turn) * 180) / Math.PI
    return `<rect x="${at(-(lengthM / 2) * scale)}" y="${at(-(widthM / 2) * scale)}" width="${at(lengthM * scale)}" height="${at(widthM * scale)}" rx="2" transform="translate(${at(cx)} ${at(cy)}) rotate(${at(degrees)})" ${style}/>`
  }
  const parts = [
    `<path d="${line(shown.map(([, x, y]) => px(x, y)))}" stroke="var(--accent)" stroke-width="1.5" stroke-dasharray="1 3" fill="none"/>`,
  ]
  for (const { name, lengthM, widthM, at: places } of others) {
    const seen = places.filter(([timeS]) => timeS >= fromS && timeS <= untilS + 0.3)
    const end = seen.at(-1)
    if (end === undefined) continue
    const [ex, ey] = px(end[1], end[2])
    if (ex < -40 || ex > width + 40 || ey < -20 || ey > mapHeight + 20) continue
    parts.push(
      `<path d="${line(seen.map(([, x, y]) => px(x, y)))}" stroke="var(--warn)" stroke-width="1.5" stroke-dasharray="1 3" fill="none"/>`,
      body(end[1], end[2], end[3], lengthM, widthM, 'fill="var(--warn)"'),
      `<text x="${at(Math.min(ex, width - 60))}" y="${at(ey - (widthM / 2) * scale - 4)}" font-size="10">${text(name)}</text>`,
    )
  }
  parts.push(body(last[1], last[2], last[3], 4.5, 1.9, 'fill="var(--accent)" fill-opacity="0.85"'))
  return `<svg viewBox="0 0 ${width} ${mapHeight + speedHeight}" role="img" aria-label="Run of ${text(trace.version)} from above, and its speed"><rect width="${width}" height="${mapHeight}" fill="none" stroke="var(--line)"/><svg width="${width}" height="${mapHeight}">${parts.join('')}</svg>${drawSpeed(trace, untilS)}</svg>`
}

function drawSpeed({ own }: RunTrace, untilS: number): string {
  const endS = Math.max(1, own.at(-1)?.[0] ?? 1)
  const most = Math.max(1, ...own.map(([, , , , speed]) => Math.abs(speed)))
  const x = (timeS: number) => (timeS / endS) * width
  const y = (speed: number) => mapHeight + speedHeight - 16 - (Math.abs(speed) / most) * (speedHeight - 34)
  const path = own.map(
    ([timeS, , , , speed], index) => `${index === 0 ? 'M' : 'L'}${at(x(timeS))} ${at(y(speed))}`,
  )
  return `<path d="${path.join('')}" stroke="var(--accent)" stroke-width="1.8" fill="none"/><line x1="0" x2="${width}" y1="${mapHeight + speedHeight - 16}" y2="${mapHeight + speedHeight - 16}" stroke="var(--line)"/><line x1="${at(x(Math.min(untilS, endS)))}" x2="${at(x(Math.min(untilS, endS)))}" y1="${mapHeight + 8}" y2="${mapHeight + speedHeight - 16}" stroke="var(--bad)" stroke-dasharray="3 2"/><text class="soft" x="0" y="${mapHeight + speedHeight - 3}" font-size="10">speed to ${most.toFixed(1)} m/s over ${endS.toFixed(1)} s</text>`
}
