import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Span } from '../parse/ir.ts'
import { caughtValue, isThrown, maxCaught } from './caught.ts'
import { failed } from './java-tried.ts'
import { notePlace } from './places.ts'
import type { Runtime } from './runtime.ts'
import { each, nothing, symbol } from './values.ts'
import { unionOfWays } from './when.ts'
import type { ArgValue, Effect, Scope, Site, SymbolValue, Value } from './values.ts'

/** What runs the code around. */
interface Machine extends Omit<Runtime, 'effects'> {
  effects: Effect[] | null
  evaluate(e: Expr, scope: Scope): Value
  site(span: Span, scope: Scope): Site
}

/** Calls that give what has failed with what they are given: of Mutiny, Reactor, RxJava, Java's own futures, Vert.x, and promises of JavaScript. */
const fails =
  /(?:^|\.)(?:(?:Mono|Flux|Uni|Single|Maybe|Completable|Observable|Flowable|Promise)\.(?:error|reject)|(?:CompletableFuture|CompletionStage|Future)\.failed(?:Future|Stage)|Futures\.immediateFailedFuture|createFrom\(\)\.failure|ifNull\(\)\.failWith)$/
export const failsWithGiven = (path: string) => fails.test(path)

/** Mutiny ("onItem", "onFailure"): groups of what can be done with an item, of which each is asked for by a call. */
const group = /\.(?:onItem|ifNull|ifNotNull)\(\)$/

/** Things that come later and are known (`Uni.createFrom().item(thing)`, `Mono.just(thing)`). */
const known =
  /(?:\bcreateFrom\(\)\.item|\bMono\.just|\b(?:Single|Maybe)\.just|\bCompletableFuture\.completedFuture)\(\)$/

/** The thing that comes later, of a group too (`thing.onItem().ifNull()`); any other as it is. */
export function itemOf(of: Value | null): Value | null {
  if (of?.t !== 'symbol') return of
  if (known.test(of.path) && of.args[0] && of.args[0].value.t !== 'func') return of.args[0].value
  if (/\bcreateFrom\(\)\.nullItem\(\)$/.test(of.path)) return nothing
  return group.test(of.path) && of.of?.t === 'symbol' ? itemOf(of.of.of) : of
}

/** What a thing is mapped from: `map` gives one where that is there. */
export function mappedFrom(value: Value): Value {
  const isMapped = value.t === 'symbol' && /\.(?:map|cast)\(\)$/.test(value.path)
  const of = isMapped && value.of?.t === 'symbol' ? value.of.of : null
  return of ? mappedFrom(of) : value
}

/** Whether a thing that comes later has failed. */
export const hasFailed = (of: Value): boolean =>
  of.t === 'symbol' && of.path.endsWith('()') && failsWithGiven(of.path.slice(0, -2))

/** What a call gives of a thing that comes later where it changes nothing of it: of one that has failed, or where it only looks at it or says where that runs. */
export function handedThrough({ path, of }: SymbolValue, args: readonly ArgValue[]): Value | null {
  if (of?.t !== 'symbol') return null
  if (hasFailed(of)) return of
  const name = path.slice(path.lastIndexOf('.') + 1)
  const looks = name === 'invoke' || name === 'call' ? args[0]?.value.t === 'func' : through.test(name)
  return looks ? (group.test(of.path) && of.of?.t === 'symbol' ? of.of.of : of) : null
}
const through = /^(?:runSubscriptionOn|emitOn|subscribeOn|publishOn|observeOn)$/

/** Calls whose function is given the item. */
export const givesItem = /\.(?:then|map|flatMap|transform(?:ToUni|ToMulti)?|invoke|call|chain)$/

/** When what is given in a group is taken: null where it is in none of these. */
export function whenInGroup(of: SymbolValue): 'absent' | 'present' | 'failed' | null {
  if (of.path.endsWith('.ifNull()')) return 'absent'
  if (of.path.endsWith('.ifNotNull()')) return 'present'
  return of.path.endsWith('.onFailure()') ? 'failed' : null
}

type Call = Extract<Expr, { k: 'call' }>

/** A call that takes errors of what comes before it. */
interface Recovery {
  source: Expr
  /** Which it takes, all where none says so. */
  filter: Expr | undefined
  handler: Expr | undefined
  /** Whether what the handler gives is an error. */
  isError: boolean
}

// Mutiny's `onFailure(A.class).recoverWithItem(…)`, Reactor's `onErrorResume(A.class, …)`, RxJava's `onErrorReturn(…)`, `exceptionally(…)`.
function recoveryOf({ callee, args, isNew }: Call): Recovery | null {
  if (callee.k !== 'member' || isNew) return null
  const { name, of } = callee
  const [first, second] = args.map(({ value }) => value)
  if (/^(?:recoverWith\w+|transform)$/.test(name))
    return of.k === 'call' && of.callee.k === 'member' && of.callee.name === 'onFailure'
      ? {
          source: of.callee.of,
          filter: of.args[0]?.value,
          handler: first,
          isError: name === 'transform',
        }
      : null
  if (name === 'onErrorComplete') return { source: of, filter: first, handler: undefined, isError: false }
  return /^(?:onError(?:Resume(?:Next)?|Return(?:Item)?|Map)|exceptionally(?:Compose)?)$/.test(name)
    ? {
        source: of,
        filter: second && first,
        handler: second ?? first,
        isError: name === 'onErrorMap',
      }
    : null
}

/** Java: what comes of a thing that comes later where it fails, with what it was seen to fail with and what code outside may fail with. Null of any other call. */
export function recovered(run: Machine, e: Call, scope: Scope, site: Site): Value | null {
  const outer = run.effects
  const recovery = outer && scope.module.language === 'java' ? recoveryOf(e) : null
  if (!outer || !recovery) return null
  const own: Effect[] = []
  run.effects = own
  const source = run.evaluate(recovery.source, scope)
  run.effects = outer
  const type = recovery.filter ? run.evaluate(recovery.filter, scope) : null
  // Of what a function asks it is not known which errors it takes.
  const isAsked = type !== null && type.t !== 'class' && !(type.t === 'symbol' && !type.path.includes('('))
  const taken = ({ value }: Effect) => (type === null ? true : isAsked ? null : run.isInstance(value, type))
  const raised = own.filter(isThrown)
  outer.push(...own.filter((effect) => !isThrown(effect)))
  for (const effect of raised) {
    const is = taken(effect)
    if (is !== true)
      outer.push(is === null ? { ...effect, conditions: [...effect.conditions, [[unsaid]]] } : effect)
  }
  const errors = raised
    .filter((effect) => taken(effect) !== false)
    .slice(0, maxCaught)
    .map((effect) => ({
      value: caughtValue(effect),
      when: taken(effect) === true ? effect.conditions : [...effect.conditions, [[unsaid]]],
    }))
  // Only code of the repository fails with what is its own: where it was seen to, nothing else does.
  if (!(type?.t === 'class' && raised.some((effect) => taken(effect) === true)))
    errors.push(stranger(run, recovery, isAsked ? null : type, isAsked, scope))
  const made = errors.flatMap(({ value, when }) =>
    withinAll(run, when, () => handled(run, recovery, value, scope, site)).map((one) => ({
      value: one,
      conditions: when,
    })),
  )
  return made.length === 0 ? source : unionOfWays([{ value: source, conditions: [] }, ...made])
}

// What was not seen to be thrown, and that the one call before fails with it.
function stranger(
  run: Machine,
  { source }: Recovery,
  type: Value | null,
  isAsked: boolean,
  scope: Scope,
): { value: Value; when: Condition[] } {
  const value =
    type?.t === 'class'
      ? symbol(`:${type.ref.cls.name}()`, 'error', { ref: type.ref })
      : symbol(type?.t === 'symbol' ? `${type.path}()` : '?', 'error', { isThere: true })
  if (isAsked) return { value, when: [[[unsaid]]] }
  const { condition, at } = failed(
    [{ k: 'expr', e: source, start: source.start, end: source.end }],
    type ? [type] : [],
    scope,
  )
  if (at) notePlace(condition, { site: run.site(at, scope), from: [] })
  return { value, when: [condition] }
}

function handled(
  run: Machine,
  { handler, isError }: Recovery,
  error: Value,
  scope: Scope,
  site: Site,
): Value[] {
  if (!handler) return []
  const made = each(run.evaluate(handler, scope)).map((one) =>
    one.t === 'func'
      ? run.call(one, one.fn.params.length > 0 ? [{ name: null, value: error }] : [], site)
      : one.t === 'class'
        ? run.instantiate(one.ref, [{ name: null, value: error }], site)
        : one,
  )
  if (!isError) return made
  for (const one of made) run.raise(one, site)
  return []
}

function withinAll<T>(run: Machine, [condition, ...rest]: readonly Condition[], work: () => T): T {
  return condition ? run.within(condition, () => withinAll(run, rest, work)) : work()
}
