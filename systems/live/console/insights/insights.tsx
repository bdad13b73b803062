import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  DataTable,
  Empty,
  ErrorState,
  format,
  Loaded,
  Page,
  Panel,
  Skeleton,
  StateMark,
  useUrlState,
} from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { api } from '../api.ts'
import type { Match } from '../../src/domain/match.ts'
import type { MatchListing } from '../../src/routes/answers.ts'
import { InsightEvidence } from '../director/evidence-panel.tsx'
import type { InsightEntry } from '../../src/routes/answers.ts'
import { estimateWords, isRight, outcomeWords, subjectWord } from '../words.ts'
import { kindsOfSport, titleOfKind } from '../../src/insights/kinds.ts'
import live from '../live.module.css'
import styles from './insights.module.css'

const pageSize = 200

const columnsOf = (match: Match): Column<InsightEntry>[] => [
  {
    key: 'time',
    title: 'Time',
    width: '168px',
    isSecondary: true,
    render: ({ insight }) => (
      <span className="hl-number">{format.formatTime(insight.clocks.eventTimeMs)}</span>
    ),
  },
  { key: 'kind', title: 'Kind', render: ({ insight }) => titleOfKind(insight.kind) },
  { key: 'subject', title: 'About', isSecondary: true, render: ({ insight }) => subjectWord(insight, match) },
  {
    key: 'headline',
    title: 'Insight',
    isWide: true,
    isSecondary: true,
    render: ({ insight }) => insight.headline,
  },
  {
    key: 'estimate',
    title: 'Estimate',
    isNumber: true,
    render: ({ insight }) => estimateWords(insight.estimate),
  },
  {
    key: 'outcome',
    title: 'Outcome',
    render: (entry) => {
      const { state, word } = outcomeWords(entry)
      return <StateMark state={state}>{word}</StateMark>
    },
  },
]

/** Every insight of a match with what came of it; a row opens the evidence. */
export default function Insights() {
  const [url, setUrl] = useUrlState({ match: '', kind: '', outcome: '', sel: '' })
  const matches = useQuery({
    queryKey: ['live', 'matches'],
    queryFn: ({ signal }) => api.get('/matches', { signal }),
  })
  return (
    <Page
      title="Insights"
      lead="What was said of a match, how sure it was, and whether it came true."
      actions={<Export matches={matches.data?.matches ?? []} chosenId={url.match} kind={url.kind} />}
    >
      <Loaded of={matches} what="Loading matches">
        {({ matches: listed }) => {
          const chosen = listed.find(({ match }) => match.id === url.match) ?? listed[0]
          if (!chosen)
            return (
              <Empty title="No match yet">
                Play a feed or start the simulated matches on the <Link to={'/live' as '/'}>Director</Link>{' '}
                page; what is said of them is listed here.
              </Empty>
            )
          return (
            <>
              <div className={live['filters']}>
                <NativeSelect
                  label="Match"
                  value={chosen.match.id}
                  data={listed.map(({ match }) => ({ value: match.id, label: match.title }))}
                  onChange={(event) => setUrl({ match: event.currentTarget.value, kind: '', sel: '' })}
                />
                <NativeSelect
                  label="Kind"
                  value={url.kind}
                  data={[
                    { value: '', label: 'All kinds' },
                    ...kindsOfSport(chosen.match.sport).map((kind) => ({
                      value: kind,
                      label: titleOfKind(kind),
                    })),
                  ]}
                  onChange={(event) => setUrl({ kind: event.currentTarget.value, sel: '' })}
                />
                <NativeSelect
                  label="Outcome"
                  value={url.outcome}
                  data={[
                    { value: '', label: 'Any' },
                    { value: 'right', label: 'Right' },
                    { value: 'wrong', label: 'Wrong' },
                    { value: 'open', label: 'Open or not scored' },
                  ]}
                  onChange={(event) => setUrl({ outcome: event.currentTarget.value, sel: '' })}
                />
              </div>
              <InsightTable
                match={chosen.match}
                kind={url.kind}
                outcome={url.outcome}
                chosenId={url.sel}
                onChoose={(sel) => setUrl({ match: chosen.match.id, sel })}
              />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** The insights that are chosen, as files for other programs. */
function Export({ matches, chosenId, kind }: { matches: MatchListing[]; chosenId: string; kind: string }) {
  const match = (matches.find((each) => each.match.id === chosenId) ?? matches[0])?.match
  if (match === undefined) return null
  return (['csv', 'parquet'] as const).map((format) => (
    <Button
      key={format}
      size="compact-sm"
      variant="default"
      component="a"
      download
      href={`/api/live/matches/${encodeURIComponent(match.id)}/insights/export?format=${format}${kind === '' ? '' : `&kind=${encodeURIComponent(kind)}`}`}
    >
      {{ csv: 'CSV', parquet: 'Parquet' }[format]}
    </Button>
  ))
}

function InsightTable({
  match,
  kind,
  outcome,
  chosenId,
  onChoose,
}: {
  match: Match
  kind: string
  outcome: string
  chosenId: string
  onChoose: (id: string) => void
}) {
  const matchId = match.id
  const columns = columnsOf(match)
  const pages = useInfiniteQuery({
    queryKey: ['live', 'insights', matchId, kind],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get('/matches/:matchId/insights', {
        params: { matchId },
        query: { kind, before: pageParam, limit: pageSize },
        signal,
      }),
    getNextPageParam: ({ insights }) =>
      insights.length < pageSize ? undefined : insights.at(-1)?.insight.id,
  })
  if (pages.isError) return <ErrorState error={pages.error} retry={() => void pages.refetch()} />
  if (!pages.data) return <Skeleton lines={10} what="Loading insights" />
  const all = pages.data.pages.flatMap(({ insights }) => insights)
  const rows = all.filter((entry) => isMeant(entry, outcome))
  const chosen = all.find(({ insight }) => insight.id === chosenId)
  return (
    <div className={chosen ? styles['split'] : 'hl-stack'}>
      <Panel
        title={`${format.formatCount(rows.length)} insights`}
        note={`of the ${format.formatCount(all.length)} newest, each in its newest revision`}
        actions={
          <Button
            size="compact-sm"
            variant="default"
            loading={pages.isRefetching}
            onClick={() => void pages.refetch()}
          >
            Look again
          </Button>
        }
        flush
      >
        {rows.length === 0 ? (
          <Empty title="None like this">
            Choose another kind or outcome, or wait for the match to go on.
          </Empty>
        ) : (
          <DataTable
            caption="Insights"
            columns={chosen ? columns.filter(({ key }) => key !== 'time' && key !== 'subject') : columns}
            rows={rows}
            keyOf={({ insight }) => insight.id}
            selected={chosenId}
            onOpen={({ insight }) => onChoose(insight.id)}
          />
        )}
        {pages.hasNextPage ? (
          <div className={live['more']}>
            <Button
              variant="default"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              Older ones
            </Button>
          </div>
        ) : null}
      </Panel>
      {chosen ? (
        <Panel title={titleOfKind(chosen.insight.kind)} note={subjectWord(chosen.insight, match)}>
          <div className="hl-stack">
            <InsightEvidence entry={chosen} match={match} />
            <div className="hl-row">
              <Link
                to={'/live' as '/'}
                search={
                  {
                    match: matchId,
                    t: String(Math.round(chosen.insight.clocks.eventTimeMs)),
                    sel: chosen.insight.id,
                  } as never
                }
              >
                See it on the Director page
              </Link>
              <Button size="compact-sm" variant="default" onClick={() => onChoose('')}>
                Close
              </Button>
            </div>
          </div>
        </Panel>
      ) : null}
    </div>
  )
}

function isMeant(entry: InsightEntry, wanted: string): boolean {
  if (wanted === '') return true
  return isRight(entry) === { right: true, wrong: false, open: null }[wanted]
}
