import { useState } from 'react'
import { z } from 'zod'
import type { Edit } from './change-tray.tsx'

const editsSchema = z.array(
  z.object({ path: z.string(), requirement: z.string(), from: z.string(), to: z.string() }),
)

/** The edits of a repository's specs, kept in this browser until they are built or dropped. */
export function useKeptEdits(id: string): [readonly Edit[], (next: readonly Edit[]) => void] {
  const key = `heavylift.spec.edits.${id}`
  const [edits, setEdits] = useState<readonly Edit[]>(() => read(key))
  const keep = (next: readonly Edit[]) => {
    setEdits(next)
    try {
      if (next.length === 0) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // A browser that keeps nothing: they live as long as the page.
    }
  }
  return [edits, keep]
}

function read(key: string): readonly Edit[] {
  try {
    return editsSchema.parse(JSON.parse(localStorage.getItem(key) ?? '[]'))
  } catch {
    return []
  }
}
