import { stepNamed } from '../packs/go-chains.ts'
import { always, normalizeCondition } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Credential, FactOf, Grade } from '../facts/fact.ts'
import { letsAllPass } from '../packs/credentials.ts'
import { decoratedWhen } from '../packs/decorated-when.ts'
import { both } from '../resolve/conditions.ts'
import { keptAs, textOf } from '../resolve/values.ts'
import type { FuncValue, Site, Value } from '../resolve/values.ts'
import { askedAt } from './answer-sites.ts'
import { asksWhoCalls } from './asks-who.ts'
import { handlerFunctions, innermost } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Answer, Observation } from './observation.ts'
import { whenReached } from './ways-past.ts'
import { putBefore } from './mounted.ts'
import { keyRefusals, keysAsked } from './service-keys.ts'
import { isWithoutRole, statesAsked, whenNobody } from './sign-in.ts'

type GuardKind = FactOf<'guard'>['guard']

/** Something that runs before a handler and may refuse. */
export interface FoundGuard {
  guard: GuardKind
  /** `proved` where code was seen to refuse, `framework` where it is documented to, `declared` where only its name says so. */
  grade: Grade
  name: string
  roles: string[]
  /** A call that shows nobody goes on. */
  isOptional: boolean
  /** What shows a key that all callers share. */
  credentials?: Credential[]
  /** What settings have to be for it to refuse. */
  condition: Condition
  site: Site
  through: Site[]
}

/** What middleware and decorators from outside the repository are called when they refuse: their code is not here to be run. */
const refusingNames = /auth|jwt|passport|login|csrf|guard|protect|permission|role|admin|acl|limit|throttle/i
/** What is wrong with a request, whoever sends it, or with the service: what only answers so is no guard. */
const ofRequest = new Set([
  400, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 428, 431,
])
const isOfCaller = (status: number) => status < 500 && !ofRequest.has(status)
/** Of these, what only prepares, sets headers, or lets pass; what REST framework's decorators ask is told of the classes that they name. */
const preparing =
  /^rest_framework\.decorators\.(?:permission|authentication)_classes|exempt|(?:^|[._])skip|initiali[sz]e|setup|configure|^(?:koa-)?passport\.session\(\)|^(?:helmet|lusca)\.(?!csrf)/i

/** What is known of code from outside: whether its options keep it from refusing, or let only those through who show nothing. */
type Known = (
  value: Value,
) => readonly { isOff: boolean; isOptional: boolean; status: number; signsIn: unknown }[]

/**
 * Guards among an operation's middleware and its handler's decorators. Of each of its handlers is known what it was seen to
 * refuse with, by position; code from outside counts by what is known of it, or is declared by its name.
 */
export function guardsBefore(
  operation: FoundOperation,
  observation: Pick<Observation, 'refuses' | 'stays' | 'last'>,
  known: Known,
): FoundGuard[] {
  const graded = (value: Value): Pick<FoundGuard, 'grade' | 'isOptional'> => {
    const all = known(value).filter(({ isOff, isOptional }) => !isOff || isOptional)
    return {
      grade: all.length > 0 || operation.pack.uses.test(pathOf(value)) ? 'framework' : 'declared',
      isOptional: all.length > 0 && all.every(({ isOptional }) => isOptional),
    }
  }
  const { refuses, last } = observation
  // What answers all that comes to it lets nobody pass, and nothing behind it runs.
  const before = operation.handlers.slice(0, last ?? -1).flatMap((value, index): FoundGuard[] => {
    const functions = handlerFunctions(value)
    const refusals = (refuses.get(index) ?? []).filter(({ status }) => isOfCaller(status))
    if (refusals.some(({ isSigningIn }) => isSigningIn)) return []
    const statuses = refusals.map(({ status }) => status)
    const name = nameOf(value, functions[0] && refusingIn(functions[0], refusals))
    const isLeft = functions.length > 0 || !mayRefuse(pathOf(value)) || letsAllPass(value)
    if (statuses.length === 0 && (isLeft || isUntold(operation, value, known))) return []
    // What is documented to refuse only what is wrong with a request is no guard either.
    const documented = functions.length === 0 ? known(value) : []
    if (documented.length > 0 && documented.every(({ status }) => ofRequest.has(status))) return []
    // Nor is what signs callers in.
    if (documented.some(({ signsIn }) => signsIn !== null)) return []
    if (functions.length === 0 && isForOtherMethods(operation, pathOf(value))) return []
    const isSeen = statuses.length > 0 && functions.length > 0
    // Texts that middleware of Go is made with, and that is documented to ask only who calls, are no roles: the realm of `BasicAuth`.
    const asksNoRole =
      operation.pack.language === 'go' &&
      documented.length > 0 &&
      documented.every(({ status }) => status !== 403)
    const given = functions.length > 0 ? functions.flatMap(captured) : asksNoRole ? [] : constants(value)
    const asked = functions.length > 0 && statuses.length > 0 ? given.filter(asksFor(refusals)) : given
    const rights = asRights(asked, functions)
    const isOfKey = refusals.length > 0 && keyRefusals(refusals).length === refusals.length
    // A 401 that asks for nothing of who calls says nothing of him.
    const ofCallers = refusals.filter((one) => one.status !== 401 || asksWhoCalls(one))
    const guard = isOfKey
      ? 'other'
      : kindOf(
          ofCallers.map(({ status }) => status),
          `${nameOf(value, functions[0])} ${pathOf(value)}`,
          asked,
        )
    // That it was too much says nothing of who calls.
    if (guard !== 'limit' && statuses.length > 0 && statuses.every((status) => status === 429)) return []
    // What asks more than for a role is told by what it was made with.
    const isPlain = guard !== 'role' || asked.length === 0 || !isSeen || isWithoutRole(refusals, asked)
    return [
      {
        guard,
        name: isPlain ? name : `${name}(${asked.join(', ')})`,
        roles: isPlain ? rights : [],
        ...(isOfKey ? { credentials: keysAsked(refusals) } : {}),
        ...(isSeen ? { grade: 'proved' as const, isOptional: isOfShown(refusals) } : graded(value)),
        condition: normalizeCondition(
          both(
            functions.length === 0
              ? always
              : ((guard === 'authentication' ? whenNobody(refusals) : null) ?? statesAsked(refusals)),
            whenReached(operation, observation, index, value),
          ),
          { keepsUnsaid: true },
        ),
        site: operation.site,
        through: [
          ...putBefore(operation, value),
          ...refusals.slice(0, 3).map(({ site }) => site),
          ...functions.map(head),
          ...askedAt(refusals.slice(0, 3).flatMap(({ conditions }) => conditions.flat(2))).slice(0, 5),
          ...operation.through,
        ],
      },
    ]
  })
  const [handler] = last === undefined ? operation.handlers.slice(-1) : []
  const decorated = (handler?.t === 'func' ? handler.marks : []).flatMap((mark): FoundGuard[] => {
    if (mark.t !== 'symbol' || !mayRefuse(mark.path)) return []
    // One of several by a setting is told with the others, by who is not signed in.
    if (decoratedWhen.has(mark) && known(mark).length > 0) return []
    const roles = constants(mark)
    return [
      {
        guard: kindOf([], mark.path, roles),
        name: nameOf(mark, undefined),
        roles,
        ...graded(mark),
        condition: decoratedWhen.get(mark) ?? always,
        site: mark.site ?? operation.site,
        // The function that it decorates, behind what others made of it.
        through: handler?.t === 'func' ? [head(innermost(handler))] : [],
      },
    ]
  })
  return [...before, ...decorated, ...declaredAccess(operation)]
}

/** Middleware of Go from outside that only its package is named for who calls: whether it refuses anybody is asked. */
export const untoldBefore = (
  operation: FoundOperation,
  { last }: Pick<Observation, 'last'>,
  known: Known,
): string[] =>
  operation.handlers
    .slice(0, last ?? -1)
    .flatMap((value) => (isUntold(operation, value, known) ? [nameOf(value, undefined)] : []))

// A package for signing in has middleware too that only notes who calls (`Trace`). What has a name of its own, and nothing known of it, counts by that.
function isUntold({ pack }: FoundOperation, value: Value, known: Known): boolean {
  const path = pathOf(value)
  if (pack.language !== 'go' || handlerFunctions(value).length > 0 || !mayRefuse(path)) return false
  if (letsAllPass(value) || known(value).length > 0 || pack.uses.test(path)) return false
  const own = path
    .replaceAll('()', '')
    .replace(/^.*\//, '')
    .replace(/^[\w-]+(?:\.v\d+)?\./, '')
  return !saysNothing.test(own.split('.').at(-1) ?? '') && !mayRefuse(own)
}

// Whether all that asks who calls refuses what is shown alone.
function isOfShown(refusals: readonly Answer[]): boolean {
  const asking = refusals.filter(({ status }) => status === 401)
  return asking.length > 0 && asking.every((one) => one.isOfShown === true)
}

// What is documented to refuse requests with some methods lets all others pass.
const isForOtherMethods = ({ pack, method }: FoundOperation, path: string): boolean => {
  const known = (pack.refuses ?? []).filter(({ of }) => of.test(path))
  return known.length > 0 && known.every(({ on }) => on !== undefined && !on.test(method))
}

// Whether a text that middleware was made with is what it asks a caller to be: not what a header has to be (a key), nor, where it
// only asks who calls, what nothing is asked of (a secret).
const asksFor = (refusals: readonly Answer[]): ((text: string) => boolean) => {
  const atoms = refusals.flatMap(({ conditions }) => conditions.flat(2))
  const isRight = refusals.some(({ status }) => status === 403)
  return (text) => {
    const naming = atoms.filter(
      ({ subject, value }) =>
        value === text ||
        (Array.isArray(value) && value.includes(text)) ||
        subject.includes(JSON.stringify(text)),
    )
    return naming.length > 0
      ? naming.some(({ subject }) => !/^(?:header|cookie|query)\.[\w-]+$/.test(subject))
      : isRight
  }
}

// Who may call, as the object that routes says it.
function declaredAccess({ pack, options, site }: FoundOperation): FoundGuard[] {
  const name = pack.access ? textOf(options.get(pack.access.key)) : null
  return name === null || name === pack.access?.everybody
    ? []
    : [
        {
          guard: 'role',
          name,
          roles: [name],
          grade: 'proved',
          isOptional: false,
          condition: always,
          site,
          through: [],
        },
      ]
}

const head = ({ fn, module }: FuncValue): Site => ({
  module,
  start: fn.start,
  end: fn.headEnd,
  symbol: fn.name,
})

// What is asked who somebody is is told how to ask, not for what right.
const asksWho = /authenticat|passport|jwt|auth_required/i

function kindOf(statuses: readonly number[], name: string, roles: readonly string[]): GuardKind {
  // Something else that is under way answers 429 too.
  if (/limit|throttl|slow|flood|brute|\brate/i.test(name)) return 'limit'
  if (
    roles.length > 0 &&
    !(asksWho.test(name) && !statuses.includes(403)) &&
    (statuses.includes(403) || /auth|role|permission|right|scope|can|allow/i.test(name))
  )
    return 'role'
  if (/role|permission|admin/i.test(name) && !statuses.includes(401)) return 'role'
  if (statuses.includes(401) || /auth|jwt|passport|login/i.test(name)) return 'authentication'
  return 'other'
}

const mayRefuse = (path: string) => refusingNames.test(path) && !preparing.test(path)

const pathOf = (value: Value) => (value.t === 'symbol' ? value.path : '')

/** What says something only beside the name of the package or the type of Go that it is of: `limiter.New`. */
const saysNothing = /^(?:new|create|make|build|handler?|handler?func|(?:new)?middleware(?:func)?|wrap|use)$/i

function nameOf(value: Value, fn: FuncValue | undefined): string {
  const name = ownNameOf(value, fn)
  if (fn?.module.language !== 'go' || !saysNothing.test(name)) return name
  return `${fn.fn.receiver?.type?.name ?? fn.module.package}.${name}`
}

// JavaScript: what a wrapper is given, where that is what refuses (`caught(signedIn)`).
function refusingIn(fn: FuncValue, refusals: readonly Answer[]): FuncValue {
  if (fn.module.language !== 'javascript' || fn.scope.parent === null || refusals.length === 0) return fn
  const inside =
    ({ fn: { start, end }, module }: FuncValue) =>
    (site: Site) =>
      site.module === module && start <= site.start && site.end <= end
  for (const [, one] of fn.scope.names())
    if (
      one.t === 'func' &&
      one.fn !== fn.fn &&
      refusals.every(({ site, through }) => [site, ...through].some(inside(one)))
    )
      return one
  return fn
}

function ownNameOf(value: Value, fn: FuncValue | undefined): string {
  if (fn && fn.fn.name !== '') return fn.fn.name
  const wrapped = stepNamed(value) || (value.t === 'symbol' && fn ? wrappedAs(fn) : '')
  if (wrapped !== '') return wrapped
  if (value.t === 'symbol') return value.path.replaceAll('()', '').split(/[./]/).slice(-2).join('.')
  if (!fn) return 'middleware'
  const [kept, given] = [keptAs(fn), givenAs(fn)]
  return (kept.endsWith(given) ? kept : given) || nameOfFile(fn.module.path)
}

/** What a file is called; one that stands for its folder by its path. */
function nameOfFile(path: string): string {
  const name = (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '')
  return /^(?:index|main|mod|__init__|routes?|app|server)$/.test(name) ? path : name
}

// What a function of JavaScript without a name is told by where it is written: what made it and returned it, else the key, the hook or the name that it is put under, of its own function too.
function givenAs({ fn, module, madeBy = '' }: FuncValue): string {
  if (module.language !== 'javascript') return ''
  const before = module.text.slice(Math.max(0, fn.start - maxBefore), fn.start)
  if (/(?:\breturn|=>)\s*\(?$/.test(before)) return madeBy
  const [, key, hook, held] =
    /[\s{,](\w+):\s*\[?\s*$|(?:\w[hH]ook|\.decorate)\(\s*['"](\w+)['"],\s*\[?\s*$|\b(?:const|let|var)\s+(\w+)(?::[^=]{1,40})?\s*=\s*$/.exec(
      before,
    ) ?? []
  // What is all that its maker gives is told by that.
  const isAll =
    held !== undefined &&
    new RegExp(`^[\\s;]*return\\s+${held}[\\s;]*\\}`).test(module.text.slice(fn.end, fn.end + maxBefore))
  return isAll ? madeBy : (key ?? hook ?? held ?? '')
}
// `const owner = asyncHandler(async (req, …) => …)`: by what is kept, not by what wraps it.
function wrappedAs({ fn, module }: FuncValue): string {
  const before = module.text.slice(Math.max(0, fn.start - maxBefore), fn.start)
  const [, kept = ''] =
    /(?:\b(?:const|let|var)\s+|\bexports\.)(\w+)(?::[^=]{1,30})?\s*=\s*[\w.]+\(\s*(?:async\s*)?$/.exec(
      before,
    ) ?? []
  return module.language === 'javascript' ? kept : ''
}
/** Characters in which that is written. */
const maxBefore = 80

/** Texts that a value was made with: `permission_required("edit")`. */
function constants(value: Value): string[] {
  if (value.t !== 'symbol') return []
  return value.args.flatMap(({ value: arg }) => {
    const text = arg.t === 'const' && typeof arg.v === 'string' ? arg.v : null
    return text !== null ? [text] : arg.t === 'list' ? arg.items.flatMap((item) => textOf(item) ?? []) : []
  })
}

/** Texts that a closure was made with: what the function around it was given. */
// What a maker of middleware is given as several texts, each by a name of its own, is one right: of what, and which (`may('boats', 'read')`).
function asRights(asked: readonly string[], functions: readonly FuncValue[]): string[] {
  const parts = functions
    .flatMap(({ scope }) => (scope.parent === null ? [] : [...scope.names()]))
    .flatMap(([, value]) => textOf(value) ?? [])
    .filter((text, at, all) => asked.includes(text) && all.indexOf(text) === at)
  return parts.length < 2 ? [...asked] : [parts.join(' '), ...asked.filter((text) => !parts.includes(text))]
}

function captured({ scope, fn, module }: FuncValue): string[] {
  if (scope.parent === null) return []
  const code = module.text.slice(fn.start, fn.end)
  const isNamed = (name: string) =>
    new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(code)
  const names = [...scope.names()]
  // What another function of the same closure has, which this one calls, it has too.
  const isHad = (name: string) =>
    isNamed(name) ||
    names.some(
      ([other, value]) =>
        value.t === 'func' &&
        isNamed(other) &&
        value.module.text.slice(value.fn.start, value.fn.end).includes(name),
    )
  const texts = names.flatMap(([name, value]) => {
    if (!isHad(name)) return []
    if (value.t === 'const') return typeof value.v === 'string' ? [value.v] : []
    return value.t === 'list' && !value.isOpen ? value.items.flatMap((item) => textOf(item) ?? []) : []
  })
  // What it makes of what it was given has the same texts.
  return [...new Set(texts)]
}
