import { failing } from '../../facts/condition.ts'
import { joinPaths, templatesOf } from '../../packs/path.ts'
import type { Pack } from '../../packs/pack.ts'
import { spring } from '../../packs/spring/spring.ts'
import { methodOf } from '../../resolve/members.ts'
import { lineOf, nothing, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, ObjectValue, Site, Value } from '../../resolve/values.ts'
import type { FoundOperation } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'

/** A filter of the repository's own that answers a path by itself: whoever asks there signs in. */
interface SignInFilter {
  filter: ObjectValue & { ref: ClassRef }
  /** Where a chain is given it, and where its path is said. */
  site: Site
  saidAt: Site | null
  method: string
  path: string
  /** What answers in its stead, where the repository has the code; null where code outside does. */
  success: Value | null | undefined
  failure: Value | null | undefined
}

const processing = /\.security\.web\.authentication\.AbstractAuthenticationProcessingFilter$/
const byPassword = /\.security\.web\.authentication\.UsernamePasswordAuthenticationFilter$/
/** What code is handed a success and answers nothing answers 200. */
const answered: Pack = { ...spring, silentStatus: 200 }

/**
 * Spring Security ("Form Login", `AbstractAuthenticationProcessingFilter`): such a filter answers `POST /login`, or the path that it is made with or given, with what it
 * overrides of success and failure or what handlers of them do; of the framework's own, failure is 401 and success sends elsewhere.
 */
export function signInFilters(calls: Run['meaning']['noticed'], run: Run): SignInFilter[] {
  const { lookup } = run.interpreter
  return calls.flatMap(({ callee, args, site }): SignInFilter[] => {
    if (!/\.addFilter(?:Before|After|At)?$/.test(callee.path)) return []
    const filter = args[0]?.value
    if (filter?.t !== 'object' || !filter.ref) return []
    const { ref } = filter
    const bases = lookup.ancestry(ref)
    const isByPassword = bases.some((name) => byPassword.test(name))
    if (!isByPassword && !bases.some((name) => processing.test(name))) return []
    const own = calls.filter((one) => one.callee.of === filter)
    const last = (name: RegExp) => own.findLast((one) => name.test(one.callee.path))
    const said =
      last(/\.set(?:FilterProcessesUrl|RequiresAuthenticationRequestMatcher)$/) ??
      (isByPassword ? undefined : last(/^super:.*\.AbstractAuthenticationProcessingFilter$/))
    const place = said ? placeIn(said.args[0]) : isByPassword ? { method: '*', path: '/login' } : null
    if (!place) return []
    return [
      {
        filter: { ...filter, ref },
        site: lineOf(site),
        saidAt: said?.site ?? null,
        ...place,
        // Its own attempt takes no other method, nor does its own place.
        ...(isByPassword && (said === undefined || !lookup.method(ref, 'attemptAuthentication'))
          ? { method: 'POST' }
          : {}),
        success: last(/\.setAuthenticationSuccessHandler$/)?.args[0]?.value,
        failure: last(/\.setAuthenticationFailureHandler$/)?.args[0]?.value,
      },
    ]
  })
}

// `"/in"`, `new AntPathRequestMatcher("/in", "POST")`; null where its path is not known or there are several.
function placeIn(given: ArgValue | undefined): { method: string; path: string } | null {
  const value = given?.value
  const [first, second] = value?.t === 'symbol' ? value.args.map((one) => one.value) : [value]
  const [path, verb] = [textOf(first), textOf(second)]
  const method = verb ?? (second?.t === 'symbol' ? second.path.split('.').at(-1) : undefined)
  const isPath = path !== null && path.startsWith('/') && !/[*?{]/.test(path)
  return isPath ? { method: method ?? '*', path } : null
}

/** The operation that such a filter is. */
export function signInOperation(run: Run, one: SignInFilter): FoundOperation[] {
  const { interpreter } = run
  const { ref } = one.filter
  const methodIn = (of: Value | null | undefined, name: string): FuncValue | null => {
    if (!of || (of.t !== 'object' && of.t !== 'symbol') || !of.ref) return null
    const found = interpreter.lookup.method(of.ref, name)
    return found?.fn.hasBody === true ? methodOf(found, of) : null
  }
  const attempt = methodIn(one.filter, 'attemptAuthentication')
  const success =
    methodIn(one.filter, 'successfulAuthentication') ?? methodIn(one.success, 'onAuthenticationSuccess')
  const failure =
    methodIn(one.filter, 'unsuccessfulAuthentication') ?? methodIn(one.failure, 'onAuthenticationFailure')
  const site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
  const refuse = () =>
    interpreter.within(failing('authentication'), () => {
      if (failure) interpreter.outcomes(failure, [], site)
      else if (one.failure === undefined)
        interpreter.emit('answer-error', symbol('AuthenticationException'), 401, site, { isFramework: true })
    })
  // Of the framework's own it sends elsewhere; what code outside answers is not known.
  const sendOn = () => {
    if (!success && one.success === undefined)
      interpreter.emit('respond', nothing, 302, site, { isFramework: true })
  }
  return templatesOf(joinPaths([one.path], false), spring.syntax).map((template) => ({
    pack: success ? answered : spring,
    method: one.method,
    template,
    handlers: [attempt, success].filter((fn) => fn !== null),
    errors: [],
    site,
    through: [one.site, ...(one.saidAt ? [one.saidAt] : [])],
    args: [],
    options: new Map(),
    fn: null,
    around: [{ run: refuse }, { run: sendOn }],
    isSignIn: true,
  }))
}
