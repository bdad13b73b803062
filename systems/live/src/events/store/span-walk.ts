import { coverOf, heldWidthMs, stretchOfHeld } from './stretches.ts'
import type { Axis } from './stretches.ts'

/** A part of the axis that is asked in one go. */
export interface Span {
  near: number
  /** Its far end, within it; infinite where it takes all that is left. */
  far: number
  /** Lexemes of stretches of which every tag in it has one; null where too many would be needed. */
  stretches: readonly string[] | null
  /** Whether it is a small part of all, so that its stretches rule out more than conditions do. */
  isNarrow: boolean
}

/** The span from `near` on that takes `width`; null where nothing is left. Widths that can hold no match do not count. */
export type NextSpan = (near: number, width: number) => Span | null

/** What is taken for narrow where the whole is not known. */
const narrow: Readonly<Record<Axis, number>> = { startMs: 8 * heldWidthMs, importance: 0.1 }

/** Spans of an axis of which nothing is known. */
export function plainSpans(axis: Axis, isDown: boolean): NextSpan {
  return (near, width) => {
    if (!Number.isFinite(near)) return null
    const far = isDown ? near - width : near + width
    const stretches = coverOf(axis, Math.min(near, far), Math.max(near, far))
    const isNarrow = width <= narrow[axis]
    return { near, far: stretches === null ? (isDown ? -Infinity : Infinity) : far, stretches, isNarrow }
  }
}

/** Most stretches that are named one by one. */
const mostNamed = 16

/** Spans of time that go from one stretch which can hold a match to the next; `held` are their numbers, ascending. */
export function heldSpans(held: readonly number[], isDown: boolean): NextSpan {
  const inOrder = isDown ? held.toReversed() : held
  const firstMs = (step: number) => step * heldWidthMs
  const lastMs = (step: number) => firstMs(step + 1) - 1
  return (from, width) => {
    const at = inOrder.findIndex((step) => (isDown ? firstMs(step) <= from : lastMs(step) >= from))
    const nearest = inOrder[at]
    if (nearest === undefined) return null
    const near = isDown ? Math.min(from, lastMs(nearest)) : Math.max(from, firstMs(nearest))
    const taken = inOrder.slice(at, at + Math.max(1, Math.round(width / heldWidthMs)))
    const last = taken.at(-1) ?? nearest
    // Less than a stretch is a part of the nearest.
    const part = width < heldWidthMs ? Math.round(width) : Infinity
    const far = isDown ? Math.max(firstMs(last), near - part) : Math.min(lastMs(last), near + part)
    const stretches =
      taken.length > 1 && taken.length <= mostNamed
        ? taken.map(stretchOfHeld)
        : coverOf('startMs', Math.min(near, far), Math.max(near, far))
    return { near, far, stretches, isNarrow: taken.length * 8 <= held.length }
  }
}
