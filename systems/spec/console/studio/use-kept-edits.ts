import { useState } from 'react'
import { z } from 'zod'
import type { Edit } from './change-tray.tsx'

const keptSchema = z.object({
  edits: z.array(z.object({ path: z.string(), requirement: z.string(), from: z.string(), to: z.string() })),
  /** The build that they were given to last; empty where none was. */
  build: z.string(),
})

/** Edits of a repository's specs, and the build that was to do them. */
export type KeptEdits = Readonly<{ edits: readonly Edit[]; build: string }>

/** The edits of a repository's specs, kept in this browser until a build has done them or they are dropped. */
export function useKeptEdits(id: string): [KeptEdits, (next: KeptEdits) => void] {
  const key = `heavylift.spec.edits.${id}`
  const [kept, setKept] = useState<KeptEdits>(() => read(key))
  const keep = (next: KeptEdits) => {
    setKept(next)
    try {
      if (next.edits.length === 0) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // A browser that keeps nothing: they live as long as the page.
    }
  }
  return [kept, keep]
}

export const noEdits: KeptEdits = { edits: [], build: '' }

function read(key: string): KeptEdits {
  try {
    return keptSchema.parse(JSON.parse(localStorage.getItem(key) ?? ''))
  } catch {
    return noEdits
  }
}
