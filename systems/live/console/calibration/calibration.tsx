import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Empty, format, Loaded, Page, Panel, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'
import { Facts } from '../facts.tsx'
import type { KindCalibration } from '../../src/routes/answers.ts'
import { AirFloors } from './air-floors.tsx'
import { Reliability } from './reliability.tsx'
import { ReportCard } from './report-card.tsx'
import { titleOfKind } from '../../src/insights/kinds.ts'
import styles from './calibration.module.css'

/** With fewer outcomes a reliability plot shows chance. */
const chartedFrom = 20

/** Whether what was said with 70 % happens 7 times in 10: live from the ledger, and from training. */
export default function Calibration() {
  const [url, setUrl] = useUrlState({ days: '30' })
  const live = useQuery({
    queryKey: ['live', 'calibration', url.days],
    queryFn: ({ signal }) => api.get('/calibration', { query: { days: url.days }, signal }),
    refetchInterval: 30_000,
  })
  const reports = useQuery({
    queryKey: ['live', 'reports'],
    queryFn: ({ signal }) => api.get('/reports', { signal }),
    staleTime: Infinity,
  })
  return (
    <Page
      title="Calibration"
      lead="Whether what was said with 70 % happens 7 times in 10. Every scored insight is in the ledger with its outcome."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Time range"
          value={url.days}
          data={[
            { value: '1', label: '1 day' },
            { value: '30', label: '30 days' },
            { value: '365', label: 'A year' },
          ]}
          onChange={(days) => setUrl({ days })}
        />
      }
    >
      <Loaded of={live} what="Reading the ledger">
        {({ kinds }) =>
          kinds.length === 0 ? (
            <Panel title="Live, from the ledger">
              <Empty title="Nothing was scored yet">
                An insight is scored when the feed says what happened, e.g. who rushed once the play is over.
              </Empty>
            </Panel>
          ) : (
            <div className={styles['cards']}>
              {kinds.map((kind) => (
                <KindPanel key={kind.kind} kind={kind} days={url.days} />
              ))}
            </div>
          )
        }
      </Loaded>
      <h2 className={styles['section']}>Models in training, on games they had not seen</h2>
      <Loaded of={reports} what="Loading the training reports">
        {({ reports: all }) => (
          <>
            <AirFloors reports={all} />
            <div className={styles['cards']}>
              {all.map((report) => (
                <ReportCard key={report.name} report={report} />
              ))}
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function KindPanel({ kind, days }: { kind: KindCalibration; days: string }) {
  const { brierScore, expectedCalibrationError, scored, decisions } = kind
  return (
    <Panel title={titleOfKind(kind.kind)} note={`last ${days === '1' ? 'day' : `${days} days`}`}>
      <div className="hl-stack">
        {scored === 0 ? (
          <Empty title="None in this time">Choose a longer time.</Empty>
        ) : scored < chartedFrom ? (
          <Empty title="Too few to draw">
            {format.formatCount(chartedFrom)} scored insights say something of calibration; fewer are chance.
          </Empty>
        ) : (
          <Reliability kind={kind} />
        )}
        <Facts
          facts={[
            ['Scored', `${format.formatCount(scored)} of ${format.formatCount(decisions)} said`],
            [
              'Calibration error',
              expectedCalibrationError === null ? '–' : format.formatPercent(expectedCalibrationError),
            ],
            ['Brier score', brierScore === null ? '–' : `${format.formatNumber(brierScore)} (0 is perfect)`],
          ]}
        />
      </div>
    </Panel>
  )
}
