import { Button, NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Bar, DataTable, Empty, ErrorState, format, Page, Panel, Skeleton, useUrlState } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { api } from '../api.ts'
import { sidesInOrder } from '../../src/domain/match.ts'
import type { Tag } from '../../src/domain/tag.ts'
import { sportWords } from '../words.ts'
import live from '../live.module.css'

/** Seconds before a moment from which it is shown again. */
const leadInMs = 4_000
const pageSize = 50
const sports = ['nfl', 'nba', 'soccer', 'race'] as const
const orders = ['newest', 'important', 'oldest'] as const

/** Search over the moments of all matches; a row shows its moment again on the Director page. */
export default function Moments() {
  const [url, setUrl] = useUrlState({ q: '', sport: '', type: '', least: '0.2', order: 'newest' })
  const navigate = useNavigate()
  const types = useQuery({
    queryKey: ['live', 'tag-types'],
    queryFn: ({ signal }) => api.get('/tag-types', { signal }),
    staleTime: Infinity,
  })
  const titles = new Map(types.data?.types.map(({ type, title }) => [type, title]))
  const { least, ...asked } = url
  const found = useInfiniteQuery({
    queryKey: ['live', 'tags', url],
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      api.get('/tags', {
        query: {
          ...asked,
          sport: sports.find((sport) => sport === asked.sport),
          order: orders.find((order) => order === asked.order),
          importanceAtLeast: least,
          after: pageParam,
          limit: pageSize,
        },
        signal,
      }),
    getNextPageParam: ({ next }) => next,
  })
  const tags = found.data?.pages.flatMap((page) => page.tags) ?? []
  const columns: Column<Tag>[] = [
    {
      key: 'time',
      title: 'Time',
      isSecondary: true,
      render: ({ startMs }) => <span className="hl-number">{format.formatTime(startMs)}</span>,
    },
    { key: 'sport', title: 'Sport', isSecondary: true, render: ({ sport }) => sportWords[sport] },
    { key: 'type', title: 'Moment', render: ({ type }) => titles.get(type) ?? type },
    { key: 'text', title: 'What happened', isWide: true, render: ({ text }) => text },
    {
      key: 'score',
      title: 'Score',
      isNumber: true,
      isSecondary: true,
      render: ({ sport, homeScore, awayScore }) =>
        homeScore === null
          ? ''
          : sidesInOrder({ sport })
              .map((side) => (side === 'home' ? homeScore : (awayScore ?? 0)))
              .join('–'),
    },
    {
      key: 'importance',
      title: 'Importance',
      isSecondary: true,
      render: ({ importance }) => (
        <Bar share={importance} label={`Importance ${format.formatPercent(importance)}`} tone="accent" />
      ),
    },
  ]
  return (
    <Page
      title="Moments"
      lead="Every score, turnover, stop and flag of every match, found by words and by kind."
    >
      <div className={live['filters']}>
        <TextInput
          label="Words"
          placeholder='e.g. long pass, "red zone", -penalty'
          value={url.q}
          onChange={(event) => setUrl({ q: event.currentTarget.value })}
        />
        <NativeSelect
          label="Sport"
          value={url.sport}
          data={[
            { value: '', label: 'All sports' },
            ...Object.entries(sportWords).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(event) => setUrl({ sport: event.currentTarget.value })}
        />
        <NativeSelect
          label="Kind of moment"
          value={url.type}
          data={[
            { value: '', label: 'All kinds' },
            ...(types.data?.types ?? []).map(({ type, title }) => ({
              value: type,
              label: `${'\u2003'.repeat(type.split('.').length - 1)}${title}`,
            })),
          ]}
          onChange={(event) => setUrl({ type: event.currentTarget.value })}
        />
        <NativeSelect
          label="Importance"
          value={url.least}
          data={[
            { value: '0', label: 'Any' },
            { value: '0.2', label: '20 % and more' },
            { value: '0.4', label: '40 % and more' },
            { value: '0.6', label: '60 % and more' },
          ]}
          onChange={(event) => setUrl({ least: event.currentTarget.value })}
        />
        <NativeSelect
          label="Order"
          value={url.order}
          data={[
            { value: 'newest', label: 'Newest first' },
            { value: 'important', label: 'Most important first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
          onChange={(event) => setUrl({ order: event.currentTarget.value })}
        />
      </div>
      {found.isError ? <ErrorState error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton lines={10} what="Searching" /> : null}
      {found.data ? (
        <Panel
          title={`${format.formatCount(tags.length)}${found.hasNextPage ? ' and more' : ''} moments`}
          note="a row shows it again"
          flush
        >
          {tags.length === 0 ? (
            <Empty title="No moment matches">Take a condition away, or use other words.</Empty>
          ) : (
            <DataTable
              caption="Moments"
              columns={columns}
              rows={tags}
              keyOf={({ id }) => id}
              onOpen={(tag) =>
                void navigate({
                  to: '/live' as '/',
                  search: {
                    match: tag.matchId,
                    t: String(Math.round(tag.startMs - leadInMs)),
                    sel: tag.id,
                  } as never,
                })
              }
            />
          )}
          {found.hasNextPage ? (
            <div className={live['more']}>
              <Button
                variant="default"
                loading={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
              >
                More
              </Button>
            </div>
          ) : null}
        </Panel>
      ) : null}
    </Page>
  )
}
