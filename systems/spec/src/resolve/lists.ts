import { isAlways, wayTo } from './sometimes.ts'
import { each, printValue, symbol } from './values.ts'
import type { ObjectValue, Taken, Value } from './values.ts'

type List = Extract<Value, { t: 'list' }>

/** Items of a list that are told apart: one that more is put into is open from there on. */
const maxItems = 300

/** Lists and things that the program made while it was set up. */
const standing = new WeakSet<List | ObjectValue>()

/** Lists that a request may find with other items than these: filled as code runs, or a part of another. */
const unmeasured = new WeakSet<List>()

/** How many items of such a list are there all the same: those that it was written with, before anything was put into it. */
const written = new WeakMap<List, number>()

/** Lists of some of what they were made of. */
const parts = new WeakSet<List>()

/** Of lists that were empty, the ways on which something was put into each. */
const filledOn = new WeakMap<List, (readonly Taken[])[]>()

/** Notes where the code stands that puts something into a list, before it does. */
export function noteFilled(list: List, taken: readonly Taken[]): void {
  const known = filledOn.get(list)
  const way = wayTo(list, taken)
  if (known) known.push(way)
  else if (list.items.length === 0) filledOn.set(list, [way])
}

/** Whether a list that was empty may still be: some way goes through nothing that fills it. */
export function isPerhapsEmpty(list: List): boolean {
  const ways = filledOn.get(list)
  return ways !== undefined && !isAlways(ways)
}

/** What is left of a list, or is made of it, by what is only known when it runs. */
export function someOf(list: List): List {
  const made = { ...list }
  unmeasured.add(made)
  parts.add(made)
  return made
}

/** Whether a list was left by a test of what it was made of: which of its items are there is not known. */
export const isPart = (list: List): boolean => parts.has(list)

/** Whether a list has these items and no others: as it is written in the code, and nothing was put into it since. */
export const isMeasured = (list: List): boolean =>
  !list.isOpen && list.isUnset !== true && !unmeasured.has(list)

/** Items that a list surely has, wherever the code stands. */
export const surelyIn = (list: List): readonly Value[] =>
  parts.has(list) || list.isUnset === true
    ? []
    : list.items.slice(0, written.get(list) ?? (unmeasured.has(list) ? 0 : undefined))

/** Notes that a list or a thing was made while the program was set up: what one request puts into it no other finds. */
export function setUp<T extends List | ObjectValue>(made: T): T {
  standing.add(made)
  return made
}

/** Sets a part of a thing; of one that stood before a run, `undo` is given what takes it back: a plain value may then be that or another. */
export function setPart(of: ObjectValue, name: string, value: Value, undo: (() => void)[] | null): void {
  if (undo && standing.has(of)) {
    const known = of.props.get(name)
    const either = known?.t === 'const' ? symbol('?', `${printValue(of)}.${name}`) : known
    undo.push(() => (either ? of.props.set(name, either) : of.props.delete(name)))
  }
  of.props.set(name, value)
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
  if (!unmeasured.has(list) && !list.isOpen) written.set(list, list.items.length)
  unmeasured.add(list)
  const room = Math.max(0, maxItems - list.items.length)
  list.items.push(...values.slice(0, room))
  list.isOpen ||= values.length > room
}

/** Sets an item of an array; where it is not known which, or none before it is known, the array may have it anywhere. */
export function setItem(list: List, index: number | null, value: Value, undo: (() => void)[] | null): void {
  const before = index === null ? undefined : list.items[index]
  if (index === null || before === undefined) {
    grow(list, [value], undo)
    if (index !== list.items.length - 1) list.isOpen = true
    return
  }
  if (undo && standing.has(list)) undo.push(() => (list.items[index] = before))
  unmeasured.add(list)
  written.set(list, Math.min(index, written.get(list) ?? 0))
  list.items[index] = value
}

/** Whether a value is a list, where all that it may be says so. */
export function isListOf(value: Value): boolean | null {
  const kinds = new Set(each(value).map(({ t }) => (t === 'symbol' ? null : t === 'list')))
  const [only = null] = kinds
  return kinds.size === 1 ? only : null
}
