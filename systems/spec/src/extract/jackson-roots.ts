import type { Shape } from '../facts/shape.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { argOf } from '../packs/status.ts'
import { each, textOf } from '../resolve/values.ts'
import type { ClassRef } from '../resolve/values.ts'

/** A field that all of a thing is under in JSON. */
interface Root {
  name: string
  /** Only where the whole of a body is one, and the program's mapper is set up so (`@JsonRootName`); else wherever it stands (`@JsonTypeInfo`). */
  isOfBody: boolean
}

/** Jackson ("Root names", "Polymorphic type handling"): the field that things of a class are written under; null where there is none. */
export function rootOf(interpreter: Interpreter, ref: ClassRef): Root | null {
  if (ref.module.language !== 'java') return null
  const all = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
  const said = (name: string) => all.find(({ path }) => path.endsWith(`.${name}`))
  const typeName = textOf(argOf(said('JsonTypeName')?.args ?? [], { at: 0, name: 'value' }))
  const include = argOf(said('JsonTypeInfo')?.args ?? [], 'include')
  const isWrapped =
    include !== undefined &&
    each(include).some((one) => one.t === 'symbol' && one.path.endsWith('WRAPPER_OBJECT'))
  if (isWrapped && typeName) return { name: typeName, isOfBody: false }
  const root = textOf(argOf(said('JsonRootName')?.args ?? [], { at: 0, name: 'value' }))
  return root ? { name: root, isOfBody: true } : null
}

/** A shape as the only field of an object. */
export const under = (name: string, shape: Shape): Shape => ({
  type: 'object',
  fields: [{ name, shape, isRequired: true, constraints: [] }],
})

/** Whether the mapper of a program takes bodies out of their roots, or puts answers into them: by a setting, or by what its code sets. */
export function usesRoots(interpreter: Interpreter, way: 'read' | 'write'): boolean {
  const { manifests, modules } = interpreter.project
  const [setting, feature] = rules[way]
  return (
    [...manifests].some(([path, text]) => ofSettings.test(path) && setting.test(text)) ||
    [...modules.values()].some(({ language, text }) => language === 'java' && feature.test(text))
  )
}

const ofSettings = /(?:^|\/)(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)$/
const rules = {
  read: [
    /^(?!\s*#).*\bunwrap[-_]?root[-_]?value\W+true\b/im,
    /\bUNWRAP_ROOT_VALUE\b(?!\s*,\s*false)(?![^;\n]*\bdisable)/,
  ],
  write: [/^(?!\s*#).*(?<!\w)wrap[-_]?root[-_]?value\W+true\b/im, /(?<!\w)WRAP_ROOT_VALUE\b(?!\s*,\s*false)/],
} as const
