import { Button } from '@mantine/core'
import { Copy, format, Icon, Panel, StateMark } from '@heavylift/ui'
import type { Match } from '../../src/domain/match.ts'
import type { Tag } from '../../src/domain/tag.ts'
import { Facts } from '../facts.tsx'
import type { InsightEntry } from '../../src/routes/answers.ts'
import { estimateWords, outcomeWords } from '../words.ts'
import { EstimateBar } from './estimate-bar.tsx'
import { titleOfKind } from '../../src/insights/kinds.ts'
import styles from './director.module.css'

/** Seconds before a moment from which it is shown again. */
const leadInMs = 4_000

/** Why an insight was said and what came of it; or what a tag says. */
export function EvidencePanel({
  entry,
  tag,
  match,
  onClose,
  onReplay,
}: {
  entry?: InsightEntry
  tag?: Tag
  match: Match
  onClose: () => void
  onReplay: (atMs: number) => void
}) {
  const atMs = entry ? entry.insight.clocks.eventTimeMs : (tag?.startMs ?? 0)
  return (
    <Panel
      title={entry ? titleOfKind(entry.insight.kind) : 'Moment'}
      note={format.formatTime(atMs)}
      actions={
        <Button size="compact-xs" variant="subtle" aria-label="Close the evidence" onClick={onClose}>
          <Icon name="cross" />
        </Button>
      }
    >
      <div className="hl-stack">
        {entry ? <InsightEvidence entry={entry} match={match} /> : tag ? <TagEvidence tag={tag} /> : null}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="replay" width={14} height={14} />}
          onClick={() => onReplay(atMs - leadInMs)}
        >
          Look at this moment
        </Button>
      </div>
    </Panel>
  )
}

/** Everything that an insight says of itself. */
export function InsightEvidence({ entry, match }: { entry: InsightEntry; match: Match | null }) {
  const { insight } = entry
  const outcome = outcomeWords(entry)
  return (
    <>
      <p className={styles['headline']}>{insight.headline}</p>
      <EstimateBar
        estimate={insight.estimate}
        happened={entry.outcome?.happened ?? null}
        sides={insight.kind.endsWith('.win-probability') ? match : null}
      />
      <Facts
        facts={[
          ['Estimate', estimateWords(insight.estimate)],
          [
            'Outcome',
            <StateMark key="outcome" state={outcome.state}>
              {outcome.word}
            </StateMark>,
          ],
          ...insight.evidence.map(({ label, value, unit }): [string, string] => [
            label,
            `${typeof value === 'number' ? format.formatNumber(value) : value}${unit === '' ? '' : ` ${unit}`}`,
          ]),
          [
            'Said ahead by',
            insight.leadTimeMs === null ? 'not a warning' : format.formatDuration(insight.leadTimeMs),
          ],
          ['Said by', `${insight.rule}, revision ${insight.revision}`],
        ]}
      />
      <Copy text={insight.id} label="Copy the insight’s id" />
    </>
  )
}

function TagEvidence({ tag }: { tag: Tag }) {
  return (
    <>
      <p className={styles['headline']}>{tag.text}</p>
      <Facts
        facts={[
          [
            'Type',
            <span key="type" className="hl-code">
              {tag.type}
            </span>,
          ],
          ['Who', tag.actors.map(({ name }) => name).join(', ') || '–'],
          ...(tag.homeScore === null
            ? []
            : [['Score', `${tag.awayScore ?? 0} to ${tag.homeScore}`] as [string, string]]),
          ['Importance', format.formatPercent(tag.importance)],
          ['Found by', `${tag.source}, ${format.formatPercent(tag.confidence)} sure`],
        ]}
      />
    </>
  )
}
