import { HeavyliftError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'

/** JSON of a route of agents. Rejects with the server's own words when it refuses. The type is what the route documents. */
export async function askServer<T>(
  input: Pick<CommandInput, 'api' | 'signal'>,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await input.api(`/api/agents${path}`, {
    method,
    signal: input.signal,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  const error = (answer as { error?: { code?: string; message?: string; details?: unknown } } | null)?.error
  throw new HeavyliftError({
    code: error?.code ?? 'agents-refused',
    message: error?.message ?? `The server answered ${response.status}.`,
    status: response.status,
    details: error?.details,
  })
}
