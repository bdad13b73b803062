import type { Expr, Span, Stmt } from '../parse/ir.ts'
import type { Value } from './values.ts'

type Call = Extract<Expr, { k: 'call' }>

/** What a check throws, and of which of its arguments when. */
interface Check {
  error: string
  when: (args: readonly Expr[], e: Call) => Expr | null
  /** Where what it says stands among its arguments. */
  message: number
  /** What it asks of what passed. */
  next?: Omit<Check, 'message'>
}

const ofArgument = 'java.lang.IllegalArgumentException'
const ofState = 'java.lang.IllegalStateException'
const ofNothing = 'java.lang.NullPointerException'

const binary = (op: string, left: Expr, right: Expr): Expr => ({
  k: 'binary',
  op,
  left,
  right,
  start: left.start,
  end: right.end,
})
const none = ({ start, end }: Span): Expr => ({ k: 'null', start, end })
const called = (of: Expr, name: string): Expr => ({
  k: 'call',
  callee: { k: 'member', of, name, start: of.start, end: of.end },
  args: [],
  isNew: false,
  start: of.start,
  end: of.end,
})

const isFalse: Check['when'] = ([test]) =>
  test ? { k: 'unary', op: '!', of: test, start: test.start, end: test.end } : null
const isNone: Check['when'] = ([one]) => (one ? binary('==', one, none(one)) : null)
const isThere: Check['when'] = ([one]) => (one ? binary('!=', one, none(one)) : null)
const isSaid =
  (name: string): Check['when'] =>
  ([one]) =>
    one ? called(one, name) : null
const isNoneOr =
  (name: string): Check['when'] =>
  ([one]) =>
    one ? binary('||', binary('==', one, none(one)), called(one, name)) : null
const isOutside =
  (below: string, above: string): Check['when'] =>
  ([low, high, value]) =>
    low && high && value ? binary('||', binary(below, value, low), binary(above, value, high)) : null

// What the thing whose method it is says of the caller by another of its methods: `subject.isPermitted(right)`.
const isNot =
  (name: string): Check['when'] =>
  (_args, { callee, args, start, end }) =>
    callee.k === 'member'
      ? {
          k: 'unary',
          op: '!',
          of: { k: 'call', callee: { ...callee, name }, args, isNew: false, start, end },
          start,
          end,
        }
      : null
const shiro = 'org.apache.shiro.authz.UnauthorizedException'
const saToken = 'cn.dev33.satoken.exception'

/** Checks of libraries that throw where what they are given does not hold, as each documents it. */
const checks: readonly [RegExp, Record<string, Check>][] = [
  [
    /^com\.google\.common\.base\.Preconditions\.(\w+)$/,
    {
      checkArgument: { error: ofArgument, when: isFalse, message: 1 },
      checkState: { error: ofState, when: isFalse, message: 1 },
      checkNotNull: { error: ofNothing, when: isNone, message: 1 },
    },
  ],
  [
    /^org\.springframework\.util\.Assert\.(\w+)$/,
    {
      isTrue: { error: ofArgument, when: isFalse, message: 1 },
      state: { error: ofState, when: isFalse, message: 1 },
      notNull: { error: ofArgument, when: isNone, message: 1 },
      isNull: { error: ofArgument, when: isThere, message: 1 },
      hasText: { error: ofArgument, when: isNoneOr('isBlank'), message: 1 },
      hasLength: { error: ofArgument, when: isNoneOr('isEmpty'), message: 1 },
      notEmpty: { error: ofArgument, when: isNoneOr('isEmpty'), message: 1 },
    },
  ],
  [
    /^org\.apache\.commons\.lang3\.Validate\.(\w+)$/,
    {
      notBlank: {
        error: ofNothing,
        when: isNone,
        message: 1,
        next: { error: ofArgument, when: isSaid('isBlank') },
      },
      notEmpty: {
        error: ofNothing,
        when: isNone,
        message: 1,
        next: { error: ofArgument, when: isSaid('isEmpty') },
      },
      isTrue: { error: ofArgument, when: isFalse, message: 1 },
      validState: { error: ofState, when: isFalse, message: 1 },
      notNull: { error: ofNothing, when: isNone, message: 1 },
      inclusiveBetween: { error: ofArgument, when: isOutside('<', '>'), message: 3 },
      exclusiveBetween: { error: ofArgument, when: isOutside('<=', '>='), message: 3 },
    },
  ],
  // Apache Shiro ("Authorization", `Subject`).
  [
    /^org\.apache\.shiro\.(?:subject\.Subject\(\)|SecurityUtils\.getSubject\(\))\.(\w+)$/,
    {
      checkPermission: { error: shiro, when: isNot('isPermitted'), message: 9 },
      checkPermissions: { error: shiro, when: isNot('isPermittedAll'), message: 9 },
      checkRole: { error: shiro, when: isNot('hasRole'), message: 9 },
      checkRoles: { error: shiro, when: isNot('hasAllRoles'), message: 9 },
    },
  ],
  // Sa-Token (sa-token.cc, `StpUtil`).
  [
    /^cn\.dev33\.satoken\.stp\.StpUtil\.(\w+)$/,
    {
      checkLogin: { error: `${saToken}.NotLoginException`, when: isNot('isLogin'), message: 9 },
      checkRole: { error: `${saToken}.NotRoleException`, when: isNot('hasRole'), message: 9 },
      checkPermission: {
        error: `${saToken}.NotPermissionException`,
        when: isNot('hasPermission'),
        message: 9,
      },
    },
  ],
  [/^java\.util\.Objects\.(\w+)$/, { requireNonNull: { error: ofNothing, when: isNone, message: 1 } }],
]
const names = new Set(checks.flatMap(([, own]) => Object.keys(own)))

/** Java: whether an expression may be such a check, by what it calls. */
export const mayBeCheck = (e: Expr): e is Call =>
  e.k === 'call' &&
  !e.isNew &&
  names.has(e.callee.k === 'member' || e.callee.k === 'name' ? e.callee.name : '')

/** Whether it may be one that gives nothing, and only asks who calls. */
export const mayBeCheckOfCaller = (e: Expr): boolean =>
  mayBeCheck(e) && e.callee.k === 'member' && /^check(?:Login|Roles?|Permissions?)$/.test(e.callee.name)

/** A check of a library as the test and the throw that it stands for; null of any other call. */
export function asCheck(e: Call, callee: Value): Extract<Stmt, { k: 'if' }> | null {
  if (callee.t !== 'symbol') return null
  for (const [of, own] of checks) {
    const check = own[of.exec(callee.path)?.[1] ?? '']
    const test = check && throwing(check, e, check.message)
    if (test) return test
  }
  return null
}

function throwing(
  { error, when, next }: Omit<Check, 'message'>,
  e: Call,
  message: number,
): Extract<Stmt, { k: 'if' }> | null {
  const test = when(
    e.args.map(({ value }) => value),
    e,
  )
  if (!test) return null
  const span = { start: e.start, end: e.end }
  const value: Expr = {
    k: 'call',
    callee: { k: 'name', name: error, ...span },
    args: e.args.slice(message, message + 1),
    isNew: true,
    ...span,
  }
  const inner = next ? throwing(next, e, message) : null
  return {
    k: 'if',
    test,
    before: [],
    whenTrue: [{ k: 'throw', value, ...span }],
    whenFalse: inner ? [inner] : [],
    ...span,
  }
}
