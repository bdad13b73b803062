import { inOneLine } from '../facts/expression.ts'
import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Span, Stmt } from '../parse/ir.ts'
import { isOfInput } from './conditions.ts'
import { printValue } from './values.ts'
import type { Scope, Value } from './values.ts'

const maxText = 60
/** What is wrong with the code or the machine that it runs on, whatever is asked. */
const ofProgram =
  /(?:^|[./])(?:ClassNotFound|CloneNotSupported|IllegalAccess|Instantiation|Interrupted|InvalidAlgorithmParameter|InvocationTarget|NoSuch(?:Algorithm|Field|Method|Padding|Provider)|ReflectiveOperation|UnsupportedEncoding)Exception$/
/** What is written to or read from memory fails at nothing, and what code has made itself is written as JSON. */
const inMemory =
  /(?:^|\.)(?:ByteArray(?:In|Out)putStream|CharArray(?:Reader|Writer)|String(?:Reader|Writer|Buffer|Builder))(?:\(\))?$/
const writesJson = /\.writeValueAs(?:String|Bytes)\(/
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
  const pathOf = (one: Value) => (one.t === 'class' ? one.ref.cls.name : one.t === 'symbol' ? one.path : '')
  const path = type ? pathOf(type) : ''
  const isOfProgram = types.length > 0 && types.every((one) => ofProgram.test(pathOf(one)))
  // It is not known that a request could bring it about.
  if (isOfProgram || writesJson.test(codeOf(call, scope)) || (isOfIo.test(path) && isInMemory(call, scope)))
    return { condition: [[unsaid]], at: null }
  return {
    condition:
      path === '' || more.length > 0 || anyFailure.test(path)
        ? [[{ subject: `${text} failed`, op: 'present' }]]
        : [[{ subject: `${text} failed == ${path.split(/[./:]/).at(-1) ?? ''}`, op: 'true' }]],
    at: call,
  }
}

/** Whether a call fails at nothing, by what it is called: it writes a log, makes an answer, an error that is thrown, or reads a text of the request. */
export const isSafeCall = (e: Call, scope: Scope): boolean =>
  isSafe.test(codeOf(e, scope)) ||
  (e.isNew === true
    ? /(?:Error|Exception)$/.test(codeOf(e.callee, scope))
    : readsRequest.test(codeOf(e.callee, scope)))
const readsRequest =
  /\.(?:getHeader(?:String|s)?|getParameter|getCookies?|getUriInfo|getRequestURI|getPathInfo|getMethod|getAttribute|getRemote(?:Addr|User))$/

/** Errors of Java's own that no call need throw. */
export const isOfLanguage = (type: Value): boolean =>
  type.t === 'symbol' &&
  /(?:^|\.)(?:NullPointer|ClassCast|Arithmetic|\w*IndexOutOfBounds|NegativeArraySize|ArrayStore)Exception$/.test(
    type.path,
  )

type Call = Extract<Expr, { k: 'call' }>

const isOfIo = /(?:^|[./])IOException$/

// Whether all that it reads or writes by a name is in memory.
function isInMemory(call: Call, scope: Scope): boolean {
  const on = call.callee.k === 'member' ? [call.callee.of] : []
  return [...on, ...call.args.map(({ value }) => value)].some((e) => {
    const value = e.k === 'name' ? scope.get(e.name) : null
    const path = value?.t === 'symbol' ? value.path : e.k === 'call' && e.isNew ? codeOf(e.callee, scope) : ''
    return inMemory.test(path)
  })
}

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
