import { inOneLine } from '../facts/expression.ts'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Span, Stmt } from '../parse/ir.ts'
import { isOfInput } from './conditions.ts'
import { printValue } from './values.ts'
import type { Scope, Value } from './values.ts'

const maxText = 60
/** They say nothing of what failed. */
const anyFailure = /(?:^|[./])(?:Exception|Throwable|RuntimeException|Error)$/
/** What writes a log or makes an answer fails at nothing. */
const isSafe =
  /^(?:LOG|LOGGER|\w*[lL]og(?:ger)?|ResponseEntity|Response|HttpResponse|RestResponse|ServerResponse)\./

/** Java: that a block came to its handler, by the one call in it that may fail; which of several did nobody can tell. */
export function failed(
  tried: readonly Stmt[],
  types: readonly Value[],
  scope: Scope,
): { condition: Condition; at: Span | null } {
  const calls = tried.flatMap(callsIn)
  const [call, ...others] = calls.filter((one) => one === null || !isSafe.test(codeOf(one, scope)))
  const text = call && others.length === 0 ? named(call, scope) : null
  if (!call || text === null) return { condition: [[unsaid]], at: null }
  const [type, ...more] = types
  const path = type?.t === 'class' ? type.ref.cls.name : type?.t === 'symbol' ? type.path : ''
  return {
    condition:
      path === '' || more.length > 0 || anyFailure.test(path)
        ? [[{ subject: `${text} failed`, op: 'present' }]]
        : [[{ subject: `${text} failed == ${path.split(/[./:]/).at(-1) ?? ''}`, op: 'true' }]],
    at: call,
  }
}

type Call = Extract<Expr, { k: 'call' }>

// The calls of a statement that are in no other; null for what is not taken apart.
function callsIn(stmt: Stmt): (Call | null)[] {
  if (stmt.k === 'expr') return outermost(stmt.e)
  if (stmt.k === 'let' || stmt.k === 'return') return stmt.value ? outermost(stmt.value) : []
  return [null]
}

function outermost(e: Expr): (Call | null)[] {
  switch (e.k) {
    case 'call':
      return [e]
    case 'as':
    case 'unary':
    case 'member':
      return outermost(e.of)
    case 'assign':
      return outermost(e.value)
    case 'name':
    case 'str':
    case 'num':
    case 'bool':
    case 'null':
      return []
    default:
      return [null]
  }
}

const codeOf = ({ start, end }: { start: number; end: number }, { module }: Scope) =>
  inOneLine(module.text.slice(start, end))

// As it stands in the code, but for what is of the request; a long one without what it is given.
function named(call: Call, scope: Scope): string | null {
  const callee = codeOf(call.callee, scope)
  const name = call.isNew ? `new ${callee}` : callee
  if (name.length > maxText || /[{}"]|->/.test(name)) return null
  const args = call.args.map(({ value }) => codeOf(value, scope)).join(', ')
  const given = args.replaceAll(/(?<![\w."])[a-z]\w*(?![\w("])/g, (one) => {
    const value = scope.get(one)
    const text = value ? printValue(value) : ''
    return isOfInput(text) ? text : one
  })
  return `${name}(${given.length > maxText || /[{}"]|->/.test(given) ? '…' : given})`
}
