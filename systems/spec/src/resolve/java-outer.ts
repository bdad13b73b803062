import type { Machine } from './machine.ts'
import type { ClassRef, Value } from './values.ts'

/** Java: the method that a bare name is of the classes around one, the innermost first (JLS, 15.12.1). */
export function methodAround(run: Machine, ref: ClassRef, name: string): Value | null {
  for (let one = ref.outer; one; one = one.outer)
    if (run.lookup.method(one, name)) return run.staticMember(one, name)
  return null
}

/** The static field or the constant that it is of them; null where a field of an object around has the name. */
export function fieldAround(run: Machine, ref: ClassRef, name: string): Value | null {
  for (let { outer: one } = ref; one; one = one.outer) {
    const field = one.cls.fields.find((own) => own.name === name)
    if (field && !field.isStatic) return null
    if (field || [...one.cls.constants, ...one.cls.inner].some((own) => own.name === name))
      return run.staticMember(one, name)
  }
  return null
}
