import type { FieldDecl, TypeRef } from '../parse/ir.ts'
import { structOf } from './go-parts.ts'
import type { Project } from './project.ts'
import type { Lookup } from './lookup.ts'
import { nothing } from './values.ts'
import type { ArgValue, Scope, Value } from './values.ts'

/** Calls of go-playground's validator that check a struct by the tags of its fields. */
const checks = /\/validator\/v\d+\..*\.Struct(?:Ctx)?$/
const hasTag = /\b(?:validate|binding):"/
const plain = /^(?:string|bool|byte|rune|u?int(?:8|16|32|64)?|float(?:32|64)|time\.(?:Time|Duration))$/
const maxDepth = 6

/** What a validator of Go gives for a struct of which no tag asks anything: no error. Null of any other call. */
export function unchecked(
  lookup: Lookup,
  project: Project,
  callee: Value,
  args: readonly ArgValue[],
): Value | null {
  if (callee.t !== 'symbol' || !checks.test(callee.path) || checksMore(project)) return null
  const given = args.at(-1)?.value
  const struct = given?.t === 'symbol' || given?.t === 'object' ? structOf(given) : null
  if (!struct) return null
  const isPlain = ({ name, fields, args: of }: TypeRef, scope: Scope, depth: number): boolean => {
    if (fields) return asksNothing(fields, scope, depth)
    if (name === '[]' || name === 'map') return of.every((one) => isPlain(one, scope, depth + 1))
    const target = plain.test(name) ? name : lookup.typeTarget(name, scope)
    if (typeof target === 'string') return plain.test(target)
    const { cls } = target
    return (
      cls.kind === 'struct' &&
      cls.bases.every((base) => isPlain(base, target.scope, depth + 1)) &&
      asksNothing(cls.fields, target.scope, depth + 1)
    )
  }
  const asksNothing = (fields: readonly FieldDecl[], scope: Scope, depth = 0): boolean =>
    depth <= maxDepth &&
    fields.every(({ tag, type }) => !hasTag.test(tag) && type !== null && isPlain(type, scope, depth))
  const bases = given?.t === 'symbol' || given?.t === 'object' ? (given.ref?.cls.bases ?? []) : []
  return bases.every((base) => isPlain(base, struct.scope, 0)) && asksNothing(struct.fields, struct.scope)
    ? nothing
    : null
}

const more = new WeakMap<Project, boolean>()

// Whether a program has checks of its own for whole structs, or tags with another name.
function checksMore(project: Project): boolean {
  const known = more.get(project)
  if (known !== undefined) return known
  const found = [...project.modules.values()].some(
    ({ language, text }) => language === 'go' && /\.(?:RegisterStructValidation\w*|SetTagName)\(/.test(text),
  )
  more.set(project, found)
  return found
}
