import { useQuery } from '@tanstack/react-query'
import { DataTable, Empty, format, Loaded, Notice, Page, Panel, StateMark } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { FeedHealth, FeedHealthRow } from '../../src/routes/answers.ts'
import { api } from '../api.ts'

const kindWords = { rejected: 'Refused', late: 'Too late', dead: 'Failed' } as const

const feedColumns: Column<FeedHealthRow>[] = [
  { key: 'title', title: 'Feed', render: ({ title }) => title },
  // A phone has room for the sum only, and for it before the state.
  {
    key: 'out',
    title: 'Left out',
    isNumber: true,
    render: ({ rejected, late, dead }) => format.formatCount(rejected + late + dead),
  },
  {
    key: 'state',
    title: 'State',
    isWide: true,
    render: ({ alarm, status }) => (
      <StateMark state={alarm === null ? (status === 'live' ? 'good' : 'idle') : 'bad'}>
        {alarm ?? status}
      </StateMark>
    ),
  },
  {
    key: 'last',
    title: 'Last event',
    isNumber: true,
    isSecondary: true,
    render: ({ lastEventMs }) => (lastEventMs === null ? '–' : format.formatTime(lastEventMs)),
  },
  {
    key: 'skew',
    title: 'Clock off by',
    isNumber: true,
    isSecondary: true,
    render: ({ skewMs }) => (skewMs === null ? '–' : `${format.formatNumber(skewMs / 1000)} s`),
  },
  {
    key: 'accepted',
    title: 'Taken',
    isNumber: true,
    isSecondary: true,
    render: ({ accepted }) => format.formatCount(accepted),
  },
  ...(['rejected', 'late', 'dead'] as const).map((key) => ({
    key,
    title: kindWords[key],
    isNumber: true,
    isSecondary: true,
    render: (row: FeedHealthRow) => format.formatCount(row[key]),
  })),
]

const letterColumns: Column<FeedHealth['letters'][number]>[] = [
  { key: 'at', title: 'When', isNumber: true, render: ({ atMs }) => format.formatTime(atMs) },
  { key: 'kind', title: 'What became of it', render: ({ kind }) => kindWords[kind] },
  { key: 'match', title: 'Match', isSecondary: true, render: ({ match }) => match || '–' },
  { key: 'reason', title: 'Why', isWide: true, render: ({ reason }) => reason },
  {
    key: 'where',
    title: 'Where',
    isSecondary: true,
    render: ({ where }) => <span className="hl-code">{where}</span>,
  },
]

/** How every feed is: its last event, its clock, and what of it was refused, late or failed. */
export default function Feeds() {
  const health = useQuery({
    queryKey: ['live', 'feeds'],
    queryFn: ({ signal }) => api.get('/feeds', { signal }),
    refetchInterval: 5_000,
  })
  return (
    <Page
      title="Feed health"
      lead="What comes in, how late, and what was left out. Nothing that was left out is lost: it is kept with its reason."
    >
      <Loaded of={health} what="Reading the feeds">
        {({ feeds, letters }) => {
          const alarms = feeds.filter(({ alarm }) => alarm !== null).length
          return (
            <div className="hl-stack">
              {alarms === 0 ? null : (
                <Notice tone="bad" title={`${alarms} ${alarms === 1 ? 'feed needs' : 'feeds need'} a look`}>
                  They stand first in the list.
                </Notice>
              )}
              <Panel title="Feeds" note="taken: by this server since it started" flush>
                {feeds.length === 0 ? (
                  <Empty title="No feed yet">Replay a file: npx heavylift live replay FILE.</Empty>
                ) : (
                  <DataTable
                    caption="Feeds"
                    columns={feedColumns}
                    rows={feeds}
                    keyOf={({ match }) => match}
                  />
                )}
              </Panel>
              <Panel title="Left out last" flush>
                {letters.length === 0 ? (
                  <Empty title="Nothing was left out">Every event that came was read and worked on.</Empty>
                ) : (
                  <DataTable
                    caption="Events that were left out, with the reason"
                    columns={letterColumns}
                    rows={letters}
                    keyOf={({ atMs, match, where, reason }) => `${atMs} ${match} ${where} ${reason}`}
                  />
                )}
              </Panel>
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}
