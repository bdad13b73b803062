import { NativeSelect } from '@mantine/core'
import {
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  Loaded,
  Page,
  Panel,
  Stat,
  StateMark,
  Stats,
  formatCount,
  formatDay,
  useUrlState,
} from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

const names = ['fresh', 'stale', 'drifted', 'unknown'] as const
type State = (typeof names)[number]
type Found = Awaited<ReturnType<typeof search>>['specs'][number]
const search = (q: string, staleness: State | null, signal: AbortSignal) =>
  api.get('/catalogue', { query: { q, ...(staleness && { staleness }), limit: 100 }, signal })

const states: Record<Found['staleness'], { mark: StateName; words: (one: Found) => string }> = {
  fresh: { mark: 'good', words: () => 'fresh' },
  stale: { mark: 'warn', words: ({ staleDays }) => `stale, code ${staleDays} d ahead` },
  drifted: { mark: 'bad', words: ({ drifts }) => `drifted in ${formatCount(drifts ?? 0)}` },
  unknown: { mark: 'idle', words: () => 'no trace to code' },
}

/** Specs of all repositories, found by words, each with how stale it is. */
export default function Catalogue() {
  const [state, set] = useUrlState({ q: '', staleness: '' })
  const staleness = names.find((name) => name === state.staleness) ?? null
  const found = useQuery({
    queryKey: ['spec', 'catalogue', state.q, staleness],
    queryFn: ({ signal }) => search(state.q, staleness, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title="Catalogue"
      lead="Every spec of every repository that was opened, and whether its code moved on without it."
    >
      <FilterBar>
        <FilterText
          label="Words"
          value={state.q}
          onChange={(q) => set({ q })}
          placeholder="refund, POST /loans"
        />
        <NativeSelect
          label="State"
          value={state.staleness}
          onChange={(event) => set({ staleness: event.currentTarget.value })}
          data={[{ value: '', label: 'any' }, ...names.map((value) => ({ value, label: value }))]}
        />
      </FilterBar>
      <Loaded of={found} what="Searching">
        {({ specs, counts }) => (
          <>
            <Stats>
              <Stat
                label="Specs"
                value={formatCount(counts.fresh + counts.stale + counts.drifted + counts.unknown)}
                detail={`of ${formatCount(counts.repositories)} repositories`}
              />
              <Stat
                label="Drifted"
                value={formatCount(counts.drifted)}
                tone={counts.drifted > 0 ? 'bad' : 'good'}
              />
              <Stat label="Stale" value={formatCount(counts.stale)} detail="code committed after the spec" />
              <Stat label="Fresh" value={formatCount(counts.fresh)} />
              <Stat label="Not known" value={formatCount(counts.unknown)} detail="no trace to code" />
            </Stats>
            {specs.length === 0 ? (
              <Empty title="No spec has these words">
                Specs are filed when a repository is opened or read again, under Repositories or by{' '}
                <code>npx heavylift spec extract PATH</code>.
              </Empty>
            ) : (
              <Panel
                title="Specs"
                note={specs.length === 100 ? 'the first 100' : formatCount(specs.length)}
                flush
              >
                <DataTable
                  caption="Specs"
                  rows={specs}
                  keyOf={({ id }) => id}
                  columns={[
                    { key: 'title', title: 'Spec', isWide: true, render: ({ title }) => title },
                    { key: 'repository', title: 'Repository', render: ({ repository }) => repository },
                    {
                      key: 'state',
                      title: 'State',
                      render: (one) => (
                        <StateMark state={states[one.staleness].mark}>
                          {states[one.staleness].words(one)}
                        </StateMark>
                      ),
                    },
                    {
                      key: 'requirements',
                      title: 'Requirements',
                      isNumber: true,
                      isSecondary: true,
                      render: ({ requirements }) => formatCount(requirements),
                    },
                    { key: 'format', title: 'Format', isSecondary: true, render: ({ format }) => format },
                    {
                      key: 'changed',
                      title: 'Spec changed',
                      isSecondary: true,
                      render: ({ specChangedAtMs }) =>
                        specChangedAtMs === null ? 'not committed' : formatDay(specChangedAtMs),
                    },
                  ]}
                />
              </Panel>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
