import {
  ActionButton,
  Chip,
  DataTable,
  ErrorState,
  EvidenceDrawer,
  EvidencePart,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  formatTime,
  useUrlState,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'

const key = ['ready', 'review']
const tones = { ok: 'good', risk: 'bad', waived: 'warn', open: 'warn', 'not-applicable': 'accent' } as const
const words = {
  ok: 'ok',
  risk: 'risk',
  waived: 'waived',
  open: 'not answered',
  'not-applicable': 'does not apply',
} as const
const order = ['risk', 'open', 'waived', 'ok', 'not-applicable']
const risks = ['high', 'medium', 'low']

/** The review of this installation: what is settled, what is a risk, and by which evidence. */
export default function Review() {
  const client = useQueryClient()
  const [{ check }, setUrl] = useUrlState({ check: '' })
  const review = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get('/review', { signal }) })
  const running = useMutation({
    mutationFn: () => api.post('/review'),
    onSuccess: (found) => client.setQueryData(key, found),
  })
  return (
    <Page
      title="Review"
      lead="Sixty checks of this installation. Each is settled by what a machine sees, or by a person; a waiver ends on its day."
      actions={
        <ActionButton
          label="Review again"
          shortcut="r"
          disabled={running.isPending}
          onAct={() => running.mutate()}
        />
      }
    >
      {running.isError ? <ErrorState error={running.error} /> : null}
      <Loaded of={review} what="Looking at the repository, game days and load runs">
        {({ results, counts, atMs }) => {
          const one = results.find(({ id }) => id === check)
          const rows = results.toSorted(
            (a, b) =>
              order.indexOf(a.state) - order.indexOf(b.state) ||
              risks.indexOf(a.risk) - risks.indexOf(b.risk),
          )
          return (
            <>
              <Stats>
                <Stat label="Settled" value={String(counts.ok)} unit={`of ${results.length}`} />
                <Stat
                  label="Risks"
                  value={String(counts.risk)}
                  {...(counts.risk > 0 ? { tone: 'bad' as const } : {})}
                />
                <Stat label="Not answered" value={String(counts.open)} />
                <Stat label="Waived" value={String(counts.waived)} />
              </Stats>
              <Panel title="Checks" note={`as of ${formatTime(atMs)}`} flush>
                <DataTable
                  caption="Checks of the review"
                  rows={rows}
                  keyOf={(row) => row.id}
                  onOpen={(row) => setUrl({ check: row.id })}
                  selected={check}
                  heightPx={900}
                  columns={[
                    {
                      key: 'state',
                      title: 'State',
                      width: '120px',
                      render: (row) => <Chip tone={tones[row.state]}>{words[row.state]}</Chip>,
                    },
                    { key: 'risk', title: 'Risk', width: '80px', render: (row) => row.risk },
                    { key: 'question', title: 'Question', isWide: true, render: (row) => row.question },
                    {
                      key: 'pillar',
                      title: 'Pillar',
                      width: '110px',
                      isSecondary: true,
                      render: (row) => row.pillar,
                    },
                    {
                      key: 'owner',
                      title: 'Owner',
                      width: '130px',
                      isSecondary: true,
                      render: (row) => row.owner,
                    },
                  ]}
                />
              </Panel>
              <EvidenceDrawer
                title={one?.question ?? ''}
                isOpen={one !== undefined}
                onClose={() => setUrl({ check: '' })}
              >
                {one && (
                  <>
                    <EvidencePart title="Evidence">{`${one.evidence} (${one.by})`}</EvidencePart>
                    <EvidencePart title="What to do">{one.fix}</EvidencePart>
                    {one.waiver && (
                      <EvidencePart title="Waiver">{`Until ${one.waiver.until}, by ${one.waiver.by}: ${one.waiver.reason}`}</EvidencePart>
                    )}
                  </>
                )}
              </EvidenceDrawer>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
