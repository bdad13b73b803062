import { randomId } from '@heavylift/core/text'
import { useEvents } from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { editText } from '../../src/files/edit-file.ts'
import type { Change } from '../../src/files/change.ts'
import { parseFile } from '../../src/files/parse-file.ts'
import type { DraftAnswer } from '../../src/routes/draft-schemas.ts'
import { api } from '../api.ts'
import { DraftSession } from './draft-session.ts'
import type { SessionState } from './draft-session.ts'

/** A draft as this tab edits it. */
export interface OpenDraft extends SessionState {
  name: string
  /** The definition as plain JSON: of the text, or of the last text that could be read. */
  value: unknown
  /** The text cannot be read as it is, and `value` is older. */
  isBroken: boolean
  editText: (text: string) => void
  edit: (changes: readonly Change[]) => void
  undo: () => void
  redo: () => void
  resolve: (keep: 'mine' | 'theirs') => void
  flush: () => Promise<void>
}

/** Stays with the tab over a reload, so that it can still undo what it did. */
function tabId(): string {
  try {
    const kept = sessionStorage.getItem('heavylift.tab')
    if (kept !== null) return kept
    const made = randomId()
    sessionStorage.setItem('heavylift.tab', made)
    return made
  } catch {
    return 'tab'
  }
}

export function useFirstDraft(name: string) {
  return useQuery({
    queryKey: ['agents', 'draft', name],
    queryFn: ({ signal }) => api.get('/drafts/:name', { params: { name }, query: { tab: tabId() }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  })
}

export function useDraft(name: string, first: DraftAnswer): OpenDraft {
  const store = useMemo(() => openStore(name, first), [name, first])
  const state = useSyncExternalStore(store.subscribe, () => store.session.state)
  const [read, setRead] = useState(() => ({ text: first.text, value: parseFile(first.text).value }))
  const parsed = useMemo(
    () => (state.text === read.text ? null : parseFile(state.text)),
    [state.text, read.text],
  )
  const isReadable = parsed === null || parsed.value !== undefined
  if (parsed !== null && isReadable) setRead({ text: state.text, value: parsed.value })
  useEvents(api.events('/drafts/:name/live', { params: { name } }), ({ data }) => {
    void store.session.seen(data.revision)
  })
  useEffect(() => {
    const leave = () => void store.session.flush()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      store.session.stop()
    }
  }, [store])
  const edit = useCallback(
    (changes: readonly Change[]) => {
      if (changes.length > 0) store.session.edit(editText(store.session.state.text, changes))
    },
    [store],
  )
  return {
    ...state,
    name,
    value: parsed !== null && isReadable ? parsed.value : read.value,
    isBroken: !isReadable,
    edit,
    editText: (text) => store.session.edit(text),
    undo: () => void store.session.revert('undo'),
    redo: () => void store.session.revert('redo'),
    resolve: (keep) => void store.session.resolve(keep),
    flush: () => store.session.flush(),
  }
}

function openStore(name: string, first: DraftAnswer) {
  const listeners = new Set<() => void>()
  const tab = tabId()
  const params = { name }
  const session = new DraftSession(
    {
      read: () => api.get('/drafts/:name', { params, query: { tab } }),
      write: (base, text) => api.patch('/drafts/:name', { params, body: { tab, base, text } }),
      revert: (direction) => api.post('/drafts/:name/revert', { params, body: { tab, direction } }),
    },
    first,
    () => listeners.forEach((listener) => listener()),
  )
  return {
    session,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
