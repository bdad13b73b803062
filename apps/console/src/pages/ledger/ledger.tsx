import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import {
  DataTable,
  Empty,
  EvidenceDrawer,
  Loaded,
  LoadedPages,
  Page,
  Panel,
  formatTime,
  useTimeRange,
  useUrlState,
} from '@heavylift/ui'
import { api } from '../../api.ts'
import type { DecisionsAnswer } from '../../api.ts'
import { decisionColumns } from './decision-columns.tsx'
import { DecisionEvidence } from './decision-evidence.tsx'
import { LedgerFigures } from './ledger-figures.tsx'
import { LedgerFilters } from './ledger-filters.tsx'

const pageSize = 50
const columns = decisionColumns()

/** What all systems decided, the last recorded first; every figure leads to its rows, every row to its evidence. */
export default function Ledger() {
  const [state, set] = useUrlState({ system: '', kind: '', version: '', subject: '', decision: '' })
  const time = useTimeRange('24h')
  const { decision, ...scope } = state
  const { system, kind, version, subject: subjectId } = useDeferredValue(scope)
  const asked = { system, kind, version, subjectId }

  const summary = useQuery({
    queryKey: ['ledger', 'summary', asked, time.fromMs],
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    queryFn: ({ signal }) =>
      api.get('/ledger/summary', { query: { ...asked, sinceMs: time.fromMs ?? 0 }, signal }),
  })
  const decisions = useInfiniteQuery({
    queryKey: ['decisions', asked, time.fromMs, time.toMs],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    getNextPageParam: (last: DecisionsAnswer) => last.next,
    queryFn: ({ signal, pageParam }) =>
      api.get('/ledger/decisions', {
        query: { ...asked, fromMs: time.fromMs, toMs: time.toMs, before: pageParam, limit: pageSize },
        signal,
      }),
  })
  // A link to a decision opens it, although it is not on the page that is loaded.
  const chosen = useQuery({
    queryKey: ['decision', decision],
    enabled: decision !== '',
    queryFn: ({ signal }) =>
      api.get('/ledger/decisions/:decisionId', { params: { decisionId: decision }, signal }),
  })
  const isFiltered = Object.values(scope).some((value) => value !== '')

  return (
    <Page
      title="Ledger"
      lead="Every decision with what it knew, how sure it was, what it cost and what came of it."
    >
      <LedgerFilters scope={scope} time={time} set={(change) => set({ ...change, decision: '' })} />
      <Loaded of={summary} what="Adding up decisions" lines={3}>
        {(answer) => <LedgerFigures answer={answer} range={time.label} />}
      </Loaded>
      <Panel title="Decisions" note={`last recorded first, ${time.label}`} flush>
        <LoadedPages
          of={decisions}
          rows={(answer) => answer.decisions}
          what="Loading decisions"
          more={`Show ${pageSize} more`}
          empty={
            <Empty title={isFiltered ? 'No decision matches' : 'Nothing was decided in this time'}>
              {isFiltered
                ? 'Take a filter away, or choose a longer time.'
                : 'Ask the assistant in the demo store a question, or choose a longer time.'}
            </Empty>
          }
        >
          {(rows) => (
            <DataTable
              caption="Decisions"
              rows={rows}
              keyOf={(row) => row.id}
              selected={decision}
              onOpen={(row) => set({ decision: row.id })}
              columns={columns}
              hasColumnChoice
            />
          )}
        </LoadedPages>
      </Panel>
      <EvidenceDrawer
        isOpen={decision !== ''}
        onClose={() => set({ decision: '' })}
        title={chosen.data ? `Decision: ${chosen.data.kind}` : 'Decision'}
        note={chosen.data ? formatTime(chosen.data.recordedAtMs) : ''}
        {...(chosen.data ? { to: chosen.data.page } : {})}
      >
        <Loaded of={chosen} what="Loading the decision">
          {(row) => <DecisionEvidence row={row} />}
        </Loaded>
      </EvidenceDrawer>
    </Page>
  )
}
