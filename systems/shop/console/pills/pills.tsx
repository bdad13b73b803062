import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  Bar,
  DataTable,
  Empty,
  ErrorState,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  StateMark,
  format,
} from '@heavylift/ui'
import type { PillsSummary } from '../../src/assistant/pills/summary.ts'
import { api } from '../api.ts'

/** Questions that were answered ahead of time, and how often shoppers took one. */
export default function Pills() {
  const client = useQueryClient()
  const summary = useQuery({
    queryKey: ['shop', 'pills'],
    queryFn: ({ signal }) => api.get('/pills/summary', { signal }),
    refetchInterval: 5_000,
  })
  const build = useMutation({
    mutationFn: () => api.post('/pills/build'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['shop', 'pills'] }),
  })
  return (
    <Page
      title="Pills"
      lead="Likely questions for each product, answered before anyone asks; a press costs nothing and waits for nothing."
      actions={
        <Button variant="default" loading={build.isPending} onClick={() => build.mutate()}>
          Build them again
        </Button>
      }
    >
      {build.isError ? <ErrorState error={build.error} /> : null}
      <Loaded of={summary} what="Loading pills">
        {(answer) => <Summary answer={answer} />}
      </Loaded>
    </Page>
  )
}

function Summary({ answer }: { answer: PillsSummary }) {
  const navigate = useNavigate()
  const asked = answer.hits + answer.misses
  const { job, products } = answer
  return (
    <>
      <Stats>
        <Stat
          label="Hit rate"
          value={format.formatPercent(asked === 0 ? null : answer.hits / asked)}
          detail={`${format.formatCount(answer.hits)} of ${format.formatCount(asked)} asked were ready`}
        />
        <Stat
          label="Pills"
          value={format.formatCount(answer.pills)}
          detail="questions with a stored answer"
        />
        <Stat
          label="Products covered"
          value={format.formatPercent(products.total === 0 ? null : products.withPills / products.total)}
          detail={`${format.formatCount(products.withPills)} of ${format.formatCount(products.total)}`}
        />
        <Stat
          label="Background job"
          value={job.total > 0 ? format.formatPercent(job.done / job.total) : '–'}
          detail={
            <StateMark state={job.state === 'running' ? 'busy' : job.state === 'failed' ? 'bad' : 'idle'}>
              {job.state === 'running'
                ? `building ${format.formatCount(job.done)} of ${format.formatCount(job.total)}`
                : job.state === 'failed'
                  ? 'failed; build them again'
                  : job.finishedAtMs === null
                    ? 'has not run yet'
                    : `finished ${format.formatAgo(job.finishedAtMs, Date.now())}`}
            </StateMark>
          }
        />
      </Stats>
      <Panel title="By product" note="most asked first" flush>
        {answer.perProduct.length === 0 ? (
          <Empty title="No pill was asked yet">
            Open a product in the demo store and press one of its questions.
          </Empty>
        ) : (
          <DataTable
            caption="Pills by product"
            rows={answer.perProduct}
            keyOf={(row) => row.productId}
            onOpen={(row) =>
              void navigate({ to: `/shop/catalog/${encodeURIComponent(row.productId)}` as never })
            }
            columns={[
              { key: 'title', title: 'Product', isWide: true, render: (row) => row.title },
              {
                key: 'pills',
                title: 'Pills',
                isNumber: true,
                width: '72px',
                render: (row) => format.formatCount(row.pills),
              },
              {
                key: 'rate',
                title: 'Hit rate',
                isSecondary: true,
                width: '200px',
                render: (row) => (
                  <Bar
                    share={row.hits / Math.max(1, row.hits + row.misses)}
                    label={`${row.hits} of ${row.hits + row.misses}`}
                  />
                ),
              },
              {
                key: 'hits',
                title: 'Hits',
                isNumber: true,
                width: '80px',
                render: (row) => format.formatCount(row.hits),
              },
              {
                key: 'misses',
                title: 'Misses',
                isNumber: true,
                width: '80px',
                render: (row) => format.formatCount(row.misses),
              },
            ]}
          />
        )}
      </Panel>
    </>
  )
}
