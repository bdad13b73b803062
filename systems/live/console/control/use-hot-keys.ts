import { useEffect, useRef } from 'react'

/** Single keys, as on a mixer's panel; not while something is typed in, and never with a modifier. */
export function useHotKeys(onKey: (key: string) => boolean): void {
  const handler = useRef(onKey)
  useEffect(() => {
    handler.current = onKey
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const target = event.target
      if (
        target instanceof Element &&
        target.closest('input, textarea, select, button, a, [contenteditable], [role=dialog]')
      ) {
        // Escape takes off from wherever the focus is.
        if (event.key !== 'Escape') return
      }
      if (handler.current(event.key)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
