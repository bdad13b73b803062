import { Group } from '@mantine/core'
import {
  Chip,
  Notice,
  Panel,
  Stat,
  Stats,
  formatCount,
  formatDuration,
  formatNumber,
  formatTime,
} from '@heavylift/ui'
import type { Answer } from '../api.ts'
import type { FaultBand } from '../game-days/fault-bands.ts'
import { HeatMap } from './heat-map.tsx'
import { RateChart } from './rate-chart.tsx'

export type LoadRun = Answer<'/load/runs'>['runs'][number]

/** What a run planned, sent and got, with the faults that were on meanwhile. */
export function RunPanel({ run, bands }: { run: LoadRun; bands: readonly FaultBand[] }) {
  const { report } = run
  return (
    <Panel
      title={run.name}
      note={`${run.target}, ${run.state}${run.state === 'running' ? '' : `, ${formatDuration(report.durationMs)}`}${run.isSample ? ', recorded sample: start a run of your own' : ''}`}
    >
      <div className="hl-stack">
        {run.cutOffAtMs !== null && (
          <Notice tone="bad">
            {`Cut off at ${formatTime(run.cutOffAtMs)}, when the server ended. Below is what was measured until then; start the run again for the whole.`}
          </Notice>
        )}
        <Stats>
          <Stat label="Planned" value={formatCount(report.planned)} unit="requests" />
          <Stat label="Sent" value={formatCount(report.sent)} unit="requests" />
          <Stat label="Latency, half below" value={formatNumber(report.latencyMs.p50)} unit="ms" />
          <Stat label="99 % below" value={formatNumber(report.latencyMs.p99)} unit="ms" />
          <Stat
            label="Failed"
            value={formatCount(report.failed)}
            unit={`of ${formatCount(report.ok + report.failed)}`}
            {...(report.failed > 0 ? { tone: 'bad' as const } : {})}
          />
          <Stat label="Generator late, 99 % below" value={formatNumber(report.lagP99Ms)} unit="ms" />
        </Stats>
        <Group gap="xs">
          <Chip tone={report.isValid ? 'good' : 'bad'}>{report.isValid ? 'valid' : 'not valid'}</Chip>
          {report.thresholds.map(({ metric, atMost, value, isMet }) => (
            <Chip key={metric} tone={isMet ? 'good' : 'bad'}>
              {`${metric} ${formatNumber(value)} ${isMet ? '≤' : '>'} ${formatNumber(atMost)}`}
            </Chip>
          ))}
        </Group>
        {[run.problem, ...report.remarks].map((remark) => remark && <Notice key={remark}>{remark}</Notice>)}
        <RateChart seconds={report.seconds} bands={bands} />
        <HeatMap seconds={report.seconds} endsMs={report.heatEndsMs} bands={bands} />
        {report.faults.length > 0 && (
          <p>
            Failed by kind:{' '}
            {report.faults.map(({ kind, count }) => `${kind} ${formatCount(count)}`).join(', ')}
          </p>
        )}
      </div>
    </Panel>
  )
}
