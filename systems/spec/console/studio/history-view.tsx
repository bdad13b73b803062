import { Empty, Loaded, Panel, Timeline, formatDay } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

const shownDetails = 6

/** Who changed, accepted or approved what of the spec. */
export function HistoryView({ id }: { id: string }) {
  const history = useQuery({
    queryKey: ['spec', id, 'history'],
    queryFn: ({ signal }) => api.get('/repositories/:id/history', { params: { id }, signal }),
  })
  return (
    <Loaded of={history} what="Loading the history">
      {({ entries }) =>
        entries.length === 0 ? (
          <Empty title="No history yet">
            Commits that change the spec, drift that somebody accepts, and approvals stand here.
          </Empty>
        ) : (
          <Panel title="History" note="of the spec, the latest first">
            <Timeline
              label="History of the spec"
              events={entries.map((entry) => ({
                key: `${entry.kind}${entry.commit}${entry.atMs}${entry.title}`,
                at: formatDay(entry.atMs),
                state:
                  entry.kind === 'approval'
                    ? ('good' as const)
                    : entry.kind === 'accepted'
                      ? ('warn' as const)
                      : ('idle' as const),
                title: (
                  <>
                    {entry.title} <span className="hl-fine">by {entry.by}</span>{' '}
                    {entry.commit === '' ? null : <span className="hl-code">{entry.commit.slice(0, 8)}</span>}
                  </>
                ),
                detail:
                  entry.details.length === 0
                    ? undefined
                    : [
                        ...entry.details.slice(0, shownDetails),
                        ...(entry.details.length > shownDetails
                          ? [`and ${entry.details.length - shownDetails} more`]
                          : []),
                      ].join(' · '),
              }))}
            />
          </Panel>
        )
      }
    </Loaded>
  )
}
