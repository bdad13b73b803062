import type { Class, Func, Module, Span, Stmt } from '../../parse/ir.ts'
import { isExpr, walk } from '../../parse/walk.ts'

/** A text that comes where another one stands; where there is none at `path` yet, a file. */
export interface Edit {
  path: string
  start: number
  end: number
  text: string
}

/** A change of code, and where it is. */
export interface Change {
  kind: string
  edits: Edit[]
  path: string
  /** The place by which it is known which operations it is of. */
  start: number
}

/** A function with what it stands in. */
export interface Place {
  module: Module
  fn: Func
  /** The innermost class, where the function is a member of it. */
  cls: Class | null
  /** The statement of the file that it is a part of. */
  top: Stmt
  /** Functions that it stands in, the outermost first. */
  around: Func[]
}

export const isFunc = (node: object): node is Func => 'params' in node && 'headEnd' in node
const isClass = (node: object): node is Class => 'members' in node && 'headEnd' in node

export function functionsIn(module: Module): Place[] {
  const found: Place[] = []
  const look = (value: unknown, top: Stmt, cls: Class | null, around: Func[]): void =>
    walk(value, (node) => {
      if (isClass(node)) {
        for (const member of node.members) add(member, top, node, around)
        look([node.fields, node.body, node.inner, node.setUp], top, null, around)
        return false
      }
      if (!isFunc(node)) return true
      add(node, top, null, around)
      return false
    })
  const add = (fn: Func, top: Stmt, cls: Class | null, around: Func[]) => {
    if (fn.hasBody) found.push({ module, fn, cls, top, around })
    look(fn.body, top, null, [...around, fn])
  }
  for (const top of module.body) look(top, top, null, [])
  return found
}

/** The statements of a function, list by list, without those of functions in it. */
export function blocksIn(fn: Func): Stmt[][] {
  const found: Stmt[][] = []
  const look = (all: Stmt[]): void => {
    found.push(all)
    for (const stmt of all)
      if (stmt.k === 'if') [stmt.whenTrue, stmt.whenFalse].forEach(look)
      else if (stmt.k === 'loop' || (stmt.k === 'block' && stmt.managers === undefined)) look(stmt.body)
      else if (stmt.k === 'try') [stmt.body, ...stmt.handlers.map(({ body }) => body)].forEach(look)
  }
  look(fn.body)
  return found.filter((all) => all.length > 0)
}

export const textOf = ({ text }: Module, { start, end }: Span): string => text.slice(start, end)

/** The line or lines on which something stands, with the last one's end; null where something else stands there too. */
export function linesOf({ text, language }: Module, { start, end }: Span): Span | null {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const next = text.indexOf('\n', end)
  const to = next === -1 ? text.length : next + 1
  const before =
    language === 'java'
      ? /^\s*(?:final )?(?:[A-Z][\w.]*(?:<[\w<>?, ]*>)?(?:\[\])? |(?:int|long|boolean|double|byte\[\]) )?$/
      : /^\s*(?:(?:const|let|var) |await )?$/
  return before.test(text.slice(from, start)) && /^\s*;?\s*$/.test(text.slice(end, to))
    ? { start: from, end: to }
    : null
}

export const indentAt = ({ text }: Module, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? ''

/** Names that are read or set anywhere in code. */
export function namesIn(value: unknown): Set<string> {
  const names = new Set<string>()
  walk(value, (node) => void (isExpr(node, 'name') && names.add(node.name)))
  return names
}

/** Names that get another value where something is put into a target: not of a thing of which a part does. */
export function boundIn(target: unknown): Set<string> {
  const names = new Set<string>()
  walk(target, (node) => {
    if (isExpr(node, 'member') || isExpr(node, 'index')) return false
    if (isExpr(node, 'name')) names.add(node.name)
    return true
  })
  return names
}

/** Names that code sets, without functions in it. */
export function setIn(value: unknown): Set<string> {
  const names = new Set<string>()
  walk(value, (node) => {
    if (isFunc(node)) return false
    if ('target' in node) for (const name of boundIn(node.target)) names.add(name)
    if ('k' in node && node.k === 'loop' && 'vars' in node)
      for (const name of namesIn(node.vars)) names.add(name)
    if ('k' in node && node.k === 'func' && 'fn' in node) names.add((node.fn as Func).name)
    if ('types' in node && 'body' in node && 'name' in node) names.add(String(node.name))
    return true
  })
  for (const one of ['this', 'self', 'cls']) names.delete(one)
  return names
}

export const paramsOf = (fn: Func): string[] =>
  [...fn.params, ...(fn.receiver ? [fn.receiver] : [])].flatMap((one) =>
    one.pattern ? [...namesIn(one.pattern)] : [one.name],
  )

export function changedText(text: string, edits: readonly Edit[]): string {
  let changed = text
  for (const { start, end, text: by } of edits.toSorted((a, b) => b.start - a.start))
    changed = changed.slice(0, start) + by + changed.slice(end)
  return changed
}
