import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import type { Choice } from './scenario-form.tsx'

export function useScenarios() {
  return useQuery({
    queryKey: ['drive', 'scenarios'],
    queryFn: ({ signal }) => api.get('/scenarios', { signal }),
    staleTime: Infinity,
  })
}

export function useVersions() {
  return useQuery({
    queryKey: ['drive', 'versions'],
    queryFn: ({ signal }) => api.get('/versions', { signal }),
    staleTime: 60_000,
  })
}

/** A run of a choice with one version; the one before stays in sight while the next is made. */
export function useRun(choice: Omit<Choice, 'against'>, isWanted: boolean) {
  const { scenario, set, seed, version } = choice
  return useQuery({
    queryKey: ['drive', 'recording', scenario, set, seed, version],
    queryFn: ({ signal }) => api.get('/recording', { query: { scenario, set, seed, version }, signal }),
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
    queryFn: ({ signal }) => api.get('/recordings/:id', { params: { id }, signal }),
    enabled: id !== '',
    staleTime: Infinity,
  })
}

/** A case of a clearance, driven again. */
export function useCaseRun(clearanceId: string, caseId: string, version: string) {
  return useQuery({
    queryKey: ['drive', 'case', clearanceId, caseId, version],
    queryFn: ({ signal }) =>
      api.get('/clearances/:id/recording', {
        params: { id: clearanceId },
        query: { case: caseId, version },
        signal,
      }),
    enabled: clearanceId !== '' && caseId !== '',
    staleTime: Infinity,
  })
}
