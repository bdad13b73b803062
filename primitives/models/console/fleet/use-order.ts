import { useState } from 'react'

/** Cells that change places every second cannot be followed. */
const holdsMs = 5_000

/**
 * `places` in the order of `compare` (as they are, when null). An order holds for some seconds, for as long as `keys` are the same:
 * meanwhile what comes is at the end, and what goes is left out. While the last of them is true it holds on.
 */
export function useOrder(
  places: readonly number[],
  compare: ((a: number, b: number) => number) | null,
  keys: readonly unknown[],
): readonly number[] {
  const [kept, setKept] = useState<{
    order: readonly number[]
    keys: readonly unknown[]
    atMs: number
  } | null>(null)
  const own = keys.slice(0, -1)
  const isHeld = keys.at(-1) === true
  const nowMs = performance.now()
  const isSame = kept !== null && own.every((key, at) => key === kept.keys[at])
  if (compare === null) return places
  if (isSame && (isHeld || nowMs - kept.atMs < holdsMs)) {
    const there = new Set(places)
    const before = new Set(kept.order)
    return [...kept.order.filter((at) => there.has(at)), ...places.filter((at) => !before.has(at))]
  }
  const order = places.toSorted(compare)
  setKept({ order, keys: own, atMs: nowMs })
  return order
}
