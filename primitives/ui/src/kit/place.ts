import { createContext, useContext, useEffect } from 'react'
import type { RefObject } from 'react'
import { useRouterState } from '@tanstack/react-router'

/** The system whose page is shown, by its title; null on pages of the console itself. The frame provides it. */
export const PlaceContext = createContext<string | null>(null)

/** The page that was shown last; null before the first, which the browser has announced by itself. */
let shownPath: string | null = null

/**
 * Gives the document a title of its own (`Insights · Live · Heavylift`) and, after a navigation, moves the focus to the page's
 * heading, so that a screen reader says where one is and Tab goes on from there.
 */
export function useArrival(title: string, heading: RefObject<HTMLElement | null>): void {
  const place = useContext(PlaceContext)
  // Not the address that is asked for: while a page loads, the one before is still there and would take the focus.
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  useEffect(() => {
    const parts = [title, place === title ? null : place, 'Heavylift'].filter(Boolean)
    document.title = parts.join(' · ')
  }, [title, place])
  useEffect(() => {
    if (path === undefined) return
    if (shownPath !== null && shownPath !== path) heading.current?.focus({ preventScroll: true })
    shownPath = path
  }, [path, heading])
}
