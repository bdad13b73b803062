import type { Expr, Span } from '../parse/ir.ts'
import { isThrown } from './caught.ts'
import type { Running } from './running.ts'
import { isAsync } from './tried.ts'
import type { Effect, Scope, Value } from './values.ts'
import { each } from './values.ts'

type Call = Extract<Expr, { k: 'call' }>

/** A statement that only calls something: what it calls first, and what is called on the promise that this gives. */
export interface Unawaited {
  call: Call
  links: Call[]
}

/** JavaScript: a statement that waits for nothing that it calls; null for any other. */
export function unawaited(e: Expr, { module }: Scope): Unawaited | null {
  if (module.language !== 'javascript') return null
  let at = e.k === 'unary' && e.op === 'void' ? e.of : e
  const links: Call[] = []
  while (at.k === 'call' && !at.isAwaited) {
    const { callee } = at
    if (callee.k !== 'member' || !/^(?:then|catch|finally)$/.test(callee.name)) return { call: at, links }
    links.push(at)
    at = callee.of
  }
  return null
}

/**
 * Takes out what such a statement fails with once it has come back (MDN, "async function": what it throws is what its promise is rejected with; "forEach": it
 * waits for no promise): that is no answer, and no `try` takes it. True where all that it calls comes back at once so.
 */
export function leaveAlone(
  { call, links }: Unawaited,
  callee: Value | null,
  effects: Effect[],
  since: number,
  running: Running,
  { module }: Scope,
): boolean {
  const { calls } = running
  const called = callee ? each(callee) : []
  const isAllAsync = called.length > 0 && called.every((one) => one.t === 'func' && isAsync(one))
  const [given] = call.args
  const isOfEach =
    call.callee.k === 'member' &&
    call.callee.name === 'forEach' &&
    given?.value.k === 'func' &&
    given.value.fn.isAsync === true
  const isLost = (effect: Effect): boolean => {
    const step = effect.through[calls.length]
    if (!isThrown(effect) || step?.module !== module) return false
    const isAt = ({ start, end }: Span) => step.start === start && step.end === end
    if (links.some(isAt)) return true
    const isLeft = called.some((one) => one.t === 'func' && effect.note['leaves'] === one.fn)
    return isAt(call) && (isAllAsync || isOfEach || isLeft)
  }
  effects.push(...effects.splice(since).filter((effect) => !isLost(effect)))
  return isAllAsync
}
