import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DataTable, Empty, ErrorState, Page, Panel, Skeleton, format, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'

const pageSize = 50

/** What shoppers talked about; each opens to its replay. */
export default function Conversations() {
  const navigate = useNavigate()
  const [state, set] = useUrlState({ shopper: '' })
  const conversations = useInfiniteQuery({
    queryKey: ['shop', 'conversations', state.shopper],
    initialPageParam: 0,
    refetchInterval: 10_000,
    getNextPageParam: (last: Answer<'/conversations'>, pages) =>
      last.conversations.length < pageSize ? undefined : pages.length * pageSize,
    queryFn: ({ signal, pageParam }) =>
      api.get('/conversations', {
        query: { shopperId: state.shopper, limit: pageSize, offset: pageParam },
        signal,
      }),
  })
  const rows = conversations.data?.pages.flatMap((page) => page.conversations) ?? []
  return (
    <Page
      title="Conversations"
      lead="Every question with its answer as the shopper saw it, the plan, and each tool call with its time."
    >
      <Panel
        title="Conversations"
        note={state.shopper ? `of shopper ${state.shopper}` : 'the last one spoken in first'}
        actions={
          state.shopper ? (
            <Button size="compact-sm" variant="default" onClick={() => set({ shopper: '' })}>
              Show all shoppers
            </Button>
          ) : null
        }
        flush
      >
        {conversations.isPending ? <Skeleton what="Loading conversations" /> : null}
        {conversations.isError ? (
          <ErrorState error={conversations.error} retry={() => void conversations.refetch()} />
        ) : null}
        {conversations.data && rows.length === 0 ? (
          <Empty
            title="Nobody has asked anything yet"
            action={
              <Button component="a" href="/store/" target="_blank" rel="noreferrer">
                Ask in the demo store
              </Button>
            }
          />
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            caption="Conversations"
            rows={rows}
            keyOf={(row) => row.id}
            onOpen={(row) =>
              void navigate({ to: `/shop/conversations/${encodeURIComponent(row.id)}` as never })
            }
            columns={[
              {
                key: 'message',
                title: 'First question',
                isWide: true,
                render: (row) => row.firstMessage ?? '–',
              },
              {
                key: 'shopper',
                title: 'Shopper',
                isSecondary: true,
                width: '240px',
                render: (row) =>
                  row.shopperId ? (
                    <span className="hl-code">{row.shopperId}</span>
                  ) : (
                    <span className="hl-fine">anonymous</span>
                  ),
              },
              {
                key: 'turns',
                title: 'Turns',
                isNumber: true,
                width: '72px',
                render: (row) => format.formatCount(row.turns),
              },
              {
                key: 'at',
                title: 'Last spoken',
                width: '136px',
                render: (row) => (
                  <span className="hl-number">{format.formatAgo(row.updatedAt, Date.now())}</span>
                ),
              },
            ]}
          />
        ) : null}
        {conversations.hasNextPage ? (
          <div style={{ padding: 8, textAlign: 'center' }}>
            <Button
              variant="subtle"
              size="xs"
              loading={conversations.isFetchingNextPage}
              onClick={() => void conversations.fetchNextPage()}
            >
              Show {pageSize} more
            </Button>
          </div>
        ) : null}
      </Panel>
    </Page>
  )
}
