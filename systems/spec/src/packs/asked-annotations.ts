import type { Annotation } from '../resolve/annotations.ts'
import { constant, nothing, symbol } from '../resolve/values.ts'
import type { ArgValue, Site, Value } from '../resolve/values.ts'

/** What stands on the method that handles a request, and on its class. */
export interface HandlerAnnotations {
  method: readonly Annotation[]
  type: readonly Annotation[]
}

const ofMethod =
  /ResourceInfo\(\)\.getResourceMethod\(\)$|\.getMatchedResourceMethod\(\)\.getInvocable\(\)\.getHandlingMethod\(\)$|HandlerMethod\(\)(?:\.getMethod\(\))?$|InvocationContext\(\)\.getMethod\(\)$|JoinPoint\(\)\.getSignature\(\)\.getMethod\(\)$/
const ofType = /ResourceInfo\(\)\.getResourceClass\(\)$|HandlerMethod\(\)\.getBeanType\(\)$/

/**
 * What filters and interceptors of Java ask of the annotations of the method that they run before (JAX-RS's `ResourceInfo`, Spring's `HandlerMethod`).
 * Null where a call asks for none.
 */
export function askedAnnotation(
  annotations: HandlerAnnotations,
  callee: Value,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  if (callee.t !== 'symbol' || callee.of?.t !== 'symbol') return null
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
  const { note } = callee.of as { note: { annotation?: Annotation } | null }
  if (note?.annotation) {
    const given = note.annotation.args.find((one) => (one.name ?? 'value') === name)
    return given?.value ?? null
  }
  if (!/^(?:get(?:Declared|Method)?Annotation|isAnnotationPresent|hasMethodAnnotation)$/.test(name))
    return null
  const on = ofMethod.test(callee.of.path)
    ? annotations.method
    : ofType.test(callee.of.path)
      ? annotations.type
      : null
  const wanted = pathOf(args[0]?.value)
  if (!on || wanted === null) return null
  const found = on.find(({ path }) => path === wanted)
  if (/^(?:is|has)/.test(name)) return constant(found !== undefined)
  return found
    ? symbol(`${wanted}()`, `@${wanted.split(/[.:]/).at(-1)}`, {
        of: callee,
        site,
        note: { annotation: found },
      })
    : nothing
}

function pathOf(value: Value | undefined): string | null {
  if (value?.t === 'class') return `:${value.ref.module.path}:${value.ref.cls.name}`
  return value?.t === 'symbol' ? value.path.replace(/\.class$/, '') : null
}
