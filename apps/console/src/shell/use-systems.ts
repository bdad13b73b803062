import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'
import type { SystemInfo } from '../api.ts'

/** What the server runs. While something starts or has failed it is asked again soon. */
export function useSystems() {
  return useQuery({
    queryKey: ['systems'],
    queryFn: ({ signal }) => api.get('/systems', { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (isSettled(state.data?.systems) ? 60_000 : 3_000),
  })
}

function isSettled(systems: SystemInfo[] | undefined): boolean {
  return systems?.every(({ state }) => state === 'running') ?? true
}
