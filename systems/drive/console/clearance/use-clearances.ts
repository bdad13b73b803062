import { useQuery } from '@tanstack/react-query'
import { getJson } from '@heavylift/ui'
import type { ClearanceSummary, RunningClearance } from '../../src/clearance/clearance-desk.ts'
import type { ClearanceReport } from '../../src/clearance/report/clearance-report.ts'

/** `GET /api/drive/clearances`. */
export interface ClearanceListing {
  clearances: ClearanceSummary[]
  running: RunningClearance | null
}

/** Asked for every second while one runs. */
export function useClearances() {
  return useQuery({
    queryKey: ['drive', 'clearances'],
    queryFn: ({ signal }) => getJson<ClearanceListing>('/api/drive/clearances', { signal }),
    refetchInterval: ({ state }) => (state.data?.running ? 1_000 : 5_000),
  })
}

export function useReport(id: string) {
  return useQuery({
    queryKey: ['drive', 'clearance', id],
    queryFn: ({ signal }) =>
      getJson<ClearanceReport>(`/api/drive/clearances/${encodeURIComponent(id)}`, { signal }),
    enabled: id !== '',
    staleTime: 60_000,
  })
}
