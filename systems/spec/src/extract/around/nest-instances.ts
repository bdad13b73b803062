import type { Expr, Func, Param } from '../../parse/ir.ts'
import type { ArgValue, ClassRef, ObjectValue, Value } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'

/** How deep what a constructor is given is made too. */
const maxDepth = 3
const steps = 2000

/**
 * The one that Nest's container makes of a class whose constructor sets more than what it is given: a table of guards by their names. Its parameters are made by
 * their types. Null where the constructor does nothing but keep them.
 */
export function madeByContainer(run: Run, ref: ClassRef, depth = 0): ObjectValue | null {
  const { interpreter } = run
  const made = interpreter.lookup.method(ref, 'constructor')
  if (!made || !setsMore(made.fn)) return null
  const args = made.fn.params.map(({ type, name }): ArgValue => {
    const given = interpreter.lookup.instanceOf(type, made.owner.scope, name)
    return { name: null, value: depth < maxDepth ? withItsOwn(run, given, depth) : given }
  })
  const site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
  const { result } = interpreter.record(() => interpreter.instantiate(ref, args, site), steps)
  return result.t === 'object' ? result : null
}

function withItsOwn(run: Run, given: Value, depth: number): Value {
  const isInjected =
    given.t === 'symbol' && given.ref?.cls.kind === 'class' && given.ref.cls.decorators.length > 0
  return (isInjected && given.ref ? madeByContainer(run, given.ref, depth + 1) : null) ?? given
}

// Something other than a parameter is kept under a name of its own.
const setsMore = ({ body, params }: Func): boolean =>
  body.some(
    (one) =>
      one.k === 'expr' &&
      one.e.k === 'assign' &&
      one.e.target.k === 'member' &&
      !isParameter(one.e.value, params),
  )

const isParameter = (value: Expr, params: readonly Param[]): boolean =>
  value.k === 'name' && params.some(({ name }) => name === value.name)
