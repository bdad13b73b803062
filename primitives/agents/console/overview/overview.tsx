import { DataTable, Empty, formatAgo, Loaded, Page, Panel } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

/** Every agent, and which version new runs get. */
export default function AgentsOverview() {
  const agents = useQuery({
    queryKey: ['agents', 'agents'],
    queryFn: ({ signal }) => api.get('/agents', { signal }),
  })
  return (
    <Page title="Agents">
      <Panel title="Agents">
        <Loaded of={agents} what="Reading the agents">
          {({ agents: rows }) =>
            rows.length === 0 ? (
              <Empty title="No agent yet">
                Publish a definition by <span className="hl-code">POST /api/agents/versions</span>.
              </Empty>
            ) : (
              <DataTable
                caption="Agents"
                rows={rows}
                keyOf={({ name }) => name}
                columns={[
                  { key: 'name', title: 'Name', render: ({ name }) => name },
                  { key: 'live', title: 'Live version', render: ({ liveVersion }) => liveVersion ?? 'none' },
                  { key: 'state', title: 'State', render: ({ pausedBecause }) => pausedBecause ?? 'works' },
                  {
                    key: 'changed',
                    title: 'Changed',
                    render: ({ changedMs }) => formatAgo(changedMs, Date.now()),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  )
}
