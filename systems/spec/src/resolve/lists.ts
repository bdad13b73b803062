import type { Value } from './values.ts'

type List = Extract<Value, { t: 'list' }>

/** Items of a list that are told apart: one that more is put into is open from there on. */
const maxItems = 300

/** Lists that the program made while it was set up. */
const standing = new WeakSet<List>()

/** Notes that a list was made while the program was set up: what one request puts into it no other finds. */
export function setUp(list: List): List {
  standing.add(list)
  return list
}

/** Puts values into a list; of one that stood before a run, `undo` is given what takes them out again. */
export function grow(list: List, values: readonly Value[], undo: (() => void)[] | null): void {
  if (undo && standing.has(list)) {
    const { length } = list.items
    const { isOpen } = list
    undo.push(() => {
      list.items.length = length
      list.isOpen = isOpen
    })
  }
  const room = Math.max(0, maxItems - list.items.length)
  list.items.push(...values.slice(0, room))
  list.isOpen ||= values.length > room
}
