import { useQuery } from '@tanstack/react-query'
import { getJson } from '@heavylift/ui'
import type { SystemsAnswer } from '../shapes.ts'

export function useSystems() {
  return useQuery({
    queryKey: ['systems'],
    queryFn: ({ signal }) => getJson<SystemsAnswer>('/api/heavylift/systems', { signal }),
    staleTime: 60_000,
  })
}
