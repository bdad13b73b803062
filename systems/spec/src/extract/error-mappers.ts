import { annotationsOf } from '../resolve/annotations.ts'
import { methodOf } from '../resolve/members.ts'
import { symbol } from '../resolve/values.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import type { ErrorHandler } from './java-advice.ts'
import { isProvided } from './rest-providers.ts'
import type { Run } from './run-code.ts'
import { typeParameters } from './type-parameters.ts'

/** JAX-RS's `ExceptionMapper<E>` and Micronaut's `ExceptionHandler<E, R>`. */
const mapper = /(?:^|\.)Exception(?:Mapper|Handler)$/

/** What the name of a type stands for, where a class names it: a class of the repository, or the path of one outside. */
export function classValue(run: Run, name: string, ref: ClassRef): Value {
  const target = run.interpreter.lookup.typeTarget(name, ref.scope)
  return typeof target === 'string' ? symbol(target) : { t: 'class', ref: target }
}

/**
 * The class of errors that a mapper is for: what it says of the interface, or what stands for the parameter of a class above that implements it
 * (`class Lost extends Mapper<NotFound>`). Null of what is none.
 */
function mappedBy(run: Run, ref: ClassRef, given: ReadonlyMap<string, Value>, depth = 0): Value | null {
  const { lookup } = run.interpreter
  for (const { name, args } of ref.cls.bases) {
    const standFor = args.map((one) => given.get(one.name) ?? classValue(run, one.name, ref))
    const [error] = standFor
    if (mapper.test(name)) return error ?? null
    const above = lookup.typeTarget(name, ref.scope)
    if (typeof above === 'string' || above.cls === ref.cls || depth > 6) continue
    const known = typeParameters(above).flatMap((one, at): [string, Value][] => {
      const value = standFor[at]
      return value ? [[one, value]] : []
    })
    const found = mappedBy(run, above, new Map(known), depth + 1)
    if (found) return found
  }
  return null
}

/** Whether nothing is made of a class but by what extends it. */
const isAbstract = ({ cls, module }: ClassRef): boolean =>
  /\babstract\s+class\b/.test(module.text.slice(cls.start, cls.headEnd)) ||
  /\babstract\s+(?:\w+\s+)*$/.test(module.text.slice(Math.max(0, cls.start - 40), cls.start))

// With what its constructor sets (a table of what each class becomes), given what a container has of each type.
function instanceOf(run: Run, ref: ClassRef): Value {
  const { interpreter } = run
  const site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
  const made = ref.cls.members.find(({ name }) => name === 'constructor')
  const args = (made?.params ?? []).map(({ name, type }) => ({
    name: null,
    value: interpreter.lookup.instanceOf(type, ref.scope, name),
  }))
  return interpreter.record(() => interpreter.instantiate(ref, args, site), 2000).result
}

/** What a class makes of errors as a mapper of JAX-RS or Micronaut; null where it is none, or nothing puts it there. */
export function errorMapper(
  run: Run,
  framework: string,
  ref: ClassRef,
): Pick<ErrorHandler, 'handler' | 'type'> | null {
  if (isAbstract(ref)) return null
  const type = mappedBy(run, ref, new Map())
  if (!type || (framework === 'JAX-RS' && !isProvided(run, ref))) return null
  const { lookup } = run.interpreter
  const method = lookup.method(ref, 'toResponse') ?? lookup.method(ref, 'handle')
  return method ? { handler: { ...methodOf(method, null), self: instanceOf(run, ref) }, type } : null
}

/** Micronaut ("Bean Factories"): handlers of errors that methods of a factory give as functions. */
export function madeHandlers(run: Run, ref: ClassRef): Pick<ErrorHandler, 'handler' | 'type'>[] {
  const { interpreter } = run
  const onClass = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
  if (!onClass.some(({ path }) => path === 'io.micronaut.context.annotation.Factory')) return []
  return ref.cls.members.flatMap((fn) => {
    const [error] = fn.returns && mapper.test(fn.returns.name) ? fn.returns.args : []
    if (!error) return []
    const site = {
      module: ref.module,
      start: fn.start,
      end: fn.headEnd,
      symbol: `${ref.cls.name}.${fn.name}`,
    }
    const { result } = interpreter.record(
      () => interpreter.call(methodOf({ fn, owner: ref }, instanceOf(run, ref)), [], site),
      2000,
    )
    return result.t === 'func' ? [{ handler: result, type: classValue(run, error.name, ref) }] : []
  })
}
