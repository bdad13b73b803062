import { Chip, Panel } from '@heavylift/ui'
import { useState } from 'react'
import { Button } from '@mantine/core'
import type { StoredBlocker, StoredReport, StoredFailure } from '../../src/clearance/report/report-schema.ts'
import { CaseLink } from './case-link.tsx'
import styles from './blocker-list.module.css'
import shared from '../shared.module.css'

/** Shown at first. */
const firstShown = 8

/** Failures that a careful human avoids, then the others, each one click from its replay. */
export function BlockerList({ report, clearanceId }: { report: StoredReport; clearanceId: string }) {
  const { blockers, others, untold, reference, version } = report
  const [isAll, setIsAll] = useState(false)
  const all: (StoredBlocker | StoredFailure)[] = [...blockers, ...others]
  if (all.length === 0)
    return (
      <Panel title="Failures">
        <p className={shared['note']}>None of {report.n.toLocaleString('en')} cases failed.</p>
      </Panel>
    )
  return (
    <Panel
      title="Failures"
      note={
        reference
          ? `${report.blockerCount} that ${reference.name} avoids block a release`
          : 'not judged by a reference driver'
      }
      actions={
        all.length > firstShown ? (
          <Button size="compact-xs" variant="subtle" onClick={() => setIsAll(!isAll)}>
            {isAll ? 'Fewer' : `All ${all.length}`}
          </Button>
        ) : null
      }
    >
      <ol className={styles['failed']}>
        {(isAll ? all : all.slice(0, firstShown)).map((failed) => (
          <li key={failed.one.id}>
            <Chip tone={failed.isBlocker ? 'bad' : failed.severity === null ? 'accent' : 'warn'}>
              {failed.isBlocker ? '◆ blocker' : failed.severity === null ? '→ struck' : '✕ failed'}
            </Chip>
            <span>
              <b>{failed.one.source.kind === 'builtIn' ? failed.one.source.name : failed.one.id}</b>{' '}
              {failed.failures.map(({ timeS, detail }) => `${timeS.toFixed(1)} s: ${detail}`).join(' ')}
            </span>
            <span className={styles['failedLinks']}>
              <CaseLink failed={failed} clearanceId={clearanceId} version={version.name}>
                Watch
              </CaseLink>
              {failed.isBlocker && reference ? (
                <CaseLink
                  failed={failed}
                  clearanceId={clearanceId}
                  version={version.name}
                  against={reference.name}
                >
                  against {reference.name}
                </CaseLink>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {untold > 0 ? (
        <p className={shared['note']}>
          {untold.toLocaleString('en')} more are in rows.jsonl beside the report.
        </p>
      ) : null}
    </Panel>
  )
}
