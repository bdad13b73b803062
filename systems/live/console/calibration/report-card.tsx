import { useQuery } from '@tanstack/react-query'
import { DataTable, Panel, send } from '@heavylift/ui'
import type { TrainingReport } from '../../src/routes/answers.ts'
import styles from './calibration.module.css'

/** A training report: its picture, its figures with intervals and goals, and the whole text. */
export function ReportCard({ report }: { report: TrainingReport }) {
  const picture = useQuery({
    queryKey: ['live', 'report-picture', report.picture],
    enabled: report.picture !== null,
    staleTime: Infinity,
    // Fetched rather than linked, so that the key goes with it.
    queryFn: async ({ signal }) => (await send(report.picture ?? '', { signal })).text(),
  })
  return (
    <Panel title={report.title} note={<span className="hl-code">{report.name}</span>}>
      <div className="hl-stack">
        <p className="hl-dim">{report.lead}</p>
        {report.picture === null ? null : (
          <div className={styles['report-picture']}>
            {picture.data ? (
              <img
                src={`data:image/svg+xml,${encodeURIComponent(picture.data)}`}
                alt={`Reliability of ${report.title}: how often it happened against what was predicted, with counts`}
              />
            ) : null}
          </div>
        )}
        <DataTable
          caption={`Figures of ${report.title}`}
          rows={report.metrics}
          keyOf={({ metric }) => metric}
          columns={[
            { key: 'metric', title: 'Figure', render: ({ metric }) => metric },
            { key: 'value', title: 'Value', isNumber: true, render: ({ value }) => value },
            { key: 'interval', title: '95 % interval', isNumber: true, render: ({ interval }) => interval },
            { key: 'goal', title: 'Goal', isNumber: true, render: ({ goal }) => goal || '–' },
          ]}
        />
        <details className={styles['report-text']}>
          <summary>The whole report</summary>
          <pre tabIndex={0}>{report.text}</pre>
        </details>
      </div>
    </Panel>
  )
}
