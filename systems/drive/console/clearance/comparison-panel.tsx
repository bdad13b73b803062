import { Panel } from '@heavylift/ui'
import type { Comparison } from '../../src/clearance/report/clearance-report.ts'
import { CaseLink } from './case-link.tsx'

/** Shown of the broken cases. */
const shown = 8

/** The same cases under this version and the one before. */
export function ComparisonPanel({
  comparison,
  clearanceId,
  version,
}: {
  comparison: Comparison
  clearanceId: string
  version: string
}) {
  const { against, bothPassed, bothFailed, mended, broken, pValue, brokenCases } = comparison
  return (
    <Panel
      title={`Beside ${against.name}`}
      note={`the same cases; difference by chance alone: p ${pValue < 0.001 ? 'under 0.001' : pValue.toFixed(3)} (McNemar, exact)`}
    >
      <table className="drive-paired">
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
        <ul className="drive-list">
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
