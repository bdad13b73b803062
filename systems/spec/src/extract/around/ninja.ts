import { unknownCaller } from '../../facts/condition.ts'
import type { Credential } from '../../facts/fact.ts'
import { basic, bearer, sessionCookie } from '../../packs/credentials.ts'
import type { Stmt } from '../../parse/ir.ts'
import { methodOf } from '../../resolve/members.ts'
import { printValue, symbol, textOf } from '../../resolve/values.ts'
import type { Site, Value } from '../../resolve/values.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'

/** What Django Ninja asks of who calls before an operation runs (django-ninja.dev, "Authentication"): that of the operation, its router or the API, the nearest. */
export function ninjaAround(run: Run, { options, site }: FoundOperation): readonly Around[] {
  const given = options.get('auth')
  const all = (given?.t === 'list' ? given.items : given ? [given] : []).filter(({ t }) => t !== 'const')
  if (all.length === 0 || all.some((one) => printValue(one).endsWith('NOT_SET'))) return []
  return [{ run: () => authenticate(run, all, site) }]
}

function authenticate(run: Run, all: readonly Value[], site: Site): void {
  const { interpreter } = run
  const [first] = all
  if (!first) return
  const at = (first.t === 'symbol' || first.t === 'object' ? first.site : null) ?? site
  if (all.some((one) => takesAnybody(run, one))) return
  for (const one of all) {
    interpreter.emit('sign-in', one, null, at, { credentials: credentialsOf(run, one) })
    const method = one.t === 'object' && one.ref ? interpreter.lookup.method(one.ref, 'authenticate') : null
    const fn = one.t === 'func' ? one : method ? methodOf(method, one) : null
    // What it raises by itself is answered, what it gives back is only asked for.
    if (fn)
      interpreter.outcomes(
        fn,
        [symbol('django:request', 'request'), symbol('?', 'credentials')].map((value) => ({
          name: null,
          value,
        })),
        site,
      )
  }
  interpreter.within([[unknownCaller]], () =>
    interpreter.raise(symbol('ninja.errors.AuthenticationError()', 'AuthenticationError'), at),
  )
}

/** Something whoever calls: `return True`, `return super().__call__(request) or Nobody()`. */
const givesAnyway = /^(?:.*\bor\s+)?(?:True|'[^']+'|"[^"]+"|[A-Z]\w*\([^()]*\))\s*$/

/** Whether what code gives for who calls is something whoever that is: then nobody is refused. */
function takesAnybody({ interpreter }: Run, value: Value): boolean {
  const method = value.t === 'object' && value.ref ? interpreter.lookup.method(value.ref, '__call__') : null
  const fn = value.t === 'func' ? value : method ? methodOf(method, value) : null
  if (!fn || mayEnd(fn.fn.body)) return false
  const given = [...fn.module.text.slice(fn.fn.headEnd, fn.fn.end).matchAll(/^\s*return\b(.*)$/gm)]
  return given.length > 0 && given.every(([, what = '']) => givesAnyway.test(what.trim()))
}

// Whether code may come to its end, and then gives nothing.
const mayEnd = (body: readonly Stmt[]): boolean => {
  const last = body.at(-1)
  if (!last) return true
  if (last.k === 'if') return mayEnd(last.whenTrue) || mayEnd(last.whenFalse)
  if (last.k === 'try') return mayEnd(last.body) || last.handlers.some((one) => mayEnd(one.body))
  return last.k !== 'return' && last.k !== 'throw'
}

function credentialsOf({ interpreter }: Run, value: Value): Credential[] {
  const ref = value.t === 'object' ? value.ref : null
  const names = ref ? interpreter.lookup.ancestry(ref) : value.t === 'symbol' ? [value.path] : []
  const named = ref ? textOf(interpreter.staticMember(ref, 'param_name') ?? undefined) : null
  const is = (name: string) => names.some((one) => one.replace(/\(\)$/, '').endsWith(`.${name}`))
  if (is('HttpBearer')) return [bearer]
  if (is('HttpBasicAuth')) return [basic]
  if (is('APIKeyHeader') && named !== null) return [{ in: 'header', name: named.toLowerCase(), scheme: '' }]
  if (is('APIKeyQuery') && named !== null) return [{ in: 'query', name: named, scheme: '' }]
  if (is('APIKeyCookie') && named !== null) return [{ in: 'cookie', name: named, scheme: '' }]
  return names.some((one) => /django_auth|SessionAuth/.test(one)) ? [sessionCookie('sessionid')] : []
}
