import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Loaded, Page, Panel, formatTime } from '@heavylift/ui'
import { api } from '../../api.ts'
import { DecisionEvidence } from './decision-evidence.tsx'

/** One decision alone, at an address of its own: where a link from a report or from the API leads. */
export default function Decision() {
  const { decisionId } = useParams({ strict: false }) as { decisionId: string }
  const decision = useQuery({
    queryKey: ['decision', decisionId],
    queryFn: ({ signal }) => api.get('/ledger/decisions/:decisionId', { params: { decisionId }, signal }),
  })
  const row = decision.data
  return (
    <Page
      title={row ? `Decision: ${row.kind}` : 'Decision'}
      lead={row ? `Of ${row.system}, recorded ${formatTime(row.recordedAtMs)}.` : undefined}
      actions={
        row ? (
          <Link to="/ledger" search={{ system: row.system, kind: row.kind } as never}>
            All of this kind
          </Link>
        ) : (
          <Link to="/ledger">All decisions</Link>
        )
      }
    >
      <Panel title="Evidence" note="what the ledger holds of it">
        <Loaded of={decision} what="Loading the decision">
          {(found) => <DecisionEvidence row={found} />}
        </Loaded>
      </Panel>
    </Page>
  )
}
