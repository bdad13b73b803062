import type { Condition } from '../facts/condition.ts'
import { each, printValue, symbol, textOf } from './values.ts'
import type { ObjectValue, Value } from './values.ts'

const asks = /(?:^|\.)(?:contains|has|includes|containsKey|include|hasOwn(?:Property)?|has_key)\(\)$/i
/** What makes a set of what it is given, by its name: `NewMapSet("a", "b")`, `new Set(["a"])`. */
const setMaker = /(?:(?:^|[.\w])Set(?:\.(?:of|copyOf)|Of|From\w*)?|(?:^|[./])sets\.New\w*)(?:\[\])?\(\)$/

/** A map, also one of a type that Go code names. */
export const isMap = ({ ref }: ObjectValue): boolean => ref === null || ref.cls.alias?.name === 'map'

/** What is in a list of a type that Go code names and gives methods. */
export const listedIn = (value: Value): Value[] | null =>
  value.t === 'object' && value.ref?.cls.alias?.name === '[]' ? [...value.props.values()] : null

/** Whether `item` is a key of a map that is known: Go's `_, ok := m[item]`, and `m[item]` of what is allowed. */
export function memberOf(map: Value, item: Value): Value {
  return symbol('@member', `${printValue(item)} in ${printValue(map)}`, {
    args: [
      { name: null, value: map },
      { name: null, value: item },
    ],
  })
}

/** What it says that a value is true where that asks whether something is one of a few texts; null where it asks anything else. */
export function membership(value: Value): Condition | null {
  if (value.t !== 'symbol' || (value.path !== '@member' && !asks.test(value.path))) return null
  const given = value.args.map((arg) => arg.value)
  const receiver = value.of?.t === 'symbol' ? value.of.of : null
  // `slices.Contains(list, item)`, `list.contains(item)`
  const [of, item] = given.length === 2 ? given : given.length === 1 && receiver ? [receiver, given[0]] : []
  const texts = of && membersOf(of)
  if (!texts || !item || item.t === 'const') return null
  return [[{ subject: printValue(item), op: 'in', value: texts }]]
}

/** The texts that something is one of, where all of them are known: items of a list, keys of what is written out. */
export function membersOf(of: Value): string[] | null {
  if (of.t === 'object') return isMap(of) && !of.isOpen && of.props.size > 0 ? [...of.props.keys()] : null
  if (of.t === 'symbol' && setMaker.test(of.path)) {
    const items = of.args.map((arg) => arg.value)
    const [only] = items
    return items.length === 1 && only?.t === 'list' ? membersOf(only) : textsOf(items)
  }
  return of.t === 'list' && !of.isOpen ? textsOf(of.items) : null
}

function textsOf(items: readonly Value[]): string[] | null {
  const texts = items.flatMap((item) => (each(item).length === 1 ? (textOf(item) ?? []) : []))
  return texts.length === items.length && texts.length > 0 ? texts : null
}
