import type { Decisions } from './flow-decisions.ts'
import { never } from './flow-decisions.ts'
import { digest, word } from './flow-digest.ts'
import { concat, ended, nothingDone, steps } from './step-sequence.ts'
import type { Steps } from './step-sequence.ts'

type Item =
  | { k: 'steps'; steps: Steps }
  /** A round, a try: one step, and what may be given back in it. */
  | { k: 'closed'; step: number; value: number }
  | { k: 'case'; test: number; high: Doing; low: Doing }
  /** A function that is called; `error`: what it may fail with, `isHandedOn`: what is done when it fails is what it says. */
  | { k: 'call'; of: Doing; error: number; isHandedOn: boolean }
  /** The function ends, with what it gives back. */
  | { k: 'exit'; value: number }
  /** The same, of one of Go that gives back an error. */
  | { k: 'fail'; said: number; value: number }
  /** All ends. */
  | { k: 'leave'; what: string; value: number }

/** Beyond this many a function's steps are one step of those that call it. */
const mostSpread = 1000

/** What code does, one thing after the other, while it is followed. */
export class Doing {
  readonly items: Item[] = []
  size = 0
  /** Whether what comes after it is done in any case. */
  goesOn = true
  #hasExit = false
  #end: number | null = null

  /** All that is done, as one number: the same where the same is done in the same cases. */
  end(decisions: Decisions): number {
    return (this.#end ??= whole(before(this, only(end), { exit: only(end), failed }, decisions), decisions))
  }

  do(step: number): void {
    this.add(steps(step))
  }

  add(more: Steps): void {
    this.#end = null
    const last = this.items.at(-1)
    if (last?.k === 'steps') last.steps = concat(last.steps, more)
    else this.#put({ k: 'steps', steps: more }, 1)
  }

  closed(step: number, value: number): void {
    this.#put({ k: 'closed', step, value }, 1)
  }

  case(test: number, high: Doing, low: Doing): void {
    if (high.items.length + low.items.length === 0) return
    this.#put({ k: 'case', test, high, low }, high.size + low.size + 1)
    this.goesOn &&= high.goesOn || low.goesOn
    this.#hasExit ||= high.#hasExit || low.#hasExit
  }

  call(of: Doing, error: number, decisions: Decisions): void {
    if (of.items.length === 0) return
    const [only] = of.items
    if (of.items.length === 1 && only?.k === 'steps') {
      this.add(only.steps)
      return
    }
    if (of.size > mostSpread) {
      this.do(digest('called', of.end(decisions)))
      return
    }
    this.#put({ k: 'call', of, error, isHandedOn: false }, of.size)
    this.goesOn &&= of.goesOn || of.#hasExit
  }

  /** What the last call that fails so fails with is what this does too. */
  handOn(error: number): boolean {
    const call = this.items.findLast((one) => one.k === 'call' && one.error === error)
    if (call?.k !== 'call') return false
    this.#end = null
    call.isHandedOn = true
    return true
  }

  fail(said: number, value: number): void {
    this.#put({ k: 'fail', said, value }, 1)
    this.goesOn = false
    this.#hasExit = true
  }

  exit(value: number): void {
    this.#put({ k: 'exit', value }, 1)
    this.goesOn = false
    this.#hasExit = true
  }

  leave(what: string, value: number): void {
    this.#put({ k: 'leave', what, value }, 1)
    this.goesOn = false
  }

  #put(item: Item, size: number): void {
    this.#end = null
    this.items.push(item)
    this.size += size
  }
}

/** What is done from somewhere on: steps, and then what is decided. */
interface Rest {
  first: Steps
  last: number
}

/** As one value: the same wherever it is cut. */
function whole({ first, last }: Rest, decisions: Decisions): number {
  if (first === nothingDone) return last
  const all = concat(first, decisions.stepsOf(last) ?? steps(last))
  return decisions.noteSteps(digest('then', ...ended(all)), all)
}

const end = word('end')
const away = word('exit')

/** How what ends goes on. */
interface Ends {
  exit: Rest
  failed: (said: number) => Rest
}

const only = (last: number): Rest => ({ first: nothingDone, last })
const failed = (said: number) => only(said)

/** All that is done as one number, of what is done within a round or a try, of which the function's end is another than its own. */
export const endWithin = (doing: Doing, decisions: Decisions): number =>
  whole(before(doing, only(end), { exit: only(away), failed }, decisions), decisions)

function before({ items }: Doing, after: Rest, ends: Ends, decisions: Decisions): Rest {
  let rest = after
  for (const item of items.toReversed()) rest = beforeOne(item, rest, ends, decisions)
  return rest
}

function beforeOne(item: Item, rest: Rest, ends: Ends, decisions: Decisions): Rest {
  const then = (step: Steps): Rest => ({ first: concat(step, rest.first), last: rest.last })
  switch (item.k) {
    case 'steps':
      return then(item.steps)
    case 'closed':
      return then(steps(item.step))
    case 'call':
      return before(
        item.of,
        rest,
        { exit: rest, failed: item.isHandedOn ? ends.failed : (said) => then(steps(said)) },
        decisions,
      )
    case 'exit':
      return ends.exit
    case 'fail':
      return ends.failed(item.said)
    case 'leave':
      return only(decisions.map(item.value, (one) => digest(item.what, one)))
    case 'case': {
      const { test, high, low } = item
      const all = whole(rest, decisions)
      const way = (of: Doing, asked: number) =>
        of.items.length === 0
          ? all
          : whole(before(of, only(decisions.given(all, asked)), ends, decisions), decisions)
      return only(decisions.either(test, way(high, test), way(low, decisions.not(test))))
    }
  }
}

/** What a function gives back: `after` where it comes to its end. */
export function givenBack({ items }: Doing, after: number, decisions: Decisions): number {
  let value = after
  for (const item of items.toReversed())
    if (item.k === 'exit' || item.k === 'fail') value = item.value
    else if (item.k === 'leave') value = never
    else if (item.k === 'closed' && item.value !== never)
      value = decisions.either(decisions.atom(item.step), item.value, value)
    else if (item.k === 'case')
      value = decisions.either(
        item.test,
        givenBack(item.high, value, decisions),
        givenBack(item.low, value, decisions),
      )
  return value
}
