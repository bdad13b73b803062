import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useKept } from './kept.ts'

export interface RecentPage {
  to: string
  title: string
  /** Of the system; null for the console's own pages. */
  system: string | null
}

const mostKept = 6

/** Pages that were open last, newest first, the open one included. A page is known by the title that it gave the document. */
export function useRecentPages(): RecentPage[] {
  const path = useRouterState({ select: (state) => state.location.pathname })
  // Nothing but the frame: the address names no page.
  const isNowhere = useRouterState({ select: ({ matches }) => matches.length === 1 })
  const [pages, keep] = useKept<RecentPage[]>('recent', [])
  useEffect(() => {
    // The page names the document as it arrives; until then the name is the one of the page before.
    const timer = setTimeout(() => {
      const [title = '', ...rest] = document.title.split(' · ')
      if (path === '/' || title === 'Heavylift' || isNowhere) return
      const page = { to: path, title, system: rest.length > 1 ? (rest[0] ?? null) : null }
      keep([page, ...pages.filter(({ to }) => to !== path)].slice(0, mostKept))
    }, 1500)
    return () => clearTimeout(timer)
    // Only a navigation makes a page recent.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [path])
  return pages
}
