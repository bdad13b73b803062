import { api } from '../api.ts'

/** What the page shows; without a repository the one that adopted first. */
export const load = (repository: string, adopted: string, signal: AbortSignal) =>
  api.get('/velocity', {
    query: { ...(repository && { repository }), ...(adopted && { adopted }) },
    signal,
  })
export type Shown = NonNullable<Awaited<ReturnType<typeof load>>['shown']>
