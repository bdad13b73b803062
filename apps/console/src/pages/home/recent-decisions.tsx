import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { DataTable, Empty, Loaded, Panel, formatAgo, formatDuration, getJson } from '@heavylift/ui'
import type { DecisionsAnswer } from '../../shapes.ts'
import { decided } from '../ledger/decided.ts'

/** What happened last, over all systems; each row leads to its evidence. */
export function RecentDecisions() {
  const navigate = useNavigate()
  const decisions = useQuery({
    queryKey: ['decisions', 'recent'],
    queryFn: ({ signal }) => getJson<DecisionsAnswer>('/api/heavylift/ledger/decisions?limit=8', { signal }),
    refetchInterval: 5_000,
  })
  return (
    <Panel
      title="What was decided last"
      note="newest first, all systems"
      actions={<Link to="/ledger">Open the ledger</Link>}
      flush
    >
      <Loaded of={decisions} what="Loading the last decisions" lines={4}>
        {(answer) =>
          answer.decisions.length === 0 ? (
            <Empty title="Nothing yet">The first question in the demo store makes the first row.</Empty>
          ) : (
            <DataTable
              caption="Last decisions"
              rows={answer.decisions}
              keyOf={(row) => row.id}
              onOpen={(row) =>
                void navigate({ to: '/ledger', search: { system: row.system, decision: row.id } as never })
              }
              columns={[
                {
                  key: 'at',
                  title: 'When',
                  width: '128px',
                  render: (row) => <span className="hl-number">{formatAgo(row.atMs, Date.now())}</span>,
                },
                {
                  key: 'system',
                  title: 'System',
                  width: '96px',
                  isSecondary: true,
                  render: (row) => row.system,
                },
                { key: 'kind', title: 'Kind', width: '128px', isSecondary: true, render: (row) => row.kind },
                {
                  key: 'decided',
                  title: 'Decided',
                  isWide: true,
                  render: (row) => <span className="hl-dim">{decided(row.output)}</span>,
                },
                {
                  key: 'took',
                  title: 'Took',
                  isNumber: true,
                  width: '96px',
                  render: (row) => formatDuration(row.durationMs),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}
