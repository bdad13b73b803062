import { digest } from '../extract/flow-digest.ts'
import type { Tree } from './code-tree.ts'

/** Cases that are asked one after the other (`else if`), each as if it stood alone, and what is done where none holds. */
interface CaseChain {
  cases: Tree[]
  rest: readonly Tree[]
}

const chains = new WeakMap<Tree, CaseChain>()
const wholes = new WeakMap<Tree, Tree>()

/** Of a case that was taken by itself the one of the code. */
export const wholeOf = (tree: Tree): Tree => wholes.get(tree) ?? tree

export function chainOf(tree: Tree): CaseChain {
  let chain = chains.get(tree)
  if (!chain) {
    const others = tree.slots[3]?.kids ?? []
    const [next] = others
    const isMore = next?.kind === 'if' && others.length === 1
    const after = isMore ? chainOf(next) : { cases: [], rest: others }
    chain = { cases: [isMore || others.length > 0 ? alone(tree) : tree, ...after.cases], rest: after.rest }
    chains.set(tree, chain)
  }
  return chain
}

/** A case without what is done where it does not hold. */
function alone(tree: Tree): Tree {
  const slots = tree.slots.map((slot, at) => (at === 3 ? { ...slot, kids: [] } : slot))
  const sum = (of: 'exact' | 'shape') =>
    digest(
      `${tree.kind} ${tree.text}`,
      ...slots.map(({ kids }) => digest('slot', ...kids.map((kid) => kid[of]))),
    )
  const left = tree.slots[3]?.kids.reduce((total, { size }) => total + size, 0) ?? 0
  const last = slots.flatMap(({ kids }) => kids).at(-1)
  const one = {
    ...tree,
    slots,
    end: last?.end ?? tree.end,
    exact: sum('exact'),
    shape: sum('shape'),
    size: tree.size - left,
  }
  wholes.set(one, tree)
  return one
}

/**
 * Two checks of which the one that came first comes last now, where nothing else of two lists is another: statements, or cases of a chain, of which but one is
 * done. So of a check and what does something by itself. Null where the same stands there in no other order, or what changed places is no pair of checks that may
 * both hold and end otherwise.
 */
export function turnedChecks(
  old: readonly Tree[],
  now: readonly Tree[],
  isOfChain: boolean,
): { first: Tree; second: Tree; at: Tree } | null {
  if (old.length !== now.length || old.length < 2 || old.length > mostTurned) return null
  const free = [...now.keys()]
  const places: number[] = []
  for (const { exact } of old) {
    const at = free.findIndex((one) => now[one]?.exact === exact)
    if (at < 0) return null
    places.push(free.splice(at, 1)[0] ?? 0)
  }
  for (const [from, first] of old.entries())
    for (const [to, second] of old.entries()) {
      if (from >= to || (places[from] ?? 0) < (places[to] ?? 0)) continue
      const at = now[places[to] ?? 0]
      const areChecks = isOfChain || (isCheck(first) && isCheck(second))
      const isOther = areChecks && doOther(first, second) && !excludeEachOther(first, second)
      if (at && (isOther || isPassed(first, second) || isPassed(second, first))) return { first, second, at }
    }
  return null
}
const mostTurned = 12

const partsOf = ({ slots }: Tree) => slots.map(({ kids }) => kids)

/** A case that leaves, and does nothing where it does not hold; in Java too a call that fails where something does not hold. */
function isCheck(tree: Tree): boolean {
  if (tree.kind === 'expr') return isRefusal(partsOf(tree)[0]?.[0])
  if (tree.kind !== 'if') return false
  const [, , whenTrue = [], whenFalse = []] = partsOf(tree)
  return whenFalse.length === 0 && /^(?:return|throw)$/.test(whenTrue.at(-1)?.kind ?? '')
}

/** `Optional.orElseThrow`, `Objects.requireNonNull`, Guava's `Preconditions` and Spring's `Assert`. */
function isRefusal(tree: Tree | undefined): boolean {
  const [callee] = tree?.kind === 'call' ? (partsOf(tree)[0] ?? []) : []
  if (callee?.kind !== 'member') return false
  const [of] = partsOf(callee)[0] ?? []
  return (
    callee.text === 'orElseThrow' ||
    (of?.kind === 'name' && /^(?:Objects|Preconditions|Assert)$/.test(of.text))
  )
}

/** Whether one is a check, and the other does something to what is kept or answered. */
const isPassed = (one: Tree, other: Tree): boolean => isCheck(one) && isEffect(other)

function isEffect(tree: Tree): boolean {
  if (tree.kind === 'if' && !isCheck(tree)) {
    const [, , whenTrue = [], whenFalse = []] = partsOf(tree)
    return [...whenTrue, ...whenFalse].some((one) => isEffect(one) || isWaited(one))
  }
  if (tree.kind !== 'expr' || isCheck(tree)) return false
  const [done] = partsOf(tree)[0] ?? []
  const called = done?.kind === 'unary' && done.text === 'await' ? partsOf(done)[0]?.[0] : done
  if (called?.kind === 'assign') return partsOf(called)[0]?.[0]?.kind === 'member'
  return called?.kind === 'call'
}

/** Whether a variable is set to what something is waited for. */
function isWaited(tree: Tree): boolean {
  const [done] = tree.kind === 'expr' ? (partsOf(tree)[0] ?? []) : []
  const [value] = done?.kind === 'assign' ? (partsOf(done)[1] ?? []) : []
  return value?.kind === 'unary' && value.text === 'await'
}

const doOther = (a: Tree, b: Tree): boolean => {
  const [one, other] = [a, b].map((tree) =>
    partsOf(tree)[2]
      ?.map(({ exact }) => exact)
      .join(' '),
  )
  return one !== other
}

/** Whether one thing is asked of both times, so that it is at most one of what is looked for. */
function excludeEachOther(a: Tree, b: Tree): boolean {
  const [[before = [], [one] = []], [after = [], [other] = []]] = [partsOf(a), partsOf(b)]
  if (before.length + after.length > 0 || !one || !other) return before.length + after.length === 0
  if (one.exact === other.exact) return false
  const [negated] = one.kind === 'unary' && one.text === '!' ? (partsOf(one)[0] ?? []) : []
  const [turned] = other.kind === 'unary' && other.text === '!' ? (partsOf(other)[0] ?? []) : []
  if (negated?.exact === other.exact || turned?.exact === one.exact) return true
  if (one.kind !== other.kind) return false
  const [asked, asks] = [one, other].map((tree) => partsOf(tree))
  const isSame = (at: number) => asked?.[at]?.[0]?.exact === asks?.[at]?.[0]?.exact
  if (one.kind === 'binary') return /^(?:===?|is)$/.test(one.text) && one.text === other.text && isSame(0)
  // What a thing is an instance of, or an error is: the same call of the same thing.
  return one.kind === 'call' && isSame(0) && isSame(1)
}
