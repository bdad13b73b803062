import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Chip, DataTable, Empty, Loaded, Page, Panel, format, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'

/** A shopper's memory exactly as the shopper sees it. Only the shopper edits and deletes it, in the store. */
export default function Memory() {
  const [state, set] = useUrlState({ shopper: '' })
  const [text, setText] = useState(state.shopper)
  useEffect(() => setText(state.shopper), [state.shopper])
  const memory = useQuery({
    queryKey: ['shop', 'memory', state.shopper],
    enabled: state.shopper !== '',
    queryFn: ({ signal }) =>
      api.get('/shoppers/:shopperId/memory', { params: { shopperId: state.shopper }, signal }),
  })
  return (
    <Page
      title="Memory"
      lead="What the assistant knows of one shopper, on every device; as the shopper sees it, who alone corrects and deletes it."
    >
      <form
        className="shop-filters"
        onSubmit={(event) => {
          event.preventDefault()
          set({ shopper: text.trim() })
        }}
      >
        <TextInput
          label="Shopper’s id"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Show</Button>
      </form>
      {state.shopper === '' ? (
        <Shoppers choose={(shopper) => set({ shopper })} />
      ) : (
        <Panel
          title="Remembered"
          note={memory.data ? `${memory.data.memories.length}` : ''}
          actions={
            <Link to={`/shop/conversations?shopper=${encodeURIComponent(state.shopper)}` as never}>
              conversations of this shopper
            </Link>
          }
          flush
        >
          <Loaded of={memory} what="Loading the memory">
            {(answer) =>
              answer.memories.length === 0 ? (
                <Empty title="Nothing is remembered">
                  The shopper has looked at nothing yet, or has deleted it.
                </Empty>
              ) : (
                <DataTable
                  caption="Memory"
                  rows={answer.memories}
                  keyOf={(item) => item.id}
                  columns={[
                    { key: 'kind', title: 'Kind', width: '96px', render: (item) => <Chip>{item.kind}</Chip> },
                    { key: 'text', title: 'In words', isWide: true, render: (item) => item.text },
                    {
                      key: 'device',
                      title: 'Device',
                      isSecondary: true,
                      width: '96px',
                      render: (item) => item.device ?? '–',
                    },
                    {
                      key: 'at',
                      title: 'Last',
                      width: '112px',
                      render: (item) => (
                        <span className="hl-number">{format.formatAgo(item.atMs, Date.now())}</span>
                      ),
                    },
                  ]}
                />
              )
            }
          </Loaded>
        </Panel>
      )}
    </Page>
  )
}

function Shoppers({ choose }: { choose: (shopperId: string) => void }) {
  const conversations = useQuery({
    queryKey: ['shop', 'shoppers'],
    queryFn: ({ signal }) => api.get('/conversations', { query: { limit: 100 }, signal }),
  })
  return (
    <Panel title="Shoppers who spoke last" flush>
      <Loaded of={conversations} what="Loading shoppers">
        {(answer) => {
          const last = new Map<string, number>()
          for (const { shopperId, updatedAt } of answer.conversations) {
            if (shopperId && !last.has(shopperId)) last.set(shopperId, updatedAt)
          }
          return last.size === 0 ? (
            <Empty title="No known shopper yet">
              Memory needs a shopper: sign in to the demo store and look at a product.
            </Empty>
          ) : (
            <DataTable
              caption="Shoppers"
              rows={[...last]}
              keyOf={([id]) => id}
              onOpen={([id]) => choose(id)}
              columns={[
                { key: 'id', title: 'Shopper', render: ([id]) => <span className="hl-code">{id}</span> },
                {
                  key: 'at',
                  title: 'Last spoke',
                  width: '136px',
                  render: ([, at]) => <span className="hl-number">{format.formatAgo(at, Date.now())}</span>,
                },
              ]}
            />
          )
        }}
      </Loaded>
    </Panel>
  )
}
