import type { ClearanceReport } from './clearance-report.ts'
import { speedBands } from '../cases/operating-cell.ts'
import { count, text } from './html.ts'
import { listOf } from './render-failures.ts'

/** Light and weather against speed. Rows that nothing was run in are told in one line. */
export function renderCoverage({ coverage, met }: ClearanceReport): string {
  const most = Math.max(1, ...coverage.map(({ n }) => n))
  const rows = [...Map.groupBy(coverage, ({ row }) => row)]
  const driven = rows.filter(([, cells]) => cells.some(({ n }) => n > 0))
  const never = rows.filter(([, cells]) => cells.every(({ n }) => n === 0)).map(([name]) => name)
  const body = driven.map(
    ([name, cells]) =>
      `<tr><th>${text(name)}</th>${cells
        .map(({ n, failures }) =>
          n === 0
            ? '<td class="none">–</td>'
            : `<td style="--h:${(0.08 + 0.45 * Math.sqrt(n / most)).toFixed(2)}">${count(n)}${failures > 0 ? ` <span class="bad">✕ ${count(failures)}</span>` : ''}</td>`,
        )
        .join('')}</tr>`,
  )
  const people = met.filter(({ n }) => n > 0)
  const missing = met.filter(({ n }) => n === 0).map(({ kind }) => kind)
  return `<div class="scroll"><table class="grid"><thead><tr><th></th>${speedBands.map((band) => `<th>${text(band)}</th>`).join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>
${never.length === 0 ? '' : `<p class="soft">Not driven at all: ${text(never.join('; '))}.</p>`}
<p>Met on the way: ${people.map(({ kind, n, failures }) => `${text(kind)} in ${count(n)} runs${failures > 0 ? ` (<span class="bad">✕ ${count(failures)}</span>)` : ''}`).join(', ') || 'nobody'}.${missing.length === 0 ? '' : ` <span class="soft">Never: ${text(missing.join(', '))}.</span>`}</p>`
}

/** The same cases under two versions: McNemar's table, drawn by area of each cell's share. */
export function renderComparison({ comparison, version }: ClearanceReport): string {
  if (comparison === null) return ''
  const { against, bothPassed, bothFailed, mended, broken, pValue, worsePValue } = comparison
  const most = Math.max(1, bothPassed, bothFailed, mended, broken)
  const cell = (n: number, word: string, style: string) =>
    `<td style="--h:${(0.06 + 0.4 * Math.sqrt(n / most)).toFixed(2)}"><b class="${style}">${count(n)}</b><br><span class="soft">${word}</span></td>`
  return `<h2>Compared with ${text(against.name)} on the same cases</h2>
<div class="scroll"><table class="grid" style="max-width:640px"><thead><tr><th></th><th>${text(version.name)} passes</th><th>${text(version.name)} fails</th></tr></thead><tbody>
<tr><th>${text(against.name)} passes</th>${cell(bothPassed, 'as before', '')}${cell(broken, '✕ broken', broken > 0 ? 'bad' : '')}</tr>
<tr><th>${text(against.name)} fails</th>${cell(mended, '✓ mended', mended > 0 ? 'good' : '')}${cell(bothFailed, 'as before', '')}</tr></tbody></table></div>
<p>Exact McNemar: p = ${pValue.toPrecision(2)} two-sided, ${worsePValue.toPrecision(2)} that it is worse.</p>${comparison.brokenCases.length === 0 ? '' : `<h3>Broken</h3>${listOf(comparison.brokenCases)}`}`
}
