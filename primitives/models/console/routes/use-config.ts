import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '@heavylift/ui'
import { api } from '../api.ts'
import { pathText } from '../../src/table/config-problem.ts'
import type { ConfigAnswer } from '../../src/routes/config.ts'
import type { ConfigProblem } from '../../src/context.ts'

const key = ['models', 'config']

export function useConfig() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/config', { signal }),
  })
}

/** One change of the table. `baseVersion` is the version that the person saw, so that nobody's change is overwritten. */
export type ConfigChange =
  | { kind: 'text'; text: string }
  | { kind: 'model'; name: string; changes: Record<string, unknown> }
  | { kind: 'without-model'; name: string }
  | { kind: 'provider'; name: string; provider: Record<string, unknown> }

function sendChange(change: ConfigChange, baseVersion: string): Promise<ConfigAnswer> {
  switch (change.kind) {
    case 'text':
      return api.put('/config', { body: { text: change.text, baseVersion } })
    case 'model':
      return api.patch('/models/:name', {
        params: { name: change.name },
        body: { changes: change.changes, baseVersion },
      })
    case 'without-model':
      return api.delete('/models/:name', { params: { name: change.name }, query: { baseVersion } })
    case 'provider':
      return api.put('/providers/:name', {
        params: { name: change.name },
        body: { provider: change.provider, baseVersion },
      })
  }
}

/** Saves changes one at a time; what the server answers is the table from then on. */
export function useSaveConfig(onSaved?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ change, baseVersion }: { change: ConfigChange; baseVersion: string }) =>
      sendChange(change, baseVersion),
    onSuccess: (answer) => {
      client.setQueryData(key, answer)
      void client.invalidateQueries({ queryKey: ['models', 'snapshot'] })
      onSaved?.()
    },
  })
}

/** What the server found wrong with a change, each with its place; empty for other errors. */
export function problemsOf(error: unknown): ConfigProblem[] {
  return error instanceof ApiError && error.code === 'config-invalid' && Array.isArray(error.details)
    ? (error.details as ConfigProblem[])
    : []
}

/** The messages for one field (`['models', 'large', 'retries']`) and what is in it; undefined when it is fine. */
export function problemAt(
  problems: readonly ConfigProblem[],
  field: readonly (string | number)[],
): string | undefined {
  const path = pathText(field)
  const own = problems.filter(
    (problem) =>
      problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`),
  )
  return own.length === 0 ? undefined : own.map(({ message }) => message).join('; ')
}
