import type { Expr, Stmt } from '../parse/ir.ts'

/** Whether code of Python fails of nothing but what it raises itself: it calls nothing, asks no part of anything and does no sums. */
export const isPlainCode = (stmts: readonly Stmt[]): boolean => stmts.every(isPlain)

function isPlain(stmt: Stmt): boolean {
  switch (stmt.k) {
    case 'if':
      return (
        stmt.before.every(isPlain) && isWord(stmt.test) && isPlainCode([...stmt.whenTrue, ...stmt.whenFalse])
      )
    case 'throw':
      return stmt.value === null || isWord(stmt.value) || isMade(stmt.value)
    case 'return':
      return stmt.value === null || isWord(stmt.value)
    case 'let':
      return stmt.target.k === 'name' && (stmt.value === null || isWord(stmt.value))
    case 'expr':
      return isWord(stmt.e)
    case 'jump':
      return true
    default:
      return false
  }
}

const isMade = (e: Expr): boolean =>
  e.k === 'call' && e.callee.k === 'name' && e.args.every(({ value }) => isWord(value))

function isWord(e: Expr): boolean {
  switch (e.k) {
    case 'str':
    case 'num':
    case 'bool':
    case 'null':
    case 'name':
      return true
    case 'unary':
      return e.op === 'not' && isWord(e.of)
    case 'binary':
      return /^(?:[=!]==?|&&|\|\||is|is not)$/.test(e.op) && isWord(e.left) && isWord(e.right)
    case 'assign':
      return e.op === '=' && e.target.k === 'name' && isWord(e.value)
    default:
      return false
  }
}
