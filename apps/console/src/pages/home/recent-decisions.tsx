import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { DataTable, Empty, Loaded, Panel } from '@heavylift/ui'
import { api } from '../../api.ts'
import { decisionColumns } from '../ledger/decision-columns.tsx'

/** What happened last, over all systems; each row leads to its evidence. */
export function RecentDecisions() {
  const navigate = useNavigate()
  const decisions = useQuery({
    queryKey: ['decisions', 'recent'],
    queryFn: ({ signal }) => api.get('/ledger/decisions', { query: { limit: 8 }, signal }),
    refetchInterval: 5_000,
  })
  return (
    <Panel
      title="What was decided last"
      note="last recorded first, all systems"
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
              onOpen={(row) => void navigate({ to: row.page as '/' })}
              columns={decisionColumns(['at', 'system', 'kind', 'decided', 'took'])}
            />
          )
        }
      </Loaded>
    </Panel>
  )
}
