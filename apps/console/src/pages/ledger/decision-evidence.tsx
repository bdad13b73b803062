import { Link } from '@tanstack/react-router'
import {
  Copy,
  EvidencePart,
  Facts,
  Json,
  StateMark,
  Timeline,
  formatCost,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
} from '@heavylift/ui'
import type { DecisionRow } from '../../api.ts'
import { decided } from './decided.ts'

/** Everything that the ledger holds of one decision: what was known, what was decided with its evidence, what came of it. */
export function DecisionEvidence({ row }: { row: DecisionRow }) {
  return (
    <div className="hl-stack">
      <EvidencePart title="In short">
        <Facts
          facts={[
            ['Decided', decided(row.output) || '–'],
            ['System', row.system],
            ['Kind', row.kind],
            row.subjectId !== null && [
              'About',
              <Link
                key="subject"
                to="/ledger"
                search={{ subject: row.subjectId, range: 'any' } as never}
                className="hl-code"
              >
                {row.subjectId}
              </Link>,
            ],
            ['Sure', row.confidence === null ? 'states no probability' : formatPercent(row.confidence)],
            ['Took', formatDuration(row.durationMs)],
            ['Cost', formatCost(row.costMicros)],
            [
              'Version',
              <span key="version" className="hl-code">
                {row.version}
              </span>,
            ],
            [
              'Happened',
              <span className="hl-number" key="at">
                {formatTime(row.atMs)}
              </span>,
            ],
            [
              'Recorded',
              <span className="hl-number" key="recorded">
                {formatTime(row.recordedAtMs)}
              </span>,
            ],
          ]}
        />
      </EvidencePart>
      <EvidencePart title="What was known">
        <Facts
          facts={[
            [
              'Kept at',
              row.inputRef === null ? (
                'not kept: the hash alone proves what went in'
              ) : (
                <Copy key="ref" text={row.inputRef} label="Copy where it is kept" />
              ),
            ],
            ['Hash', <Copy key="hash" text={row.inputHash} label="Copy the hash of what was known" />],
          ]}
        />
      </EvidencePart>
      <EvidencePart title="What was decided, and why">
        <Json value={row.output} label="The decision as JSON" />
      </EvidencePart>
      <EvidencePart title="What came of it">
        {row.outcomes.length === 0 ? (
          <StateMark state="idle">No outcome has come back yet</StateMark>
        ) : (
          <Timeline
            label="Outcomes"
            events={row.outcomes.map(({ kind, value, atMs }, index) => ({
              key: String(index),
              at: atMs,
              title: `${kind}: ${formatNumber(value)}`,
              detail: formatTime(atMs).slice(0, 10),
              state: kind === 'correct' ? (value > 0 ? 'good' : 'bad') : 'idle',
            }))}
          />
        )}
      </EvidencePart>
      <Copy text={row.id} label="Copy the decision's id" />
    </div>
  )
}
