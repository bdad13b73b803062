import type { Expr } from './ir.ts'

/** Visits a tree; `visit` that returns false keeps out of what it was given. */
export function walk(value: unknown, visit: (node: object) => boolean | void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit)
  else if (typeof value === 'object' && value !== null && visit(value) !== false)
    for (const one of Object.values(value)) walk(one, visit)
}

/** Whether a node of a tree is an expression of a kind. */
export const isExpr = <K extends Expr['k']>(node: object, k: K): node is Extract<Expr, { k: K }> =>
  'k' in node && node.k === k && 'start' in node
