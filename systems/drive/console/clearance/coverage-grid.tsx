import { Panel } from '@heavylift/ui'
import type { StoredReport } from '../../src/clearance/report/report-schema.ts'
import styles from './coverage-grid.module.css'
import shared from '../shared.module.css'

/** Light and weather against speed: what was driven in, and what was not. */
export function CoverageGrid({ cells, met }: { cells: StoredReport['coverage']; met: StoredReport['met'] }) {
  const rows = [...new Set(cells.map(({ row }) => row))]
  const columns = [...new Set(cells.map(({ column }) => column))]
  const most = Math.max(1, ...cells.map(({ n }) => n))
  const covered = cells.filter(({ n }) => n > 0).length
  return (
    <Panel title="Operational domain" note={`runs; ${covered} of ${cells.length} cells were driven in`}>
      <div
        className={styles['gridFrame']}
        tabIndex={0}
        role="region"
        aria-label="Coverage of the operational domain"
      >
        <table className={styles['grid']}>
          <thead>
            <tr>
              <th scope="col">
                <span className="hl-hidden">Light and weather</span>
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map((column) => {
                  const cell = cells.find((one) => one.row === row && one.column === column)
                  const n = cell?.n ?? 0
                  const shade = n === 0 ? 0 : 12 + 44 * Math.sqrt(n / most)
                  return (
                    <td
                      key={column}
                      className="hl-number"
                      style={{
                        background:
                          n === 0
                            ? 'transparent'
                            : `color-mix(in srgb, var(--hl-accent-fill) ${shade.toFixed(0)}%, var(--hl-surface))`,
                      }}
                    >
                      {n === 0 ? '–' : n.toLocaleString('en')}
                      {cell && cell.failures > 0 ? <small>✕ {cell.failures}</small> : null}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={shared['note']}>
        Met:{' '}
        {met
          .map(({ kind, n, failures }) => `${kind} in ${n.toLocaleString('en')} runs (${failures} failed)`)
          .join(', ')}
        .
      </p>
    </Panel>
  )
}
