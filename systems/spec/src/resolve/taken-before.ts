import { negateAtom, unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Runtime } from './runtime.ts'
import { isOfAllErrors, mayExtend } from './unrelated-errors.ts'
import { symbol } from './values.ts'
import type { Value } from './values.ts'

/** A handler of errors, and when it takes what was not seen to be raised. */
interface Taken {
  types: readonly Value[]
  when: readonly Condition[]
}

/** Handlers of one `try` so far, by what they leave to come after it. */
const before = new WeakMap<object, Taken[]>()

/**
 * Python: when a handler takes what code outside raised, without what handlers before it of the same `try` take: of another type, which may be one of its own.
 */
export function leftToTake(
  run: Runtime,
  of: object,
  types: readonly Value[],
  when: readonly Condition[],
): Condition[] {
  const earlier = before.get(of) ?? []
  before.set(of, [...earlier, { types, when }])
  return [...when, ...earlier.filter((one) => mayBeOf(run, one.types, types)).flatMap(notTaken)]
}

// What the framework or the repository raises is seen where it is raised.
const mayBeOf = (run: Runtime, types: readonly Value[], of: readonly Value[]): boolean =>
  types.some(
    (type) =>
      type.t === 'symbol' &&
      !run.knowsError(type.path) &&
      of.some(
        (one) =>
          mayExtend(type, one) ||
          isOfAllErrors(one) ||
          run.isInstance(symbol(`${type.path}()`), one) === true,
      ),
  )

function notTaken({ when }: Taken): Condition[] {
  const [only, ...others] = when
  const [row, ...rows] = only ?? []
  const [atom, ...atoms] = row ?? []
  return atom && atom.subject !== unsaid.subject && others.length + rows.length + atoms.length === 0
    ? [[[negateAtom(atom)]]]
    : []
}
