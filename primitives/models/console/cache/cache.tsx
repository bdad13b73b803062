import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Bar, DataTable, Empty, ErrorState, Loaded, Page, Panel, Stat, Stats, format } from '@heavylift/ui'
import { api } from '../api.ts'
import '../models-console.css'

const dayMs = 86_400_000

/** Whole answers that are given again: how often, and what they take. */
export default function Cache() {
  const client = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const stats = useQuery({
    queryKey: ['models', 'cache'],
    refetchInterval: 5_000,
    queryFn: ({ signal }) => api.get('/cache', { signal }),
  })
  const fromMs = useMemo(() => Date.now() - 7 * dayMs, [])
  const usage = useQuery({
    queryKey: ['models', 'usage', 'cache'],
    queryFn: ({ signal }) =>
      api.get('/usage', { query: { by: 'model', bucket: 'day', from: fromMs }, signal }),
  })
  const clear = useMutation({
    mutationFn: () => api.delete('/cache'),
    onSuccess: () => {
      setIsAsking(false)
      return client.invalidateQueries({ queryKey: ['models', 'cache'] })
    },
  })
  return (
    <Page
      title="Cache"
      lead="The same request gets the same answer at once, where a route asks for it. Answers made ahead are ready before anyone asks."
      actions={
        <Button variant="default" disabled={!stats.data?.entries} onClick={() => setIsAsking(true)}>
          Clear the cache
        </Button>
      }
    >
      <Loaded of={stats} what="Reading the cache" lines={2}>
        {({ entries, bytes, maxBytes, readyAnswers }) => (
          <Stats>
            <Stat
              label="Given again"
              value={
                usage.data && usage.data.total.calls > 0
                  ? format.formatPercent(usage.data.total.cacheHits / usage.data.total.calls)
                  : '–'
              }
              detail="of all calls, last 7 days"
            />
            <Stat
              label="Kept answers"
              value={format.formatCount(entries)}
              detail="the least used makes room"
            />
            <Stat
              label="Memory"
              value={format.formatBytes(bytes)}
              detail={
                <>
                  <Bar
                    share={maxBytes === 0 ? 0 : bytes / maxBytes}
                    label={`${format.formatPercent(maxBytes === 0 ? 0 : bytes / maxBytes)} of the cache is full`}
                  />
                  of {format.formatBytes(maxBytes)}
                </>
              }
            />
            <Stat
              label="Made ahead"
              value={format.formatCount(readyAnswers)}
              detail="stay when the cache is cleared"
            />
          </Stats>
        )}
      </Loaded>
      <Panel title="By model" note="last 7 days" flush>
        <Loaded of={usage} what="Adding up calls" lines={4}>
          {({ groups }) =>
            groups.length === 0 ? (
              <Empty title="No call yet">
                Give a model a <span className="hl-code">cache</span> in Routes; the second equal request is
                then a hit.
              </Empty>
            ) : (
              <DataTable
                caption="Cache by model"
                rows={groups}
                keyOf={(group) => group.name}
                columns={[
                  {
                    key: 'name',
                    title: 'Model',
                    isWide: true,
                    render: (group) => <span className="hl-code">{group.name}</span>,
                  },
                  {
                    key: 'calls',
                    title: 'Calls',
                    isNumber: true,
                    render: (group) => format.formatCount(group.calls),
                  },
                  {
                    key: 'hits',
                    title: 'Hits',
                    isNumber: true,
                    render: (group) => format.formatCount(group.cacheHits),
                  },
                  {
                    key: 'bar',
                    title: <span className="hl-hidden">Share as a bar</span>,
                    isSecondary: true,
                    width: '200px',
                    render: (group) => (
                      <Bar
                        share={group.cacheHits / group.calls}
                        label={`${format.formatPercent(group.cacheHits / group.calls)} given again`}
                      />
                    ),
                  },
                  {
                    key: 'share',
                    title: 'Share',
                    isNumber: true,
                    render: (group) => format.formatPercent(group.cacheHits / group.calls),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title="Clear the cache?">
        <div className="hl-stack">
          <p>
            {format.formatCount(stats.data?.entries ?? 0)} kept answers are forgotten; their requests go to
            the models again. Answers made ahead stay.
          </p>
          {clear.isError ? <ErrorState error={clear.error} /> : null}
          <div className="hl-row">
            <Button color="red" loading={clear.isPending} onClick={() => clear.mutate()}>
              Clear
            </Button>
            <Button variant="default" onClick={() => setIsAsking(false)}>
              Keep them
            </Button>
          </div>
        </div>
      </Modal>
    </Page>
  )
}
