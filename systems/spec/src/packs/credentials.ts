import type { Credential } from '../facts/fact.ts'
import { onceFor } from '../facts/once-for.ts'
import type { Module } from '../parse/ir.ts'
import { dotted } from '../parse/javascript-nodes.ts'
import { callsIn } from './passport-made.ts'
import type { Project } from '../resolve/project.ts'
import type { ArgValue, Value } from '../resolve/values.ts'
import { textOf } from '../resolve/values.ts'
import type { Lookup, Refusal } from './pack.ts'
import { argOf } from './status.ts'

/** RFC 6750 and RFC 7617. */
export const bearer: Credential = { in: 'header', name: 'authorization', scheme: 'bearer' }
export const basic: Credential = { in: 'header', name: 'authorization', scheme: 'basic' }

/** The cookie of a session, by the name that a framework gives it. */
export const sessionCookie = (name: string): Credential => ({ in: 'cookie', name, scheme: '' })

/** Where passport-jwt's extractors look (passport-jwt, README, "Included extractors"). */
const extractors =
  /\bExtractJwt\.(fromAuthHeaderAsBearerToken|fromAuthHeaderWithScheme|fromHeader|fromUrlQueryParameter)$/

/** The names of strategies that passport is called with; null for one that is not known. */
export function strategiesOf(value: Value): (string | null)[] {
  const given = value.t === 'symbol' ? argOf(value.args, 0) : undefined
  return (given?.t === 'list' ? given.items : [given]).map((item) => textOf(item))
}

/**
 * Whether one of passport's strategies that are named so passes on whoever comes: `session` finds who is signed in, if anybody is (passport,
 * lib/strategies/session.js), and so does passport-anonymous. With a function of its own to call, what becomes of the caller is that function's (passport,
 * "Custom Callback").
 */
export const letsAllPass = (value: Value): boolean =>
  value.t === 'symbol' &&
  /^(?:passport|koa-passport|@fastify\/passport(?:\.default)?)\.authenticate\(\)$/.test(value.path) &&
  (strategiesOf(value).some((name) => name === 'session' || name === 'anonymous') ||
    value.args.slice(1).some((arg) => arg.value.t === 'func'))

/** What code from outside asks of a request, as its pack says. */
export function credentialsAsked(
  asks: NonNullable<Refusal['asks']>,
  value: Value,
  project: Project,
): readonly Credential[] {
  if (asks === 'strategies') return strategyCredentials(value, project)
  if (asks === 'transports') return distinctCredentials(transportCredentials(value))
  return 'option' in asks ? lookedUpBy(asks, value) : asks
}

/** Echo and Fiber ("KeyAuth", "JWT"): `header:Authorization:Bearer ,cookie:token`. */
function lookedUpBy({ option, otherwise }: Lookup, value: Value): readonly Credential[] {
  const text = value.t === 'symbol' ? textOf(optionOf(value.args, option)) : null
  if (text === null) return otherwise
  return text.split(',').flatMap((one): Credential[] => {
    const [, place, name = '', scheme = ''] = /^\s*(header|cookie|query):([^:]+)(?::(.*))?$/.exec(one) ?? []
    if (place !== 'header' && place !== 'cookie' && place !== 'query') return []
    if (place !== 'header') return [{ in: place, name, scheme: '' }]
    const isOfHeader = name.toLowerCase() === 'authorization'
    return [
      {
        in: place,
        name: name.toLowerCase(),
        scheme: isOfHeader ? scheme.trim().toLowerCase() || 'bearer' : '',
      },
    ]
  })
}

/** What an option of a call is given as: by its name, in an object, or in a struct of the package. */
export function optionOf(args: readonly ArgValue[], option: string): Value | undefined {
  for (const { name, value } of args) {
    if (name === option) return value
    const own =
      value.t === 'object'
        ? value.props.get(option)
        : value.t === 'symbol' && value.path.endsWith('Config()')
          ? value.args.find((one) => one.name === option)?.value
          : undefined
    if (own) return own
  }
  return undefined
}

/** FastAPI Users ("Transports"): by what the backends that it is made with carry a token. */
function transportCredentials(value: Value): Credential[] {
  if (value.t === 'list') return value.items.flatMap(transportCredentials)
  if (value.t !== 'symbol') return []
  if (value.path.endsWith('.BearerTransport()')) return [bearer]
  if (value.path.endsWith('.CookieTransport()'))
    return [sessionCookie(textOf(argOf(value.args, { at: 0, name: 'cookie_name' })) ?? 'fastapiusersauth')]
  return [...(value.of ? [value.of] : []), ...value.args.map((arg) => arg.value)].flatMap(
    transportCredentials,
  )
}

/** Whether a strategy of passport that is named so looks for what every request shows, and signs nobody in. */
export const isOfHeader = (name: string): boolean => /^(?:bearer|basic)$|jwt/i.test(name)

/** What strategies of passport that are named so ask of a request: `jwt` by the extractors that the program makes. */
function strategyCredentials(value: Value, project: Project): Credential[] {
  return strategiesOf(value).flatMap((name): readonly Credential[] => {
    if (name === 'bearer') return [bearer]
    if (name === 'basic') return [basic]
    return name !== null && /jwt/i.test(name) ? jwtCredentials(project) : []
  })
}

const jwtCredentials = ({ modules }: Project): readonly Credential[] => extractedIn(modules)

const extractedIn = onceFor((modules: ReadonlyMap<string, Module>): readonly Credential[] => {
  const found = [...modules.values()]
    .filter(({ language, text }) => language === 'javascript' && text.includes('ExtractJwt'))
    .flatMap(callsIn)
    .flatMap(({ callee, args }): Credential[] => {
      const made = extractors.exec(dotted(callee) ?? '')?.[1]
      const [first] = args
      const name = first?.value.k === 'str' ? first.value.value : ''
      if (made === undefined) return []
      if (made === 'fromHeader') return [{ in: 'header', name: name.toLowerCase(), scheme: '' }]
      if (made === 'fromUrlQueryParameter') return [{ in: 'query', name, scheme: '' }]
      return [made === 'fromAuthHeaderWithScheme' ? { ...bearer, scheme: name.toLowerCase() } : bearer]
    })
  return distinctCredentials(found)
})

export function distinctCredentials(all: readonly Credential[]): Credential[] {
  return [...new Map(all.map((one) => [`${one.in} ${one.name} ${one.scheme}`, one])).values()]
}

/** FastAPI's schemes by class (fastapi.tiangolo.com, "Security"): null where it is none of them. */
export function schemeCredential(
  name: string,
  args: readonly { name: string | null; value: Value }[],
): Credential | null {
  const cls = name.replace(/\(\)$/, '').split('.').at(-1) ?? ''
  const key = /^APIKey(Header|Cookie|Query)$/.exec(cls)?.[1]?.toLowerCase()
  if (key === 'header' || key === 'cookie' || key === 'query') {
    const own = textOf(
      args.find((arg) => arg.name === 'name')?.value ?? args.find((arg) => arg.name === null)?.value,
    )
    return own === null ? null : { in: key, name: key === 'header' ? own.toLowerCase() : own, scheme: '' }
  }
  if (/^HTTPBasic$/.test(cls)) return basic
  return /^(?:HTTPBearer|OAuth2\w*|OpenIdConnect)$/.test(cls) ? bearer : null
}

/** Headers that say nothing of who calls: of browsers, of proxies, of forged requests and of the body (RFC 9110; Fetch, "Forbidden request-headers"). */
export const impersonal =
  /^(?:accept.*|content-.*|host|origin|referer|user-agent|(?:x-)?forwarded(?:-.*)?|(?:x-)?real-ip|(?:true|x)-client-ip|cf-connecting-ip|via|.*(?:csrf|xsrf).*|sec-.*|if-.*|range|connection|upgrade)$/i
/** Queries hold anything; only those that are named for it show who calls. */
export const personal = /token|key|auth|jwt|secret|session/i

/** Whether a part of a request may show who calls. */
export const mayShow = (place: string, name: string): boolean =>
  place === 'cookie' ||
  (place === 'header' && !impersonal.test(name)) ||
  (place === 'query' && personal.test(name))
