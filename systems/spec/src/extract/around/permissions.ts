import { always, negateAtom, unknownCaller, unsaid } from '../../facts/condition.ts'
import type { Atom, Condition } from '../../facts/condition.ts'
import { whole } from '../../facts/expression.ts'
import { viewOf } from '../../packs/django/view-calls.ts'
import { both, either, knownTruth, not, truth } from '../../resolve/conditions.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { methodOf } from '../../resolve/members.ts'
import { notePlace } from '../../resolve/places.ts'
import { untold } from '../../resolve/told.ts'
import { symbol } from '../../resolve/values.ts'
import type { Func, Module } from '../../parse/ir.ts'
import type { ClassRef, FuncValue, Site, Value } from '../../resolve/values.ts'
import { trueWays } from '../../resolve/when.ts'

/** What is asked of who calls: a class, or classes that `&` and `|` put together (django-rest-framework.org, "Permissions"). */
export type Asked = Value | { t: '&' | '|'; left: Asked; right: Asked }

/** The request that is asked for. */
interface Request {
  method: string
  action: string
  ref: ClassRef | null
  site: Site
  /** One thing is looked up, which `has_object_permission` is asked about. */
  isOfObject: boolean
}

const safe = /^(?:GET|HEAD|OPTIONS)$/
const asksLogin =
  /(?:^|\.)(?:IsAuthenticated|IsAdminUser|Django\w*Permissions|TokenHas\w+|TokenMatches\w+|IsAuthenticatedOrTokenHasScope)$/
const asksRight = /(?:^|\.)(?:IsAdminUser|Django\w*Permissions|TokenHas\w+|TokenMatches\w+)$/
const reads = /(?:^|\.)(?:IsAuthenticatedOrReadOnly|DjangoModelPermissionsOrAnonReadOnly)$/
/** What is asked of a user: an administrator is who may use the admin site ("IsAdminUser"). */
const rightOf = (path: string) =>
  path.endsWith('.IsAdminUser') ? 'request.user.is_staff' : (path.split('.').at(-1) ?? path)
/** By its `perms_map` who only reads needs no right. */
const ofModels = /(?:^|\.)Django\w*Permissions(?:OrAnonReadOnly)?$/
const lets = /(?:^|\.)(?:AllowAny|BasePermission|OperandHolder)$/
/** Actions of mixins that look up one thing. */
const ofObjects = /^(?:retrieve|update|partial_update|destroy)$/

/**
 * Whether what `fn` of a view, or a mixin's method in its place, looks up is asked about: by `check_object_permissions`, or by a `get_object` that calls it
 * ("Object level permissions").
 */
export function asksOfObject(
  { lookup }: Interpreter,
  ref: ClassRef | null,
  fn: FuncValue | null,
  action: string,
): boolean {
  const textOf = ({ start, end }: Func, module: Module) => module.text.slice(start, end)
  const getter = ref && lookup.method(ref, 'get_object')
  const gets = !getter || checks.test(textOf(getter.fn, getter.owner.module))
  if (!fn) return gets && ofObjects.test(action)
  const text = textOf(fn.fn, fn.module)
  const isHandedOn = ofObjects.test(action) && /\bsuper\(/.test(text)
  return checks.test(text) || (gets && (isHandedOn || /\bself\.get_object\(/.test(text)))
}
const checks = /\.check_object_permissions\(/

/** The permissions that a view's list holds. */
export const askedIn = (value: Value): Asked[] =>
  (value.t === 'list' ? value.items : [value]).map((item) => askedOf(item))

function askedOf(value: Value): Asked {
  if (value.t === 'union' && value.joined) {
    const { op, left, right } = value.joined
    return { t: op, left: askedOf(left), right: askedOf(right) }
  }
  return classOfInstance(value)
}

// `IsAuthenticated()` is of that class.
function classOfInstance(value: Value): Value {
  if (value.t === 'object' && value.ref) return { t: 'class', ref: value.ref }
  return value.t === 'symbol' ? { ...value, path: value.path.replace(/\(\)$/, '') } : value
}

/** The classes in it, in order. */
export function leavesOf(asked: Asked): Value[] {
  return 'left' in asked ? [...leavesOf(asked.left), ...leavesOf(asked.right)] : [asked]
}

/** Where a permission stands: a class of the repository itself, one from outside where it is named. */
export const placeOf = (value: Value, otherwise: Site): Site =>
  value.t === 'class'
    ? {
        module: value.ref.module,
        start: value.ref.cls.start,
        end: value.ref.cls.headEnd,
        symbol: value.ref.cls.name,
      }
    : value.t === 'symbol' && value.site
      ? value.site
      : otherwise

/** Whether a case is that nobody is signed in. */
export const isOfUnknown = (row: Condition[number]): boolean =>
  row.some(({ subject, op }) => subject === unknownCaller.subject && op === unknownCaller.op)

/** When a request is refused by what is asked of it; no row where it never is. */
export function refusedBy(interpreter: Interpreter, asked: Asked, request: Request): Condition {
  if (asked.t === '&')
    return either(refusedBy(interpreter, asked.left, request), refusedBy(interpreter, asked.right, request))
  if (asked.t === '|')
    return both(refusedBy(interpreter, asked.left, request), refusedBy(interpreter, asked.right, request))
  if (asked.t === 'class') return refusedByOwn(interpreter, asked.ref, request)
  if (asked.t !== 'symbol') return [[unsaid]]
  const path = asked.path.replace(/\(\)$/, '')
  if (lets.test(path)) return []
  if (ofModels.test(path) && safe.test(request.method))
    return path.endsWith('ReadOnly') ? [] : [[unknownCaller]]
  if (asksRight.test(path) || ofModels.test(path))
    return [[unknownCaller], [{ subject: rightOf(path), op: 'false' }]]
  if (asksLogin.test(path)) return [[unknownCaller]]
  if (reads.test(path)) return safe.test(request.method) ? [] : [[unknownCaller]]
  return [[unsaid]]
}

// Of views there always is a user: who is not signed in is an anonymous one (django-rest-framework.org, "Authentication").
const ofCaller = (condition: Condition): Condition =>
  condition
    .filter((row) => !row.some(({ subject, op }) => subject === 'request.user' && isNo(op)))
    .map((row) =>
      row.flatMap((atom) => {
        if (atom.subject === 'request.user' && (atom.op === 'present' || atom.op === 'true')) return []
        const asked = /^request\.user\.is_(anonymous|authenticated)(?:\(\))?$/.exec(atom.subject)?.[1]
        if (asked === undefined) return [atom]
        return (asked === 'anonymous') === isNo(atom.op) ? [negateAtom(unknownCaller)] : [unknownCaller]
      }),
    )

// `super().has_permission(…)`: what the documented class above refuses; null where that is none.
const ofAbove = (condition: Condition, above: Condition | null): Condition =>
  above === null
    ? condition
    : condition.flatMap((row) => {
        const rest = row.filter(({ subject }) => !asksAbove.test(subject))
        if (rest.length === row.length) return [row]
        const isRefused = row.some(({ subject, op }) => asksAbove.test(subject) && isNo(op))
        return isRefused ? above.map((one) => [...one, ...rest]) : [rest]
      })
const asksAbove = /^super(?:\(\))?\.has_(?:object_)?permission\b/

/**
 * Of all cases in which a permission refuses, when one is that nobody is signed in: what else has to be. Who is not signed in has no right, is
 * no owner, and is none of those that a thing has.
 */
export const whenUnknown = (rows: Condition): Condition =>
  rows.flatMap((row) => {
    const rest = row.filter((atom) => !(isOfUser(atom) && isNo(atom.op)))
    return rest.length === row.length || rest.some(isOfUser) ? [] : [rest]
  })

const isOfUser = ({ subject }: Atom): boolean =>
  subject === unknownCaller.subject || /\brequest\.user\b/.test(whole(subject))

const isNo = (op: string) => op === 'absent' || op === 'false'

// A permission of the repository's own refuses where it may say anything but yes.
function refusedByOwn(interpreter: Interpreter, ref: ClassRef, request: Request): Condition {
  const { action, method, site, isOfObject } = request
  const view = request.ref ? viewOf(request.ref, action, 'view') : symbol('?', 'view')
  const bases = interpreter.lookup.ancestry(ref).slice(1)
  const base = bases.some((name) => asksLogin.test(name) || (reads.test(name) && !safe.test(method)))
  const documented = bases.find((name) => [asksLogin, reads, lets].some((one) => one.test(name)))
  const above =
    documented === undefined ? null : refusedBy(interpreter, symbol(documented, documented), request)
  let found: Condition = base ? [[unknownCaller]] : []
  for (const name of ['has_permission', ...(isOfObject ? ['has_object_permission'] : [])]) {
    const own = interpreter.lookup.method(ref, name)
    if (!own) continue
    const args = [
      symbol('django:request', 'request'),
      view,
      ...(name === 'has_object_permission' ? [symbol('?', 'obj')] : []),
    ]
    const asked = interpreter.asksTruth
    const method = methodOf(own, symbol('?', 'self', { ref }))
    interpreter.asksTruth = method.fn
    const given = interpreter.outcomes(
      method,
      args.map((value) => ({ name: null, value })),
      site,
    )
    interpreter.asksTruth = asked
    for (const { value, conditions, site: place } of given) {
      const known = knownTruth(value)
      if (known === true) continue
      const denied = known === false ? [] : [untold(trueWays(value, not) ?? truth(value))]
      for (const one of denied) notePlace(one, { site: place, from: [] })
      found = either(
        found,
        [...conditions, ...denied].map((one) => ofCaller(ofAbove(one, above))).reduce(both, always),
      )
    }
  }
  return found
}
