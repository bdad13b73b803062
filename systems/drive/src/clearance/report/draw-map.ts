import type { ParameterMap } from './clearance-report.ts'
import { at, count, text } from './html.ts'

const width = 270
const height = 220
const inset = { left: 8, right: 8, top: 8, bottom: 34 }

/** The plane of two parameters: a dot for a passed run, a cross for a failed one, a ringed cross for a blocker. */
export function drawMap({ scenario, n, failures, x, y, points }: ParameterMap): string {
  const across = ({ min, max }: { min: number; max: number }, value: number) => (value - min) / (max - min)
  const px = (value: number) => inset.left + across(x, value) * (width - inset.left - inset.right)
  const py = (value: number) =>
    height - inset.bottom - (y === null ? value : across(y, value)) * (height - inset.top - inset.bottom)
  const of = (state: number) => points.filter((point) => point[2] === state)
  const dots = of(0).map(([a, b]) => `M${at(px(a))} ${at(py(b))}h0`)
  const cross = ([a, b]: ParameterMap['points'][number]) => `M${at(px(a) - 3)} ${at(py(b) - 3)}l6 6m-6 0l6 -6`
  const rings = of(2).map(([a, b]) => `M${at(px(a) - 5)} ${at(py(b))}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0`)
  const limits = ({ name, min, max }: NonNullable<ParameterMap['y']>) =>
    `${text(name)} ${Number(min.toPrecision(3))}…${Number(max.toPrecision(3))}`
  return `<div class="card"><h3>${text(scenario)} <span class="soft">${count(failures)} of ${count(n)} failed</span></h3><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Runs of ${text(scenario)} by parameters"><rect x="${inset.left}" y="${inset.top}" width="${width - 16}" height="${height - inset.top - inset.bottom}" fill="none" stroke="var(--line)"/><path d="${dots.join('')}" stroke="var(--pass)" stroke-width="3.4" stroke-linecap="round" fill="none"/><path d="${[...of(1), ...of(2)].map(cross).join('')}" stroke="var(--bad)" stroke-width="1.6" fill="none"/><path d="${rings.join('')}" stroke="var(--bad)" stroke-width="1" fill="none"/><text class="soft" x="8" y="${height - 20}">→ ${limits(x)}</text><text class="soft" x="8" y="${height - 5}">${y === null ? '' : `↑ ${limits(y)}`}</text></svg></div>`
}
