import type { Expr, Func, Stmt } from '../parse/ir.ts'
import { namesIn } from './places.ts'

const settings = new WeakMap<Expr, readonly Stmt[]>()

/** The statements of a function before a test that set the variables which it names, in order. */
export function settingsOf(test: Expr, { body }: Func): readonly Stmt[] {
  const known = settings.get(test)
  if (known) return known
  const found: Stmt[] = []
  const names = new Set(namesIn(test))
  const visit = (stmts: readonly Stmt[]): void => {
    for (const stmt of stmts) {
      if (stmt.start >= test.start) return
      if (stmt.k === 'let' && stmt.target.k === 'name' && stmt.value && names.has(stmt.target.name))
        found.push(stmt)
      for (const inner of bodiesOf(stmt)) visit(inner)
    }
  }
  visit(body)
  settings.set(test, found)
  return found
}

function bodiesOf(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.k) {
    case 'if':
      return [stmt.before, stmt.whenTrue, stmt.whenFalse]
    case 'loop':
    case 'block':
      return [stmt.body]
    case 'try':
      return [stmt.body, ...stmt.handlers.map(({ body }) => body), stmt.finally]
    case 'switch':
      return stmt.cases.map(({ body }) => body)
    default:
      return []
  }
}
