import type { Expr } from './ir.ts'

/** What is waited for: a call that says so. */
export const awaited = (e: Expr): Expr => (e.k === 'call' ? { ...e, isAwaited: true } : e)
