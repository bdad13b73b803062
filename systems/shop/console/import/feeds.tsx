import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog, DataTable, ErrorState, Loaded, Panel, format } from '@heavylift/ui'
import { api } from '../api.ts'

const queryKey = ['shop', 'feeds']

/** Feeds by address: fetched by a schedule, imported when the server says that they changed. */
export function Feeds() {
  const client = useQueryClient()
  const [url, setUrl] = useState('')
  const [hours, setHours] = useState<number | string>(24)
  const [leaving, setLeaving] = useState<{ feedId: string; url: string } | null>(null)
  const feeds = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get('/feeds', { signal }),
    refetchInterval: 15_000,
  })
  const onSuccess = () => client.invalidateQueries({ queryKey: ['shop'] })
  const add = useMutation({
    mutationFn: () =>
      api.post('/feeds', {
        body: { url, name: url, everyMinutes: Math.max(5, Math.round(Number(hours) * 60)) },
      }),
    onSuccess: () => {
      setUrl('')
      return onSuccess()
    },
  })
  const fetchNow = useMutation({
    mutationFn: (feedId: string) => api.post('/feeds/:feedId/fetch', { params: { feedId } }),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (feedId: string) => api.delete('/feeds/:feedId', { params: { feedId } }),
    onSuccess: () => {
      setLeaving(null)
      return onSuccess()
    },
  })
  return (
    <Panel title="Feeds by address" note="fetched by themselves, public addresses only">
      <form
        className="hl-row"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <TextInput
          aria-label="Address of the feed"
          placeholder="https://shop.example/feed.xml"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <NumberInput
          aria-label="Every so many hours"
          suffix=" h"
          min={1}
          max={720}
          value={hours}
          onChange={setHours}
          w={96}
        />
        <Button type="submit" loading={add.isPending} disabled={!/^https?:\/\/\S+$/.test(url)}>
          Add
        </Button>
      </form>
      {[add, fetchNow].map((each, index) =>
        each.isError ? <ErrorState key={index} error={each.error} /> : null,
      )}
      <Loaded of={feeds} what="Loading feeds">
        {(answer) =>
          answer.feeds.length === 0 ? null : (
            <DataTable
              caption="Feeds by address"
              rows={answer.feeds}
              keyOf={(feed) => feed.feedId}
              columns={[
                { key: 'url', title: 'Address', isWide: true, render: (feed) => feed.url },
                {
                  key: 'outcome',
                  title: 'Last fetch',
                  isWide: true,
                  isSecondary: true,
                  render: (feed) => feed.outcome ?? 'not yet',
                },
                {
                  key: 'at',
                  title: 'When',
                  width: '112px',
                  isSecondary: true,
                  render: (feed) =>
                    feed.checkedAtMs === null ? '–' : format.formatAgo(feed.checkedAtMs, Date.now()),
                },
                {
                  key: 'do',
                  title: '',
                  width: '192px',
                  render: (feed) => (
                    <span className="hl-row">
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => fetchNow.mutate(feed.feedId)}
                      >
                        Fetch now
                      </Button>
                      <Button size="compact-xs" variant="subtle" onClick={() => setLeaving(feed)}>
                        Remove
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={`Remove ${leaving?.url ?? 'the feed'}?`}
        confirm="Remove feed"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => {
          if (leaving) remove.mutate(leaving.feedId)
        }}
        onCancel={() => {
          remove.reset()
          setLeaving(null)
        }}
      >
        <p>It is fetched no more. Products that came by it stay as they are.</p>
      </ConfirmDialog>
    </Panel>
  )
}
