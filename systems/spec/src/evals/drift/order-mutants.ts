import type { Expr, Stmt } from '../../parse/ir.ts'
import { isExpr, walk } from '../../parse/walk.ts'
import { blocksIn, isFunc, linesOf, textOf } from './code-places.ts'
import type { Change, Place } from './code-places.ts'
import { leavesBy } from './refactorings.ts'

/** What comes before something else, or only in some cases, and does so no more. */
export function orderMutantsOf({ module, fn }: Place): Change[] {
  const { path, text } = module
  const found: Change[] = []
  const exchange = (kind: string, a: { start: number; end: number }, b: { start: number; end: number }) =>
    found.push({
      kind,
      path,
      start: a.start,
      edits: [
        { path, ...a, text: text.slice(b.start, b.end) },
        { path, ...b, text: text.slice(a.start, a.end) },
      ],
    })
  const isCheck = (stmt: Stmt) =>
    stmt.k === 'if' && stmt.before.length === 0 && stmt.whenFalse.length === 0 && leavesBy(stmt.whenTrue)
  const said = (stmt: Stmt) => (stmt.k === 'if' ? stmt.whenTrue.map((one) => textOf(module, one)).join() : '')
  for (const block of blocksIn(fn))
    for (const [at, stmt] of block.entries()) {
      const next = block[at + 1]
      const [lines, after] = [linesOf(module, stmt), next ? linesOf(module, next) : null]
      if (next && lines && after && isCheck(stmt)) {
        if (isCheck(next) && said(stmt) !== said(next)) exchange('checks swapped', lines, after)
        if (next.k === 'expr' && isEffect(next.e)) exchange('check after effect', lines, after)
      }
      const [first] = stmt.k === 'if' ? stmt.whenTrue : []
      const set = first && linesOf(module, first)
      const isSet = first?.k === 'expr' && first.e.k === 'assign'
      if (
        stmt.k !== 'if' ||
        !isSet ||
        !lines ||
        !set ||
        stmt.whenTrue.length < 2 ||
        stmt.whenFalse.length > 0
      )
        continue
      found.push({
        kind: 'set in any case',
        path,
        start: stmt.start,
        edits: [
          { path, ...set, text: '' },
          {
            path,
            start: lines.start,
            end: lines.start,
            text: text.slice(set.start, set.end).replace(/^(?: {2,4}|\t)/, ''),
          },
        ],
      })
    }
  walk(fn.body, (node) => {
    if (isFunc(node)) return false
    if (isExpr(node, 'call')) routed(node)
    return true
  })
  return found

  function routed({ callee, args }: Extract<Expr, { k: 'call' }>): void {
    const name = callee.k === 'member' ? callee.name : ''
    const [first, a, b] = args.map(({ value }) => value)
    if (!/^(?:get|post|put|patch|delete|GET|POST|PUT|PATCH|DELETE)$/.test(name) || args.length < 4) return
    if (first?.k === 'str' && a && b && textOf(module, a) !== textOf(module, b))
      exchange('guards swapped', a, b)
  }
}

const isEffect = (e: Expr): boolean =>
  e.k === 'call' && !(e.callee.k === 'member' && /log|debug|info|warn/i.test(JSON.stringify(e.callee)))
