import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { replayFromS } from '../../src/clearance/report/replay-from.ts'
import type { StoredFailure } from '../../src/clearance/report/report-schema.ts'

/** To the viewer, where the case is driven again: by the version, or by it and another in step. */
export function CaseLink({
  failed,
  clearanceId,
  version,
  against = '',
  children,
}: {
  failed: Pick<StoredFailure, 'one' | 'failures'>
  clearanceId: string
  version: string
  against?: string
  children: ReactNode
}) {
  const { one } = failed
  const set = Object.entries(one.parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
  const t = replayFromS(failed.failures)
  const search =
    one.source.kind === 'builtIn'
      ? { scenario: one.source.name, set, seed: one.seed, version, against, t }
      : { clearance: clearanceId, case: one.id, version, against, t }
  const filled = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''))
  return (
    <Link to={'/drive/viewer' as '/'} search={filled as never}>
      {children}
    </Link>
  )
}
