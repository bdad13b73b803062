import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

/** From this many rows on, only those in view are drawn. */
const mostDrawn = 100

export interface VirtualRows {
  isVirtual: boolean
  /** Indices of the rows to draw. */
  items: readonly number[]
  /** Height of the rows before and after them, in pixels. */
  beforePx: number
  afterPx: number
  measure: (element: Element | null) => void
}

/** Which of `count` rows to draw inside the scrolling `frame`. */
export function useVirtualRows(
  frame: RefObject<HTMLElement | null>,
  count: number,
  isTall: boolean,
): VirtualRows {
  const isVirtual = count > mostDrawn
  const virtual = useVirtualizer({
    count: isVirtual ? count : 0,
    enabled: isVirtual,
    getScrollElement: () => frame.current,
    estimateSize: () => (isTall ? 49 : 33),
    overscan: 12,
    // Before the frame is measured, and where nothing is laid out (tests), as if it were of this size.
    initialRect: { width: 960, height: 640 },
  })
  const found = virtual.getVirtualItems()
  const first = found[0]
  const last = found.at(-1)
  return {
    isVirtual,
    items: isVirtual ? found.map(({ index }) => index) : Array.from({ length: count }, (_, index) => index),
    beforePx: first?.start ?? 0,
    afterPx: last ? virtual.getTotalSize() - last.end : 0,
    measure: virtual.measureElement,
  }
}
