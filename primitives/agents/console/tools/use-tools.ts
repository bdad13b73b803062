import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { api } from '../api.ts'

/** A tool that a step can be made of. */
export interface KnownTool {
  from: string
  tool: string
  title: string
  description: string
  /** JSON Schema of its arguments. */
  input: Record<string, unknown>
  pin: string | null
  /** What its source signs in with. */
  credential: string | null
}

/** Tools whose name or text has the words, from the sources that answer. */
export function useTools(sought: string, isWanted = true): readonly KnownTool[] {
  const found = useQuery({
    enabled: isWanted,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
    queryKey: ['agents', 'known-tools', sought],
    queryFn: ({ signal }) => api.get('/known-tools', { query: { text: sought }, signal }),
  })
  return found.data?.tools.map(({ name, ...tool }) => ({ ...tool, tool: name })) ?? []
}
