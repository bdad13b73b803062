import type { Atom, Condition } from '../facts/condition.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { constant, nothing, printArgument, symbol, union } from '../resolve/values.ts'
import type { ArgValue, FuncValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { strategiesOf } from './credentials.ts'
import { failedSignIn, failedWithError, isMissing, isThere, kindsOf } from './signing-in.ts'
import { isCustomStrategy } from './passport-made.ts'

const authenticates = /^(?:passport|koa-passport|@fastify\/passport(?:\.default)?)\.authenticate$/

const functionIn = (args: readonly ArgValue[]): FuncValue | undefined =>
  args.flatMap(({ value }) => (value.t === 'func' ? [value] : []))[0]

/**
 * Middleware that passport makes with a function of the program's own (passport, "Custom Callback"): it is called where the middleware is, not where that is made.
 * Null of any other call.
 */
export function madeWithCallback(callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
  if (!authenticates.test(callee.path) || !functionIn(args)) return null
  const text = `${callee.text}(${args.map(({ value }) => printArgument(value)).join(', ')})`
  return symbol(`${callee.path}()`, text, { of: callee, args, site, isThere: true })
}

/**
 * Calls the function that such middleware was made with, as passport does: with what its strategy failed with, else with who was found, or `false` (passport, "Custom Callback").
 *
 * @param isNobody the request shows nothing of who calls
 */
export function callBack(interpreter: Interpreter, made: SymbolValue, site: Site, isNobody: boolean): void {
  const fn = authenticates.test(made.path.replace(/\(\)$/, '')) ? functionIn(made.args) : undefined
  if (!fn || interpreter.effects === null) return
  const names = strategiesOf(made)
  const kinds = kindsOf(names, interpreter.project)
  const found = symbol('?', 'user', { isThere: true })
  const call = (user: Value, error: Value = nothing) => {
    interpreter.outcomes(
      fn,
      [error, user, symbol('?', 'info')].map((value) => ({ name: null, value })),
      site,
    )
  }
  if (isNobody) {
    // Who comes to sign in shows it in the body, or is sent elsewhere first; what a program's own strategy asks for is not known.
    const isOpen = names.some((name) => name !== null && isCustomStrategy(name, interpreter.project))
    if (!kinds) call(isOpen ? found : constant(false))
    return
  }
  const [failed] = failedSignIn(names)
  const [kind] = kinds ?? []
  if (!failed) return
  if (kind?.sends) {
    const away: Condition = [kind.back.map(isMissing)]
    interpreter.within(away, () => interpreter.emit('respond', nothing, 302, site, { isFramework: true }))
  }
  const passed = failed.map((atom): Atom => ({ ...atom, op: 'absent' }))
  const rows: Condition =
    kind?.sends && kind.back.length > 0 ? kind.back.map((part) => [isThere(part)]) : [[]]
  const user = union([found, constant(false)])
  const when = [passed, failed].map((asked) => rows.map((row) => [...row, ...asked]))
  const before = interpreter.effects.length
  const broken = symbol('Error()', 'error', { isThere: true, site })
  const state = interpreter.hooks?.save()
  interpreter.within([[failedWithError(names)]], () => call(nothing, broken))
  interpreter.hooks?.restore(state)
  call(user.t === 'union' ? { ...user, when } : user)
  // Who comes to sign in is not asked to be signed in.
  if (kind)
    for (const effect of interpreter.effects.slice(before))
      effect.note = { ...effect.note, isSigningIn: true }
}
