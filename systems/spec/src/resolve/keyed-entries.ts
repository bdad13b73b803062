import type { ObjectValue, Value } from './values.ts'
import { isMadeError } from './go-errors.ts'
import { outsideError } from './go-library-errors.ts'
import { constant, isSame, nothing, printValue, union } from './values.ts'
import type { Condition } from '../facts/condition.ts'

/** What dictionaries of Python and maps of Go hold under classes, errors and other keys that are no texts, by what they hold under texts. */
const kept = new WeakMap<ReadonlyMap<string, Value>, [Value, Value][]>()

export function keepKeyed(props: ReadonlyMap<string, Value>, key: Value, value: Value): void {
  const entries = kept.get(props) ?? []
  kept.set(props, [...entries, [key, value]])
}

export const keyedEntries = ({ props }: ObjectValue): readonly [Value, Value][] => kept.get(props) ?? []

/** What stands under a key that is no text: one of them all where it is not known which; null where nothing can be said. `otherwise`: what comes where nothing stands there. */
export function underKey(of: ObjectValue, key: Value, otherwise?: Value): Value | null {
  const entries = keyedEntries(of)
  if (entries.length === 0 && otherwise === undefined) return null
  const name = className(key)
  const found = entries.find(([one]) => one === key || (name !== null && className(one) === name))
  if (found) return found[1]
  const isNone =
    name !== null && of.props.size === 0 && !of.isOpen && entries.every(([one]) => className(one) !== null)
  if (isNone) return otherwise ?? null
  return union([
    ...of.props.values(),
    ...entries.map(([, value]) => value),
    ...(otherwise === undefined ? [] : [otherwise]),
  ])
}

/** What a map of Go has under one of the repository's errors, and whether it has it; null where that is not known. */
export function underError(of: ObjectValue, key: Value): Value | null {
  const entries = keyedEntries(of)
  if (entries.length === 0 || !isMadeError(key) || !entries.every(([one]) => isMadeError(one))) return null
  const found = entries.find(([one]) => one === key || (isPlaced(one, key) && isSame(one, key)))
  return { t: 'list', items: [found?.[1] ?? nothing, constant(found !== undefined)], isOpen: false }
}

/** Whether a map of Go that says yes of some errors says it of one: null where that is not known. Code outside gives none of the repository's. */
export function isAmongErrors(of: ObjectValue, key: Value): boolean | null {
  if (key.t === 'const' && key.v === null) return false
  const isOutside =
    key.t === 'symbol' &&
    (key.path === outsideError ||
      (ofPackage.test(key.path) && !key.args.some(({ value }) => value.t === 'func')))
  if (isOutside && !isMadeError(key) && keyedEntries(of).every(([one]) => isMadeError(one))) return false
  const found = underError(of, key)
  return found?.t === 'list' && found.items[1]?.t === 'const' ? found.items[1].v === true : null
}

const ofPackage = /^[\w.-]+(?:\/[\w.-]+)+\.\w+.*\(\)$/

/** Whether it is such a map. */
export const isSetOfErrors = (of: ObjectValue): boolean => {
  const entries = keyedEntries(of)
  return (
    entries.length > 0 &&
    of.props.size === 0 &&
    !of.isOpen &&
    entries.every(([, value]) => value.t === 'const' && value.v === true)
  )
}

const isPlaced = (a: Value, b: Value): boolean =>
  a.t === 'symbol' && b.t === 'symbol' && a.site?.module === b.site?.module && a.site?.start === b.site?.start

const className = (value: Value): string | null =>
  value.t === 'class'
    ? `${value.ref.module.path}:${value.ref.cls.name}`
    : value.t === 'symbol' && value.path !== '?' && /(?:^|\.)[A-Z]\w*$/.test(value.path)
      ? value.path
      : null

/** Keys of which each is told by itself. */
const maxTold = 8

/** What stands under a key that the request gives, each where it is that key, and `none` where it is none of them. */
export function underAny(of: ObjectValue, at: Value, none: Value): Value {
  const keys = [...of.props.keys()]
  const all = [...of.props.values(), none]
  if (keys.length > maxTold || at.t === 'union' || all.some(({ t }) => t === 'union')) return union(all)
  const subject = printValue(at)
  return {
    t: 'union',
    of: all,
    when: [
      ...keys.map((value): Condition => [[{ subject, op: '==', value }]]),
      [[{ subject, op: 'not-in', value: keys }]],
    ],
  }
}
