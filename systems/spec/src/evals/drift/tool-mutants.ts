import type { Expr, Span, Stmt } from '../../parse/ir.ts'
import { isLog } from '../../parse/code-words.ts'
import { isExpr, walk } from '../../parse/walk.ts'
import { blocksIn, isFunc, linesOf, textOf } from './code-places.ts'
import type { Change, Place } from './code-places.ts'
import { negated } from './refactorings.ts'

const boundaries: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
const turned: Record<string, string> = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' }
const sums: Record<string, string> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' }
const assigned: Record<string, string> = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' }
/** What Stryker calls in the place of a method. */
const otherMethods: Record<string, string> = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  startswith: 'endswith',
  endswith: 'startswith',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  upper: 'lower',
  lower: 'upper',
  ToUpper: 'ToLower',
  ToLower: 'ToUpper',
  HasPrefix: 'HasSuffix',
  HasSuffix: 'HasPrefix',
  some: 'every',
  every: 'some',
  anyMatch: 'allMatch',
  allMatch: 'anyMatch',
  min: 'max',
  max: 'min',
}
const leftOutMethods = /^(?:trim|strip|filter|sort|reverse|slice|sorted)$/

/**
 * What tools for mutation testing do to any code (operators of PIT, Stryker, mutmut and go-mutesting), at each place of a function: most of it is below the handlers,
 * and not all of it is seen by a client.
 */
export function toolMutantsOf({ module, fn }: Place): Change[] {
  const { path, text, language } = module
  const isPython = language === 'python'
  const found: Change[] = []
  const put = (kind: string, { start, end }: Span, by: string) => {
    if (text.slice(start, end) !== by)
      found.push({ kind, path, start, edits: [{ path, start, end, text: by }] })
  }
  const signIn = (e: Extract<Expr, { k: 'binary' }>, sign: string): Span | null => {
    const between = text.slice(e.left.end, e.right.start)
    const at = between.indexOf(sign)
    return at === -1 || /[<>=!+*/&|-]/.test(between.replace(sign, ''))
      ? null
      : { start: e.left.end + at, end: e.left.end + at + sign.length }
  }
  const drop = (kind: string, stmt: Span) => {
    const lines = linesOf(module, stmt)
    const indent = /^\s*/.exec(text.slice(lines?.start))?.[0] ?? ''
    if (lines) put(kind, lines, isPython ? `${indent}pass\n` : '')
  }
  const empty = (kind: string, body: readonly Stmt[]) => {
    const [first, last] = [body[0], body.at(-1)]
    if (first && last && text.slice(first.start, last.end).includes('\n') === body.length > 1)
      put(kind, { start: first.start, end: last.end }, isPython ? 'pass' : '')
  }
  for (const stmt of blocksIn(fn).flat()) {
    if (stmt.k === 'if' && stmt.before.length === 0) {
      put('conditional negated', stmt.test, negated(module, stmt.test))
      put('conditional removed', stmt.test, isPython ? 'True' : 'true')
      put('conditional never', stmt.test, isPython ? 'False' : 'false')
      empty('block removed', stmt.whenTrue)
      if (stmt.whenFalse[0]?.k !== 'if') empty('else removed', stmt.whenFalse)
    }
    if (stmt.k === 'loop') empty('block removed', stmt.body)
    if (stmt.k === 'expr' && stmt.e.k === 'call' && !isLogged(stmt.e)) drop('call removed', stmt)
    if (stmt.k === 'expr' && stmt.e.k === 'assign' && stmt.e.target.k !== 'name')
      drop('assignment removed', stmt)
    if (stmt.k === 'return' && stmt.value) returned(stmt.value)
    if (stmt.k === 'jump') {
      const word = textOf(module, stmt).replace(/;$/, '')
      const other: Record<string, string> = { break: 'continue', continue: 'break' }
      if (other[word]) put('jump', { start: stmt.start, end: stmt.start + word.length }, other[word])
    }
  }
  walk(fn.body, (node) => {
    if (isFunc(node)) return false
    if (isExpr(node, 'call') && isLogged(node)) return false
    if (isExpr(node, 'binary')) {
      for (const [kind, signs] of [
        ['boundary', boundaries],
        ['comparison turned', turned],
        ['arithmetic', sums],
      ] as const) {
        const isText =
          node.op === '+' && [node.left, node.right].some(({ k }) => k === 'str' || k === 'template')
        const by = isText ? undefined : signs[node.op]
        const at = by === undefined ? null : signIn(node, node.op)
        if (by !== undefined && at) put(kind, at, by)
      }
      const junctions = isPython
        ? { '&&': ['and', 'or'], '||': ['or', 'and'] }
        : { '&&': ['&&', '||'], '||': ['||', '&&'] }
      const [from, to] = (junctions as Record<string, string[]>)[node.op] ?? []
      const at = from === undefined ? null : text.slice(node.left.end, node.right.start).indexOf(from)
      if (from !== undefined && to !== undefined && at !== null && at >= 0)
        put('junction', { start: node.left.end + at, end: node.left.end + at + from.length }, to)
    }
    if (isExpr(node, 'assign') && assigned[node.op]) {
      const at = text.slice(node.target.end, node.value.start).indexOf(node.op)
      if (at >= 0)
        put(
          'assignment sign',
          { start: node.target.end + at, end: node.target.end + at + 2 },
          assigned[node.op] ?? '',
        )
    }
    if (isExpr(node, 'call')) called(node)
    if (isExpr(node, 'array') && node.items.length > 0 && /^\[.*\]$/s.test(textOf(module, node)))
      put('list emptied', node, '[]')
    if (
      isExpr(node, 'object') &&
      node.entries.length > 0 &&
      language !== 'go' &&
      /^\{.*\}$/s.test(textOf(module, node))
    )
      put('object emptied', node, '{}')
    if (isExpr(node, 'member') && language === 'javascript') {
      const sign = text.slice(node.of.end, node.end).indexOf('?.')
      if (sign === 0) put('optional chaining', { start: node.of.end, end: node.of.end + 2 }, '.')
    }
    return true
  })
  return found

  function isLogged(e: Extract<Expr, { k: 'call' }>): boolean {
    return isLog(textOf(module, e.callee))
  }

  function called({ callee, args }: Extract<Expr, { k: 'call' }>): void {
    if (callee.k === 'member') {
      const by = otherMethods[callee.name]
      const { end } = callee
      if (by !== undefined) put('method', { start: end - callee.name.length, end }, by)
    }
    for (const { value } of args) {
      const written = textOf(module, value)
      if (value.k === 'num' && /^\d+$/.test(written)) put('constant', value, String(value.value + 1))
      if (value.k === 'str' && /^(['"]).+\1$/.test(written))
        put('text emptied', value, written[0]?.repeat(2) ?? '')
      if (value.k === 'bool') put('constant', value, opposite(written))
    }
    const [first, second] = args
    if (first && second && args.length === 2 && first.name === null && second.name === null)
      found.push({
        kind: 'arguments swapped',
        path,
        start: first.value.start,
        edits: [
          { path, ...spanOf(first.value), text: textOf(module, second.value) },
          { path, ...spanOf(second.value), text: textOf(module, first.value) },
        ],
      })
    if (callee.k === 'member' && leftOutMethods.test(callee.name) && callee.of.k !== 'name') {
      const end = args.at(-1)?.value.end ?? callee.end + 1
      const close = text.indexOf(')', end - 1)
      if (close >= 0) put('method left out', { start: callee.of.end, end: close + 1 }, '')
    }
  }

  function returned(value: Expr): void {
    const written = textOf(module, value)
    if (value.k === 'bool') put('return value', value, opposite(written))
    else if (value.k === 'num') put('return value', value, String(value.value + 1))
    else if (value.k === 'str') put('return value', value, '""')
    else if (value.k !== 'null' && language !== 'go') put('return value', value, isPython ? 'None' : 'null')
  }
}

const spanOf = ({ start, end }: Span): Span => ({ start, end })
const opposite = (written: string): string =>
  ({ true: 'false', false: 'true', True: 'False', False: 'True' })[written] ?? written
