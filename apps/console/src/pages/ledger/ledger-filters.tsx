import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FilterBar, FilterText, TimeRange, formatCount } from '@heavylift/ui'
import type { UsedTimeRange } from '@heavylift/ui'
import { api } from '../../api.ts'
import { useSystems } from '../../shell/use-systems.ts'

export interface LedgerScope {
  system: string
  kind: string
  version: string
  subject: string
}

/** By what the ledger is narrowed. Kinds and versions are those that there are in the system and the time that are chosen. */
export function LedgerFilters({
  scope,
  time,
  set,
}: {
  scope: LedgerScope
  time: UsedTimeRange
  set: (change: Partial<LedgerScope>) => void
}) {
  const systems = useSystems()
  const facets = useQuery({
    queryKey: ['ledger', 'facets', time.fromMs],
    queryFn: ({ signal }) => api.get('/ledger/facets', { query: { sinceMs: time.fromMs ?? 0 }, signal }),
    refetchInterval: 30_000,
  })
  const found = facets.data?.facets ?? []
  const count = (matches: (facet: (typeof found)[number]) => boolean) =>
    formatCount(found.filter(matches).reduce((sum, facet) => sum + facet.count, 0))
  const ofSystem = found.filter(({ system }) => scope.system === '' || system === scope.system)
  const ofKind = ofSystem.filter(({ kind }) => scope.kind === '' || kind === scope.kind)
  const titles = new Map(systems.data?.systems.map(({ name, title }) => [name, title]))
  const options = (names: readonly string[], chosen: string) =>
    [...new Set([...names, ...(chosen === '' ? [] : [chosen])])].toSorted()

  return (
    <FilterBar
      isFiltered={Object.values(scope).some((value) => value !== '')}
      onClear={() => set({ system: '', kind: '', version: '', subject: '' })}
    >
      <FilterText
        label="About"
        placeholder="Whom or what: a shopper, a match, a version"
        value={scope.subject}
        onChange={(subject) => set({ subject })}
      />
      <NativeSelect
        label="System"
        value={scope.system}
        onChange={(event) => set({ system: event.currentTarget.value, kind: '', version: '' })}
        data={[
          { value: '', label: `All systems (${count(() => true)})` },
          ...options(
            found.map(({ system }) => system),
            scope.system,
          ).map((name) => ({
            value: name,
            label: `${titles.get(name) ?? name} (${count(({ system }) => system === name)})`,
          })),
        ]}
      />
      <NativeSelect
        label="Kind"
        value={scope.kind}
        onChange={(event) => set({ kind: event.currentTarget.value, version: '' })}
        data={[
          { value: '', label: 'Every kind' },
          ...options(
            ofSystem.map(({ kind }) => kind),
            scope.kind,
          ),
        ]}
      />
      <NativeSelect
        label="Version"
        value={scope.version}
        maw={{ base: 'none', sm: 200 }}
        onChange={(event) => set({ version: event.currentTarget.value })}
        data={[
          { value: '', label: 'Every version' },
          ...options(
            ofKind.map(({ version }) => version),
            scope.version,
          ),
        ]}
      />
      <TimeRange of={time} label="Recorded" />
    </FilterBar>
  )
}
