import { Panel } from '@heavylift/ui'
import type { StoredComparison } from '../../src/clearance/report/report-schema.ts'
import { CaseLink } from './case-link.tsx'
import styles from './comparison-panel.module.css'
import shared from '../shared.module.css'

/** Shown of the broken cases. */
const shown = 8

/** The same cases under this version and the one before. */
export function ComparisonPanel({
  comparison,
  clearanceId,
  version,
}: {
  comparison: StoredComparison
  clearanceId: string
  version: string
}) {
  const { against, bothPassed, bothFailed, mended, broken, pValue, brokenCases } = comparison
  return (
    <Panel
      title={`Against ${against.name}`}
      note={`the same cases; difference by chance alone: p ${pValue < 0.001 ? 'under 0.001' : pValue.toFixed(3)} (McNemar, exact)`}
    >
      <table className={styles['paired']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hl-hidden">Version</span>
            </th>
            <th scope="col">{version} passed</th>
            <th scope="col">{version} failed</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{against.name} passed</th>
            <td className="hl-number">{bothPassed.toLocaleString('en')}</td>
            <td className="hl-number" data-tone={broken > 0 ? 'bad' : undefined}>
              {broken.toLocaleString('en')} broken
            </td>
          </tr>
          <tr>
            <th scope="row">{against.name} failed</th>
            <td className="hl-number" data-tone={mended > 0 ? 'good' : undefined}>
              {mended.toLocaleString('en')} mended
            </td>
            <td className="hl-number">{bothFailed.toLocaleString('en')}</td>
          </tr>
        </tbody>
      </table>
      {brokenCases.length === 0 ? null : (
        <ul className={shared['list']}>
          {brokenCases.slice(0, shown).map((failed) => (
            <li key={failed.one.id}>
              <CaseLink failed={failed} clearanceId={clearanceId} version={version} against={against.name}>
                {failed.one.id.slice(0, 60)}
              </CaseLink>{' '}
              {failed.failures[0]?.detail}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
