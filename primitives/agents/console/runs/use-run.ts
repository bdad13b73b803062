import { useEvents } from '@heavylift/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../api.ts'
import type { ShownEntry } from './run-picture.ts'

const isOver = (state: string | undefined): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled'

/** A run as it goes on: what was written when the page opened, and everything since. */
export function useRun(runId: string) {
  const client = useQueryClient()
  const key = ['agents', 'run', runId]
  const first = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/runs/:runId', { params: { runId }, query: {}, signal }),
  })
  const [later, setLater] = useState<{ runId: string; entries: ShownEntry[]; run: RunAnswer['run'] | null }>({
    runId,
    entries: [],
    run: null,
  })
  const own = later.runId === runId ? later : { runId, entries: [], run: null }
  const run = own.run ?? first.data?.run
  const live = useEvents(
    first.data === undefined || isOver(run?.state)
      ? null
      : api.events('/runs/:runId/live', { params: { runId } }),
    (event) => {
      setLater((before) => {
        const base = before.runId === runId ? before : { runId, entries: [], run: null }
        if (event.event === 'entry') return { ...base, entries: [...base.entries, event.data] }
        return { ...base, run: event.data }
      })
      // Questions, and the result once it is there, come with the whole.
      if (event.event === 'run') void client.invalidateQueries({ queryKey: key })
    },
  )
  const entries = useMemo(() => {
    const all = new Map<number, ShownEntry>()
    for (const entry of [...(first.data?.entries ?? []), ...own.entries]) all.set(entry.seq, entry)
    return [...all.values()].toSorted((a, b) => a.seq - b.seq)
  }, [first.data, own.entries])
  return { first, run, entries, live, isOver: isOver(run?.state) }
}

const readRun = () => api.get('/runs/:runId', { params: { runId: '' }, query: {} })
export type RunAnswer = Awaited<ReturnType<typeof readRun>>
