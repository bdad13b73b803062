import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getJson, query } from '@heavylift/ui'
import type { RecordedRun, ScenarioListing, VersionListing } from '../shapes.ts'
import type { Choice } from './scenario-form.tsx'

export function useScenarios() {
  return useQuery({
    queryKey: ['drive', 'scenarios'],
    queryFn: ({ signal }) => getJson<{ scenarios: ScenarioListing[] }>('/api/drive/scenarios', { signal }),
    staleTime: Infinity,
  })
}

export function useVersions() {
  return useQuery({
    queryKey: ['drive', 'versions'],
    queryFn: ({ signal }) => getJson<{ versions: VersionListing[] }>('/api/drive/versions', { signal }),
    staleTime: 60_000,
  })
}

/** A run of a choice with one version; the one before stays in sight while the next is made. */
export function useRun(choice: Omit<Choice, 'against'>, isWanted: boolean) {
  const { scenario, set, seed, version } = choice
  return useQuery({
    queryKey: ['drive', 'recording', scenario, set, seed, version],
    queryFn: ({ signal }) =>
      getJson<RecordedRun>(`/api/drive/recording${query({ scenario, set, seed, version })}`, { signal }),
    enabled: isWanted && scenario !== '',
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  })
}

/** A run that was sent to the server. */
export function useKeptRun(id: string) {
  return useQuery({
    queryKey: ['drive', 'kept', id],
    queryFn: ({ signal }) => getJson<RecordedRun>(`/api/drive/recordings/${id}`, { signal }),
    enabled: id !== '',
    staleTime: Infinity,
  })
}

/** A case of a clearance, driven again. */
export function useCaseRun(clearanceId: string, caseId: string, version: string) {
  return useQuery({
    queryKey: ['drive', 'case', clearanceId, caseId, version],
    queryFn: ({ signal }) =>
      getJson<RecordedRun>(
        `/api/drive/clearances/${encodeURIComponent(clearanceId)}/recording${query({ case: caseId, version })}`,
        { signal },
      ),
    enabled: clearanceId !== '' && caseId !== '',
    staleTime: Infinity,
  })
}
