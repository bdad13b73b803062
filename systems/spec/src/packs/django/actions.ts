import type { Interpreter } from '../../resolve/interpreter.ts'
import { methodOf } from '../../resolve/members.ts'
import type { ArgValue, ClassRef, Site, Value } from '../../resolve/values.ts'
import { mixinActions } from './mixins.ts'

/** Where a view keeps what `get_permissions` of the class above gives while its own is asked. */
export const permissionsAbove = '@permissions'

/**
 * What `super().get_permissions()` of a view gives: what the next class of the repository gives that has a method for it, in the order in which
 * members of the view are looked for, else the permissions that are set for the action.
 */
export function permissionsGiven(interpreter: Interpreter, self: Value | null, site: Site): Value | null {
  const of = self?.t === 'symbol' && self.path.includes('super:') ? self.of : null
  if (of?.t !== 'object' || !of.ref || !of.props.has(permissionsAbove)) return null
  const having = interpreter.lookup
    .orderOf(of.ref)
    .filter(({ cls }) => cls.members.some(({ name }) => name === 'get_permissions'))
  const at = having.findIndex(
    ({ cls, module }) => module === site.module && cls.start <= site.start && site.end <= cls.end,
  )
  const next = at < 0 ? undefined : having[at + 1]
  const found = next && interpreter.lookup.method(next, 'get_permissions')
  if (found) return interpreter.call({ ...methodOf(found, of), owner: found.owner }, [], site)
  return of.props.get(permissionsAbove) ?? null
}

// What `@action` above a method of a view is given (django-rest-framework.org, "Marking extra actions for routing").
function actionArgs(interpreter: Interpreter, ref: ClassRef, action: string): readonly ArgValue[] | null {
  const method = interpreter.lookup.method(ref, action)
  for (const decorator of method?.fn.decorators ?? []) {
    const mark = method && interpreter.evaluateIn(decorator, method.owner.scope)
    if (mark?.t === 'symbol' && /(?:^|\.)action\(\)$/.test(mark.path)) return mark.args
  }
  return null
}

/** Whether an action of a view is asked of one thing; null where nothing says it. */
export function asksOne(interpreter: Interpreter, ref: ClassRef, action: string): boolean | null {
  const args = actionArgs(interpreter, ref, action)
  if (!args) {
    const does = mixinActions[action]
    return does ? does.missing : null
  }
  const detail =
    args.find(({ name }) => name === 'detail')?.value ?? args.find(({ name }) => name === null)?.value
  return detail?.t === 'const' && typeof detail.v === 'boolean' ? detail.v : null
}

/** What an action sets on its view besides. */
export const actionSets = (interpreter: Interpreter, ref: ClassRef, action: string): [string, Value][] =>
  (actionArgs(interpreter, ref, action) ?? []).flatMap(({ name, value }) =>
    name === null || name === 'detail' || name === 'methods' ? [] : [[name, value] as [string, Value]],
  )
