import type { Annotation } from '../resolve/annotations.ts'
import { constant, nothing, symbol } from '../resolve/values.ts'
import type { ArgValue, ClassRef, Site, Value } from '../resolve/values.ts'

/** What stands on the method that handles a request, and on its class. */
export interface HandlerAnnotations {
  method: readonly Annotation[]
  type: readonly Annotation[]
}

const ofMethod =
  /ResourceInfo\(\)\.getResourceMethod\(\)$|\.getMatchedResourceMethod\(\)\.getInvocable\(\)\.getHandlingMethod\(\)$|HandlerMethod\(\)(?:\.getMethod\(\))?$|\.server\.model\.AnnotatedMethod\(\)$|InvocationContext\(\)\.getMethod\(\)$|JoinPoint\(\)\.getSignature\(\)\.getMethod\(\)$/
const ofType =
  /ResourceInfo\(\)\.getResourceClass\(\)$|HandlerMethod\(\)\.(?:getBeanType\(\)|getBean\(\)\.getClass\(\))$/
// Micronaut ("HTTP Filters"): the method that a request was found to be for has what stands on its class too.
const ofBoth =
  /(?:\bRouteMatchUtils\.findRouteMatch\(\)\.(?:get|orElse(?:Throw)?)\(\)|\bMethodBasedRouteMatch\(\))(?:\.get(?:ExecutableMethod|AnnotationMetadata)\(\))*$/
const declaring = /\.getDeclaringClass\(\)$/
// Spring's own, which ask one thing for another: `AnnotatedElementUtils.hasAnnotation(method, Staff.class)`.
const utilities = /\.springframework\.core\.annotation\.Annotat(?:edElement|ion)Utils\.(\w+)$/

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
  const by = utilities.exec(callee.path)
  const name = by?.[1] ?? callee.path.slice(callee.path.lastIndexOf('.') + 1)
  const { note } = callee.of as { note: { annotation?: Annotation; type?: ClassRef } | null }
  if (note?.annotation) {
    const given = note.annotation.args.find((one) => (one.name ?? 'value') === name)
    return given?.value ?? (note.type ? defaultOf(note.type, name) : null)
  }
  if (
    !/^(?:(?:get|find)(?:Declared|Method|Merged)?Annotation|isAnnotationPresent|isAnnotated|has(?:Method)?Annotation)$/.test(
      name,
    )
  )
    return null
  const [of, asked] = by ? args.map(({ value }) => value) : [callee.of, args[0]?.value]
  const path = of?.t === 'symbol' ? of.path : ''
  const on = ofMethod.test(path)
    ? annotations.method
    : ofType.test(path) || (declaring.test(path) && ofMethod.test(path.replace(declaring, '')))
      ? annotations.type
      : ofBoth.test(path)
        ? [...annotations.method, ...annotations.type]
        : null
  const wanted = pathOf(asked)
  if (!on || wanted === null) return null
  const found = on.find((one) => one.path === wanted)
  if (/^(?:is|has)/.test(name)) return constant(found !== undefined)
  return found
    ? symbol(`${wanted}()`, `@${wanted.split(/[.:]/).at(-1)}`, {
        of: callee,
        site,
        note: { annotation: found, ...(asked?.t === 'class' ? { type: asked.ref } : {}) },
      })
    : nothing
}

// What an annotation of the repository says where it is given nothing, as far as it is written there.
function defaultOf({ cls, module }: ClassRef, name: string): Value | null {
  const member = cls.members.find((one) => one.name === name)
  const said =
    member &&
    /\bdefault\s+(?:(true|false)|"([^"\\]*)"|(\d+))\s*;?$/.exec(module.text.slice(member.start, member.end))
  if (!said) return null
  const [, truth, text, number] = said
  return constant(truth === undefined ? (text ?? Number(number)) : truth === 'true')
}

function pathOf(value: Value | undefined): string | null {
  if (value?.t === 'class') return `:${value.ref.module.path}:${value.ref.cls.name}`
  return value?.t === 'symbol' ? value.path.replace(/\.class$/, '') : null
}
