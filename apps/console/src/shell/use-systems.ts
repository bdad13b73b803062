import { useQuery } from '@tanstack/react-query'
import { getJson } from '../api/client.ts'
import type { SystemsAnswer } from '../api/shapes.ts'

export function useSystems() {
  return useQuery({
    queryKey: ['systems'],
    queryFn: ({ signal }) => getJson<SystemsAnswer>('/api/heavylift/systems', { signal }),
    staleTime: 60_000,
  })
}
