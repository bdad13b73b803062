import type { Expr, Func } from '../parse/ir.ts'

/** Steps from what is given on back to what that is made of, where it is made in another order. */
const maxRounds = 3

const known = new WeakMap<Func, ReadonlySet<number>>()

/**
 * Where calls begin in a function of Go whose values are given to one of `followed`, or given back:
 * what a program sets up for what routes its requests, and not beside it.
 */
export function neededCalls(fn: Func, followed: ReadonlySet<string>): ReadonlySet<number> {
  const before = known.get(fn)
  if (before) return before
  const names = new Set<string>()
  const needed = new Set<number>()
  known.set(fn, needed)
  const filling: Expr[] = []
  const kept: { target: Expr; value: Expr }[] = []
  const take = (value: unknown): void => {
    visit(value, (one) => {
      if (one.k === 'name' && isKept(one.name)) names.add(one.name)
      if (one.k === 'call') needed.add(one.start)
    })
  }
  visit(fn.body, (one) => {
    if (one.k === 'return') take(one.value)
    if (one.k === 'call' && followed.has(nameOf(one.callee))) take(one.args)
    // What a thing is given goes where that goes: `routes.Add("/loans", newLoans())`.
    if (one.k === 'call' && one.callee.k === 'member') kept.push({ target: one.callee.of, value: one })
    if ((one.k === 'let' || one.k === 'assign') && one.value) {
      kept.push({ target: one.target, value: one.value })
      if (!holds(one.target, isKept)) filling.push(one.value)
    }
    if (one.k === 'expr') filling.push(one.e)
  })
  // What a thing that is needed is made of is needed too.
  for (let round = 0; round < maxRounds; round++)
    for (const { target, value } of kept.toReversed()) {
      if (holds(target, (name) => names.has(name))) take(value)
    }
  // What is called for what it does with such a thing: `err := addLoans(routes, shelf)`.
  for (const one of filling)
    if (one.k === 'call' && holds(one.args, (name) => names.has(name))) needed.add(one.start)
  return needed
}

const isKept = (name: string) => name !== 'err' && name !== '_'

function holds(node: unknown, is: (name: string) => boolean): boolean {
  let found = false
  visit(node, (one) => (found ||= one.k === 'name' && is(one.name)))
  return found
}

type Node =
  | Extract<Expr, { k: 'name' | 'call' | 'assign' }>
  | { k: 'let'; target: Expr; value: Expr | null }
  | { k: 'return'; value: Expr | null }
  | { k: 'expr'; e: Expr }

function visit(node: unknown, see: (one: Node) => void): void {
  if (typeof node !== 'object' || node === null) return
  if ('k' in node) see(node as Node)
  for (const value of Object.values(node)) visit(value, see)
}

const nameOf = (e: Expr): string => (e.k === 'name' || e.k === 'member' ? e.name : '')
