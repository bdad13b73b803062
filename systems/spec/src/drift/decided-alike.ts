import { digest, nil } from '../extract/flow-digest.ts'
import { CodeKeys, hasCall, isAnswer, kidsOf, partsAt } from './code-keys.ts'
import type { Scope } from './code-keys.ts'
import type { Tree } from './code-tree.ts'
import { areConsistent, isPossible, Questions } from './questions.ts'
import type { Answers } from './questions.ts'

/** In how many ways code may be gone through, before it is not looked into. */
const mostWays = 200
const largest = 3000

/** One way through code: what is done on it and how it ends, under the answers that lead there. */
interface Way {
  answers: Answers
  /** What is done, in no order. */
  done: number[]
  /** What of that is done in no loop and no other thing that may be left by itself. */
  own: number[]
  /** The loops and tries that it comes through. */
  heads: number[]
  /** Also what is called for a value, in its order. */
  steps: number[]
  end: number
  /** Whether what comes back is known not to be there. */
  isEmpty: boolean
}

/**
 * Whether two bodies of a function do the same on every way through them, or do something else on one, where they ask the same questions and do the same things: how a
 * case is written, what gets a name and which comes first of what leaves alike is none of it. Null where that is not known.
 */
export function decidedAlike(old: Tree, now: Tree): 'same' | 'other' | null {
  if (old.size > largest || now.size > largest) return null
  const questions = new Questions()
  const [before, after] = [waysOf(old, questions), waysOf(now, questions)]
  return before && after ? verdictOf(before, after, questions) : null
}

/** The same of what is asked in one place. */
export function askedAlike(old: Tree, now: Tree): 'same' | 'other' | null {
  const questions = new Questions()
  const asked = (tree: Tree) =>
    allWays(questions, (keys) => ({
      done: [],
      own: [],
      heads: [],
      steps: [],
      end: keys.truth(tree, new Map()) ? 1 : 0,
      isEmpty: false,
    }))
  const [before, after] = [asked(old), asked(now)]
  return before && after ? verdictOf(before, after, questions) : null
}

function verdictOf(
  before: readonly Way[],
  after: readonly Way[],
  questions: Questions,
): 'same' | 'other' | null {
  const asked = (ways: readonly Way[]) => setKey(ways.flatMap(({ answers }) => [...answers.keys()]))
  if (asked(before) !== asked(after)) return null
  const done = (ways: readonly Way[]) =>
    setKey(ways.flatMap((way) => [...way.done, ...way.heads, endOf(way)]))
  const isOfSame = done(before) === done(after)
  let areSame = true
  for (const one of before)
    for (const other of after) {
      if (!areConsistent(one.answers, other.answers)) continue
      if (one.end === other.end && String(one.steps) === String(other.steps)) continue
      areSame = false
      if (!isOfSame) return null
      const isOther =
        endOf(one) !== endOf(other) ||
        bagKey(one.own) !== bagKey(other.own) ||
        // What a loop does is told by what is done in it, not by whether it comes after a check.
        (bagKey(one.heads) === bagKey(other.heads) && bagKey(one.done) !== bagKey(other.done))
      if (isOther && isPossible([one.answers, other.answers], questions)) return 'other'
    }
  return areSame ? 'same' : null
}

/** What comes back with nothing may end as well. */
const endOf = ({ end, isEmpty }: Way): number => (end === nothing || isEmpty ? ended : end)
const bagKey = (all: readonly number[]) => all.toSorted((a, b) => a - b).join(' ')
const setKey = (all: readonly number[]) => bagKey([...new Set(all)])

/** Goes through something once for each way of answering what is asked on it; null where these are too many. */
function allWays(questions: Questions, go: (keys: CodeKeys) => Omit<Way, 'answers'>): Way[] | null {
  const ways: Way[] = []
  const open: Answers[] = [new Map()]
  for (let given = open.pop(); given; given = open.pop()) {
    if (ways.length + open.length > mostWays) return null
    const known = given
    const answers: Answers = new Map()
    const ask = (question: number): boolean => {
      const answer = known.get(question) ?? false
      if (!answers.has(question) && !known.has(question)) open.push(new Map([...answers, [question, true]]))
      answers.set(question, answer)
      return answer
    }
    const way = go(new CodeKeys(questions, ask, answers))
    ways.push({ ...way, answers })
  }
  return ways
}

function waysOf(fn: Tree, questions: Questions): Way[] | null {
  return allWays(questions, (keys) => {
    const scope: Scope = new Map()
    const [params = [], , body = []] = partsAt(fn)
    for (const [at, param] of params.entries())
      keys.bind(scope, kidsOf(param)[0] ?? null, digest('param', at), null)
    const run = new Run(keys)
    const end = run.all(body, scope) ?? ended
    return { done: run.done, own: run.own, heads: run.heads, steps: run.steps, end, isEmpty: run.isEmpty }
  })
}

const holdsMember = (target: Tree): boolean =>
  /^(?:member|index)$/.test(target.kind) || (target.kind === 'array' && kidsOf(target).some(holdsMember))

const ended = digest('end')
const nothing = digest('return', nil)

/** Goes through statements as far as answers lead. */
class Run {
  readonly done: number[] = []
  readonly own: number[] = []
  readonly heads: number[] = []
  readonly steps: number[] = []
  isEmpty = false
  readonly #keys: CodeKeys
  #within = 0

  constructor(keys: CodeKeys) {
    this.#keys = keys
  }

  /** @returns how it ends, where that leaves what is around it */
  all(stmts: readonly Tree[], scope: Scope): number | null {
    for (const stmt of stmts) {
      const end = this.#one(stmt, scope)
      if (end !== null) return end
    }
    return null
  }

  #one(stmt: Tree, scope: Scope): number | null {
    const [first = [], second = [], third = [], fourth = []] = partsAt(stmt)
    const keys = this.#keys
    switch (stmt.kind) {
      case 'let':
        // Of Python what is set may be a member, which others see.
        if (first[0] && holdsMember(first[0])) this.#do(keys.key(stmt, scope))
        this.#set(first[0] ?? null, second[0] ?? null, scope)
        return null
      case 'expr': {
        const [e] = first
        if (!e || e.kind === 'log') return null
        const [target, value] = e.kind === 'assign' && e.text === '=' ? partsAt(e) : []
        if (target?.[0] && /^(?:name|array)$/.test(target[0].kind)) {
          // What a variable holds from then on is told by what is done with it.
          this.#set(target[0], value?.[0] ?? null, scope)
          return null
        }
        this.#do(keys.key(e, scope))
        return null
      }
      case 'return':
        return this.#given(first[0] ?? null, scope)
      case 'throw':
        return digest('throw', ...first.map((of) => keys.key(of, scope)))
      case 'jump':
        return digest(`jump ${stmt.text}`)
      case 'block':
        return this.all(first, scope)
      case 'if': {
        const own = this.all(first, scope)
        if (own !== null) return own
        const [test] = second
        return this.all(!test || keys.truth(test, scope) ? third : fourth, scope)
      }
      case 'switch':
        return this.#switch(first[0] ?? null, second, scope)
      case 'loop': {
        const over = second.map((of) => keys.key(of, scope))
        for (const [at, target] of first.entries())
          keys.bind(scope, target, digest('each', at, ...over), null)
        const head = digest(`loop ${stmt.text}`, ...over)
        this.#begin(head)
        this.#inside(head, third, scope)
        return null
      }
      case 'try': {
        const ends = [this.#inside(digest('try'), first, scope)]
        for (const [at, handler] of second.entries()) {
          const [types = [], body = []] = partsAt(handler)
          const head = digest('handler', at, ...types.map((of) => keys.key(of, scope)))
          this.#begin(head)
          ends.push(this.#inside(head, body, scope))
        }
        const last = this.#inside(digest('finally'), third, scope)
        return last ?? (ends.every((end) => end !== null) ? (ends[0] ?? null) : null)
      }
      default:
        this.#do(keys.key(stmt, scope))
        return null
    }
  }

  /** In something that may be left without what is around it being left too. */
  #inside(head: number, body: readonly Tree[], scope: Scope): number | null {
    const around = this.#within
    this.#within = digest('within', around, head)
    const end = this.all(body, scope)
    if (end !== null) this.#do(end)
    this.#within = around
    return end
  }

  #switch(subject: Tree | null, cases: readonly Tree[], scope: Scope): number | null {
    const keys = this.#keys
    const isMet = (test: Tree) => (subject ? keys.areEqual(subject, test, scope) : keys.truth(test, scope))
    const found =
      cases.find((one) => (partsAt(one)[0] ?? []).some(isMet)) ??
      cases.find((one) => (partsAt(one)[0] ?? []).length === 0)
    const end = found ? this.all(partsAt(found)[1] ?? [], scope) : null
    return end === digest('jump break') ? null : end
  }

  #set(target: Tree | null, value: Tree | null, scope: Scope): void {
    const key = value ? this.#keys.key(value, scope) : 0
    if (value && hasCall(value) && !isAnswer(value)) this.steps.push(digest('in', this.#within, key))
    this.#keys.bind(scope, target, key, value)
  }

  #do(key: number): void {
    const placed = digest('in', this.#within, key)
    this.done.push(placed)
    if (this.#within === 0) this.own.push(placed)
    this.steps.push(placed)
  }

  #begin(head: number): void {
    const placed = digest('in', this.#within, head)
    this.heads.push(placed)
    this.steps.push(placed)
  }

  #given(value: Tree | null, scope: Scope): number {
    if (!value) return ended
    const keys = this.#keys
    if (value.kind === 'cond') {
      const [[test] = [], [high] = [], [low] = []] = partsAt(value)
      if (test && high && low) return this.#given(keys.truth(test, scope) ? high : low, scope)
    }
    const known = value.kind === 'name' ? scope.get(value.text) : undefined
    if (known?.tree && isAnswer(known.tree)) return keys.truth(known.tree, known.scope) ? holds : fails
    if (isAnswer(value)) return keys.truth(value, scope) ? holds : fails
    const key = keys.key(value, scope)
    this.isEmpty = keys.answers.get(key) === false
    return digest('return', key)
  }
}

const holds = digest('return true')
const fails = digest('return false')
