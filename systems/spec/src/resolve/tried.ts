import { inOneLine } from '../facts/expression.ts'
import { failing, unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Module, Span, Stmt } from '../parse/ir.ts'
import type { BranchWay } from './branches.ts'
import { untold } from './told.ts'
import { Scope, symbol } from './values.ts'
import type { Effect, FuncValue, Value } from './values.ts'

/** What fails by its own fault alone, or answers, or notes. */
const neverFails =
  /^(?:(?:this\.)?(?:console|log|logger|res|reply|response|ctx|context|c|h|next|done|resolve|reject|process|Response|NextResponse)\b|(?:String|Number|Boolean|Date|Math|Object|Array|Promise|Symbol|parseInt|parseFloat|isNaN|setTimeout)\b|JSON\.stringify$)/
/** What conditions of queries are made of (typeorm.io, "Find Options", advanced options; orm.drizzle.team, "Filter and conditional operators"). */
const operators =
  /^(?:IsNull|Not|In|Or|And|Any|Like|ILike|Between|(?:Less|More)Than(?:OrEqual)?|Equal|Raw|Array(?:Contains|ContainedBy|Overlap)|JsonContains|eq|ne|gte?|lte?|and|or|not|isNull|isNotNull|inArray|notInArray|between|notBetween|i?like|notI?like|asc|desc)$/
/** Methods of texts and lists, and of a pattern that is written there. */
const ofLanguage =
  /^\/.*\/\w*\.(?:test|exec)$|\.(?:map|filter|forEach|find|some|every|join|push|slice|reduce|match|replace|replaceAll|trim|split|includes|startsWith|endsWith|toString|toLowerCase|toUpperCase|sort|flat|concat|keys|values|entries|get|set|has|getTime|toISOString)$/
const maxName = 60
/** Calls of which one may fail that a reader takes in at once. */
const maxCalls = 4

type Call = Extract<Expr, { k: 'call' }>

// What is waited for is done elsewhere, whatever it is called.
const isAwaited = ({ start }: Expr, text: string): boolean =>
  /\bawait\s+$/.test(text.slice(Math.max(0, start - 12), start))

/** Whether a call of JavaScript to code that is not here may fail, by what it is called; `isSeen`: of what it fails is known. */
export function mayFail({ callee, isNew }: Call, text: string, isSeen = false): boolean {
  if (isSeen) return false
  const name = inOneLine(text.slice(callee.start, callee.end))
  const isMade = (isNew === true && !/^(?:URL|RegExp)$/.test(name)) || name === 'super'
  const isPlain =
    neverFails.test(name) ||
    operators.test(name) ||
    ofLanguage.test(name) ||
    /(?:Error|Exception)$/.test(name)
  return isAwaited(callee, text) || (!isMade && !isPlain)
}

/** JavaScript: whether what fails in a call that is returned, and not waited for, fails once the function is left: no `try` in it takes that (MDN, "return await"). */
export function isLeftToCaller(e: Expr, callee: Value | null, { language, text }: Module): boolean {
  if (language !== 'javascript' || e.k !== 'call') return false
  if (isAwaited(e.callee, text)) return false
  if (callee?.t === 'symbol') return callee.path.endsWith(':next')
  return callee?.t === 'func' && isAsync(callee)
}

/** Whether a function of JavaScript comes back with a promise, by its word. */
export const isAsync = ({ fn, module: { text } }: FuncValue): boolean =>
  /^async\b/.test(text.slice(fn.start, fn.headEnd)) ||
  /\basync\s+\*?\s*[\w$#]*\s*$/.test(text.slice(Math.max(0, fn.start - 60), fn.start))

/**
 * When a handler of JavaScript, which takes any error, takes one of code that is not here: when the one call that it stands around (`at`) fails, or one of a
 * few. Where it stands around more, which of them that is nobody can tell. What the `handler` always calls again may fail again there,
 * and nothing is undone that was kept (sequelize.org, "Transactions": one that is finished cannot be rolled back). `followed`: of calls that ran, whether all that
 * they call was followed.
 */
export function whenTried(
  body: readonly Stmt[],
  module: Module,
  handler: readonly Stmt[] = [],
  scope: Scope | null = null,
  isSeen: (callee: Value) => boolean = () => false,
  followed: ReadonlyMap<Expr, boolean> | null = null,
): { condition: Condition; at: Span | null; calls?: readonly Span[] } {
  const { text } = module
  const calls = new Map<string | null, Span>()
  // What is made for a call that is waited for is mostly a part of what that asks.
  const visit = (node: unknown, isCallee = false, isGiven = false): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, false, isGiven)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const e = node as Partial<Expr>
    // What is only given is run by what it is given to.
    if (e.k === 'func' || e.k === 'class') return
    // Making an error that is thrown fails of nothing: that one is seen.
    const { k, value: thrown } = node as Partial<Stmt & { k: 'throw' }>
    if (k === 'throw' && thrown?.k === 'call') {
      visit(thrown.args)
      return
    }
    const taken = e.k === 'call' ? takenOf(e as Call, module) : null
    if (taken) {
      visit(taken, false, isGiven)
      return
    }
    const isWaited = e.k === 'call' && e.callee !== undefined && isAwaited(e.callee, text)
    const isSafe = followed?.get(node as Expr) === true
    const isAsked = e.k === 'call' && !isCallee && e.callee && (isWaited || !isGiven) && !isSafe
    if (isAsked && e.callee && mayFail(e as Call, text) && !isAllSeen(e.callee, scope) && !isKnown(e.callee))
      calls.set(calledName(e.callee, text), e as Span)
    for (const [key, value] of Object.entries(node))
      visit(
        value,
        (key === 'callee' && e.k === 'call') || (isCallee && e.k === 'member' && key === 'of'),
        isGiven || isWaited,
      )
  }
  // What it throws is told where it is met: it is none of what is called beside it.
  let isBeside = false
  const isKnown = (callee: Expr) => {
    const made = scope ? outsideCalled(callee, scope) : null
    const isTold = made !== null && isSeen(made)
    isBeside ||= isTold
    return isTold
  }
  const said = ({ start, end }: Span) => text.slice(start, end)
  visit(handler.filter(({ k }) => k === 'expr' || k === 'let'))
  const again = new Set([...calls.values()].map(said))
  calls.clear()
  visit(body)
  const keeps = /\.commit\(.*$/s
  const kept = [...calls.values()].find(
    (call) => keeps.test(said(call)) && again.has(said(call).replace(keeps, '.rollback()')),
  )
  for (const [name, call] of calls)
    if (again.has(said(call)) || (kept && call.start >= kept.start)) calls.delete(name)
  const [[, at] = ['', null], ...others] = calls
  const names = [...calls.keys()].filter((name) => name !== null)
  return calls.size > 0 && calls.size <= maxCalls && names.length === calls.size
    ? {
        condition: names.flatMap((name) => failing(`${name}(…)`)),
        at: others.length === 0 && !isBeside ? at : null,
        calls: [...calls.values()],
      }
    : { condition: [[{ subject: 'raised error', op: 'true' }, unsaid]], at: null }
}

/** Functions in each other that are looked into. */
const maxWithin = 3

// Whether a function of the repository, by its name, does nothing but what is seen: it calls no code outside that may fail, so it fails of what it throws.
function isAllSeen(callee: Expr, scope: Scope | null, within = 0): boolean {
  const value = scope ? calledHere(callee, scope) : null
  if (!value?.fn.hasBody || within > maxWithin) return false
  const { text } = value.module
  const isSeen = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.every(isSeen)
    if (typeof node !== 'object' || node === null) return true
    const { k, value: thrown } = node as Partial<Stmt & { k: 'throw' }>
    if (k === 'throw' && thrown?.k === 'call') return isSeen(thrown.args)
    const e = node as Partial<Expr>
    if (
      e.k === 'call' &&
      e.callee &&
      mayFail(e as Call, text) &&
      !isAllSeen(e.callee, value.scope, within + 1)
    )
      return false
    return Object.values(node).every(isSeen)
  }
  return isSeen(value.fn.body)
}

// What is called of code outside, by its name and the members after it.
function outsideCalled(callee: Expr, scope: Scope): Value | null {
  if (callee.k === 'name') {
    const value = scope.get(callee.name)
    return value?.t === 'symbol' ? value : null
  }
  if (callee.k === 'call') {
    const made = outsideCalled(callee.callee, scope)
    return made?.t === 'symbol' ? symbol(`${made.path}()`, made.text) : null
  }
  const of = callee.k === 'member' ? outsideCalled(callee.of, scope) : null
  return callee.k === 'member' && of?.t === 'symbol' ? symbol(`${of.path}.${callee.name}`, of.text) : null
}

// A function by its name, or a method of the very class that the code stands in.
function calledHere(callee: Expr, scope: Scope): FuncValue | null {
  if (callee.k === 'name') {
    const value = scope.get(callee.name)
    return value?.t === 'func' ? value : null
  }
  const isOfThis = callee.k === 'member' && callee.of.k === 'name' && callee.of.name === 'this'
  const self = isOfThis ? scope.get('this') : null
  if (!isOfThis || (self?.t !== 'class' && self?.t !== 'object') || !self.ref) return null
  const { cls, module, scope: around } = self.ref
  const fn = cls.members.find(({ name, decorators }) => name === callee.name && decorators.length === 0)
  // What it calls of its class is asked of the same one.
  if (!fn) return null
  const inner = new Scope(module, around)
  inner.declare('this', self)
  return { t: 'func', fn, scope: inner, self, owner: self.ref, module, marks: [] }
}

/** Whether a call is of a function of the repository that fails of nothing but what it throws. */
export const isSeenCall = (e: Expr, scope: Scope): boolean => e.k === 'call' && isAllSeen(e.callee, scope)

/** Whether what takes an error throws none itself. */
export const throwsNone = (taker: Span, { text }: Module): boolean =>
  !/\b(?:throw|reject)\b/.test(text.slice(taker.start, taker.end))

// A promise whose errors `catch`, or the second function of `then`, takes where it is asked for: they reach no `try` around it. What its calls are given is made
// before; null for all else, and where that function throws again.
function takenOf({ callee, args }: Call, module: Module): Expr[] | null {
  const [first, second] = args
  const taker =
    callee.k !== 'member'
      ? undefined
      : callee.name === 'catch' && args.length === 1
        ? first
        : callee.name === 'then'
          ? second
          : undefined
  if (callee.k !== 'member' || !taker) return null
  if (!throwsNone(taker.value, module)) return null
  const given: Expr[] = []
  for (let at: Expr | null = callee.of; at;) {
    if (at.k === 'call') given.push(...at.args.map(({ value }) => value))
    at = at.k === 'member' ? at.of : at.k === 'call' ? at.callee : null
  }
  return given
}

// What is called, of a chain (`find(…).limit(…)`) what is called first; null where that is long, or more than names.
function calledName(callee: Expr, text: string): string | null {
  let first = callee
  for (let at: Expr | null = callee; at;) {
    if (at.k === 'call') first = at.callee
    at = at.k === 'member' ? at.of : at.k === 'call' ? at.callee : null
  }
  const name = inOneLine(text.slice(first.start, first.end))
  return name.length <= maxName && !/[(){}]|=>/.test(name) ? name : null
}

/** Where a service goes on after something in a block failed. */
export interface GoesOn extends BranchWay {
  /** The call whose failing is caught, where it is one that is not followed. */
  failsAt: Span | null
  /** What packs kept where it goes on. */
  state: unknown
}

/** Where the service goes on without the one call that may fail, what it refuses after that in the same block comes of its having worked. */
export function comeAfter(
  goesOn: readonly GoesOn[],
  effects: readonly Effect[],
  { start, end }: Span,
  { module }: Scope,
): void {
  for (const { failsAt, condition } of goesOn)
    for (const effect of failsAt ? effects : []) {
      const isRefusal = effect.kind === 'raise' || (effect.status ?? 0) >= 400
      const place = [effect.site, ...effect.through].find(
        (one) => one.module === module && start <= one.start && one.end <= end,
      )
      if (isRefusal && place && failsAt && place.start >= failsAt.end)
        effect.conditions = [...effect.conditions, untold(condition)]
    }
}
