import { useQuery } from '@tanstack/react-query'
import { api } from '../api.ts'

/** Asked for every second while one runs. */
export function useClearances() {
  return useQuery({
    queryKey: ['drive', 'clearances'],
    queryFn: ({ signal }) => api.get('/clearances', { signal }),
    refetchInterval: ({ state }) => (state.data?.running ? 1_000 : 5_000),
  })
}

export function useReport(id: string) {
  return useQuery({
    queryKey: ['drive', 'clearance', id],
    queryFn: ({ signal }) => api.get('/clearances/:id', { params: { id }, signal }),
    enabled: id !== '',
    staleTime: 60_000,
  })
}
