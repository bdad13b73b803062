import { useNavigate, useSearch } from '@tanstack/react-router'

/**
 * A page's state in its URL, so that a link reproduces what is seen. Values equal to their default are left out.
 * Setting replaces the history entry: typing in a filter is not a journey.
 */
export function useUrlState<State extends Record<string, string>>(
  defaults: State,
): [State, (change: Partial<State>) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const state = { ...defaults }
  for (const name of Object.keys(defaults) as (keyof State & string)[]) {
    const value = search[name]
    // The router reads `?size=34` as a number; state is text.
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      state[name] = String(value) as State[typeof name]
    }
  }
  const set = (change: Partial<State>) => {
    void navigate({
      to: '.',
      replace: true,
      search: (before: Record<string, unknown>) => {
        const next: Record<string, unknown> = { ...before, ...change }
        for (const [name, value] of Object.entries(next)) {
          if (value === defaults[name] || value === '') delete next[name]
        }
        return next
      },
    } as Parameters<typeof navigate>[0])
  }
  return [state, set]
}
