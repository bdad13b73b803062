import { isAsking } from '../extract/flow-forms.ts'
import type { Module } from '../parse/ir.ts'
import { kidsOf, partsAt } from './code-keys.ts'
import { isLeaving, within } from './code-tree.ts'
import type { Tree } from './code-tree.ts'

/** Two things that are done in the other order now; `isSure`: one sets what the other is given, or both are done to one thing. */
export interface Turned {
  first: Tree
  second: Tree
  /** The second where it stands now. */
  at: Tree
  isSure: boolean
}

/** Longer functions are not gone through. */
const mostSteps = 150

/**
 * Of two versions of a function what is done in another order, where that may matter: both do something, or one does something to what the other asks of. Functions
 * within are compared by themselves, as many as there are on both sides.
 */
export function turnedSteps(old: Tree, now: Tree, module: Module): Turned | null {
  const found = old.kind === 'func' && now.kind === 'func' ? turnedIn(old, now, module) : null
  if (found?.isSure) return found
  const [before, after] = [innerOf(old), innerOf(now)]
  if (before.length !== after.length) return found
  const all = before.flatMap((fn, at) => turnedSteps(fn, after[at] ?? fn, module) ?? [])
  return all.find(({ isSure }) => isSure) ?? found ?? all[0] ?? null
}

function turnedIn(old: Tree, now: Tree, module: Module): Turned | null {
  const [before, after] = [old, now].map((tree) => stepsOf(tree, module))
  if (!before || !after || before.length > mostSteps || after.length > mostSteps) return null
  const pairs = paired(before, after).map(([was, is]) => ({ was, is, at: after.indexOf(is) }))
  let unsure: Turned | null = null
  for (const [from, one] of pairs.entries())
    for (const other of pairs.slice(from + 1)) {
      if (one.at < other.at || areApart(one.was, other.was) || areApart(other.is, one.is)) continue
      const matters = orderMatters(one.was, other.was, module)
      if (matters === null) continue
      const turned = {
        first: one.was.tree,
        second: other.was.tree,
        at: other.is.tree,
        isSure: matters === 'surely',
      }
      if (turned.isSure) return turned
      unsure ??= turned
    }
  return unsure
}

/** A statement that does or asks something. */
interface Step {
  tree: Tree
  /** What it says, whatever variable that is given to, or whether it comes back with it. */
  key: number
  /** The same but for names. */
  shape: number
  /** What it stands in, the outermost first, with the slot of each that it is in. */
  path: { of: Tree; slot: number; after: readonly Tree[] }[]
  /** It is done for what it does, and not for what it gives. */
  isDone: boolean
}

/** Statements of a function in the order in which they stand, but for those of functions within. */
function stepsOf(fn: Tree, module: Module): Step[] {
  const steps: Step[] = []
  const look = (tree: Tree, path: Step['path']): void => {
    if (path.length > 0 && /^(?:func|class|log)$/.test(tree.kind)) return
    if (/^(?:expr|let|return)$/.test(tree.kind)) {
      const done = doneBy(tree, module)
      const [target, value] = setBy(tree)
      const isOfVariable = target === null || /^(?:name|array|object)$/.test(target.kind)
      const { exact: key, shape } = isOfVariable && value ? value : tree
      if (done !== null) steps.push({ tree, key, shape, path, isDone: done })
      return
    }
    for (const [slot, { kids }] of tree.slots.entries())
      for (const [at, kid] of kids.entries())
        if (tree.kind === 'if' && slot === 1 && acts(kid, module))
          steps.push({ tree: kid, key: kid.exact, shape: kid.shape, path, isDone: false })
        else look(kid, [...path, { of: tree, slot, after: kids.slice(at + 1) }])
  }
  look(fn, [])
  return steps
}

function innerOf(fn: Tree): Tree[] {
  const found: Tree[] = []
  const look = (tree: Tree): void => {
    for (const kid of kidsOf(tree))
      if (kid.kind === 'func') found.push(kid)
      else look(kid)
  }
  look(fn)
  return found
}

/** Steps that are the same, in the order of those of before: those that are there as often as before, and of others those that are the only ones but for names. */
function paired(before: readonly Step[], after: readonly Step[]): [Step, Step][] {
  const found = new Map<Step, Step>()
  const pair = (keyOf: (step: Step) => number, most: number) => {
    const [old, now] = [before, after].map((steps) =>
      Map.groupBy(
        steps.filter((one) => !found.has(one) && !taken.has(one)),
        keyOf,
      ),
    )
    for (const [key, all] of old ?? []) {
      const others = now?.get(key) ?? []
      if (all.length !== others.length || all.length > most) continue
      for (const [at, one] of all.entries()) {
        const other = others[at]
        if (other) found.set(one, other)
        if (other) taken.add(other)
      }
    }
  }
  const taken = new Set<Step>()
  pair(({ key }) => key, mostSteps)
  pair(({ shape }) => shape, 1)
  return before.flatMap((one): [Step, Step][] => {
    const other = found.get(one)
    return other ? [[one, other]] : []
  })
}

/** Whether of two statements only one is done: they are of other cases, or the first of a case that leaves. */
function areApart(first: Step, second: Step): boolean {
  const at = first.path.findIndex(
    ({ of, slot }, index) => of !== second.path[index]?.of || slot !== second.path[index]?.slot,
  )
  const [one, other] = [first.path, second.path].map((path) => path[at < 0 ? path.length - 1 : at])
  if (one && other && one.of === other.of && one.of.kind === 'if' && one.slot !== other.slot) return true
  if (one?.of.kind === 'case' && other?.of.kind === 'case' && one.of !== other.of) return true
  // What comes after it where it stands leaves.
  return first.path.slice(at < 0 ? first.path.length : at).some(({ of, slot, after }) => {
    const isCase = (of.kind === 'if' && slot >= 2) || of.kind === 'case' || of.kind === 'handler'
    return isCase && after.some(isLeaving)
  })
}

/** Whether a statement is done for what it does, or only for what it gives; null where it asks nothing of anything else. */
function doneBy(stmt: Tree, module: Module): boolean | null {
  const [target, value] = setBy(stmt)
  if (value === null) return null
  if (target === null) return acts(value, module) ? stmt.kind !== 'return' : null
  if (/^(?:member|index)$/.test(target.kind)) return true
  // What is made of a class is there for what it is.
  const isClass = module.language === 'python' && /^[A-Z]/.test(value.slots[0]?.kids[0]?.text ?? '')
  const isMade = value.kind === 'call' && (value.text === 'new' || isClass)
  if (!(isMade ? partsAt(value).slice(1).flat() : [value]).some((e) => acts(e, module))) return null
  // Of Go what only gives an error is done for what it does.
  return (
    module.language === 'go' &&
    within(target).every(({ kind, text }) => kind !== 'name' || isError.test(text))
  )
}
const isError = /^(?:_|err\w*|\w+Err)$/

/** What a statement sets, and to what. */
function setBy(stmt: Tree): [target: Tree | null, value: Tree | null] {
  const [first, second] = partsAt(stmt)
  if (stmt.kind === 'let') return [first?.[0] ?? null, second?.[0] ?? null]
  const e = first?.[0] ?? null
  if (e?.kind !== 'assign') return [null, e]
  const [target, value] = partsAt(e)
  return [target?.[0] ?? null, value?.[0] ?? null]
}

/** Whether anything is called there that may do something. */
function acts(e: Tree, module: Module): boolean {
  if (/^(?:func|class|log)$/.test(e.kind)) return false
  if (e.kind === 'call') {
    const [callee] = partsAt(e)[0] ?? []
    const how = { isMethod: callee?.kind === 'member', given: partsAt(e).slice(1).flat().length }
    if (!callee || !isAsking(callee.text, how, module)) return true
  }
  return kidsOf(e).some((kid) => acts(kid, module))
}

function orderMatters(one: Step, other: Step, module: Module): 'surely' | 'perhaps' | null {
  if (!one.isDone && !other.isDone) return null
  const [a, b] = [one.tree, other.tree]
  if (areOfOtherKeys(a, b)) return null
  const [set, alsoSet] = [setPath(a), setPath(b)]
  const isSet = (set !== null && isGiven(set, b)) || (alsoSet !== null && isGiven(alsoSet, a))
  if (isSet) return 'surely'
  const shared = [...namesIn(a)].filter((name) => namesIn(b).has(name))
  if (one.isDone && other.isDone) {
    const [called, calls] = [a, b].map(calledAlone)
    const isOfOne =
      called && calls && called.of !== null && called.of === calls.of && called.given === calls.given
    return isOfOne || shared.some((name) => isAnswerOf(name, module)) ? 'surely' : 'perhaps'
  }
  return shared.some((name) => !selves.has(name)) ? 'perhaps' : null
}
const selves = new Set(['this', 'self', 'super', 'cls'])

/** A call that stands alone: of what, and of what is given to it. */
function calledAlone(
  stmt: Tree,
): { of: number | null; given: number; name: string; args: readonly Tree[] } | null {
  const [target, value] = setBy(stmt)
  const call = value?.kind === 'unary' && value.text === 'await' ? kidsOf(value)[0] : value
  if (target !== null || call?.kind !== 'call') return null
  const [[callee] = [], args = [], named = []] = partsAt(call)
  const all = [...args, ...named]
  const of = callee?.kind === 'member' && all.length > 0 ? (kidsOf(callee)[0]?.exact ?? null) : null
  const given = all.reduce((sum, { exact }) => (Math.imul(sum, 31) + exact) | 0, 0)
  return { of, given, name: callee?.text ?? '', args: all }
}

/** Whether two statements set other members of one thing, or put things under other keys of it. */
function areOfOtherKeys(a: Tree, b: Tree): boolean {
  const [set, alsoSet] = [setPath(a), setPath(b)]
  if (set && alsoSet) return set.key !== alsoSet.key || set.of !== alsoSet.of
  const [one, other] = [a, b].map(calledAlone)
  const [[key, value] = [], [otherKey] = []] = [one?.args, other?.args]
  return (
    one != null &&
    other != null &&
    one.of !== null &&
    one.of === other.of &&
    one.name === other.name &&
    value !== undefined &&
    key !== undefined &&
    otherKey !== undefined &&
    /^(?:str|num|member)$/.test(key.kind) &&
    key.exact !== otherKey.exact
  )
}

/** What a statement sets: a member, or a property by its setter; `key`: which, `of`: the thing of which. */
function setPath(stmt: Tree): { of: number; key: string; name: string } | null {
  const [target] = setBy(stmt)
  const [of, at] = target ? kidsOf(target) : []
  if (target && of && /^(?:member|index)$/.test(target.kind))
    return { of: of.exact, key: target.kind === 'member' ? target.text : String(at?.exact), name: of.text }
  const e = kidsOf(stmt)[0]
  const [[callee] = [], args = []] = e?.kind === 'call' ? partsAt(e) : []
  const [holder] = callee?.kind === 'member' ? kidsOf(callee) : []
  if (stmt.kind !== 'expr' || !callee || !holder || args.length !== 1 || !setter.test(callee.text))
    return null
  return { of: holder.exact, key: callee.text, name: holder.text }
}
const setter = /^[sS]et_?[A-Z_]/

/** Whether what something is set of is handed on there as a whole. */
function isGiven({ of, name }: { of: number; name: string }, stmt: Tree): boolean {
  if (selves.has(name)) return false
  return within(stmt).some(
    (tree) =>
      tree.kind === 'call' &&
      partsAt(tree)
        .slice(1)
        .some((args) =>
          args.some((one) => one.exact === of || (one.kind === 'named' && kidsOf(one)[0]?.exact === of)),
        ),
  )
}

/** Whether a name is of what Go's handlers answer by, which goes out in its order. */
const isAnswerOf = (name: string, { language, text }: Module): boolean =>
  language === 'go' && new RegExp(`\\b${name}\\s+http\\.ResponseWriter\\b`).test(text)

function namesIn(tree: Tree): Set<string> {
  return new Set([...within(tree)].flatMap(({ kind, text }) => (kind === 'name' ? [text] : [])))
}
