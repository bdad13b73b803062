import { each } from './values.ts'
import type { ArgValue, ClassRef, FuncValue, SymbolValue, Value } from './values.ts'

/** What gives one thing of those that are stored, or nothing: SQLAlchemy, Flask-SQLAlchemy, SQLModel, Django, Beanie, Tortoise, peewee, mongoengine. */
const findsOne =
  /\.(?:get|get_or_404|first|first_or_404|one|one_or_none|one_or_404|get_or_none|find_one|scalar|scalar_one|scalar_one_or_none|last|latest|earliest|aget|afirst)$/
/** What raises where it finds nothing, so that what it gives is there: Django's managers and shortcuts, Flask-SQLAlchemy's, and SQLAlchemy's `one` of a class. */
const raisesOtherwise =
  /(?:^|\.)a?get_(?:object|list)_or_404$|\.(?:get|first|one)_or_404$|\.objects\.(?:.*\.)?a?(?:get|latest|earliest)$/
/** What asks for things of a class that it is given. */
const asks = /(?:^|\.)(?:query|select|execute|exec|scalars|scalar|get|aexecute)\(\)$/

/** The class of a thing that a call finds among what is stored; null where none is known. */
export function foundClass(callee: SymbolValue, args: readonly ArgValue[]): ClassRef | null {
  if (!findsOne.test(callee.path)) return null
  const [first] = args
  // `session.get(Order, key)`.
  const given = callee.path.endsWith('.get') && args.length > 1 && first?.name === null ? first.value : null
  if (given?.t === 'class') return given.ref
  return callee.of ? askedClass(callee.of, 0) : null
}

/** Whether a value was found among what is stored: what an answer makes of it, it does not say. */
export const isFound = (value: Value): boolean =>
  value.t === 'symbol' && value.ref !== null && findsOne.test(value.path.replace(/\(\)$/, ''))

/** Whether what a call gives was found, as it raises otherwise. */
export const isSurelyFound = (callee: SymbolValue, args: readonly ArgValue[]): boolean =>
  raisesOtherwise.test(callee.path) || (callee.path.endsWith('.one') && foundClass(callee, args) !== null)

const gives = /^(?:_*(?:to|as|get)_(?:json|dict|response|public)|serialize|json|dict|dump|__\w+__)/

/** Whether a method of a found thing only gives what that has, as its name says: answers are made of it, and it refuses nobody. */
export const givesItself = ({ self, fn }: FuncValue): boolean =>
  self !== null && isFound(self) && gives.test(fn.name)

function askedClass(value: Value, depth: number): ClassRef | null {
  if (depth > 16) return null
  const [one] = each(value)
  if (one?.t === 'class') return one.ref.module.language === 'python' ? one.ref : null
  if (one?.t !== 'symbol') return null
  const [given] = asks.test(one.path) ? one.args : []
  const ofGiven = given ? askedClass(given.value, depth + 1) : null
  return ofGiven ?? (one.of ? askedClass(one.of, depth + 1) : null)
}
