import { failing } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import type { Project } from '../resolve/project.ts'
import type { Value } from '../resolve/values.ts'
import { isOfHeader, optionOf, strategiesOf } from './credentials.ts'
import { strategiesMade } from './passport-made.ts'
import type { MadeStrategy, Options } from './passport-made.ts'

/** What passport answers by itself where callers come to sign in. */
export interface SignInAnswer {
  status: number
  /** When it does; empty where that is not known. */
  when: Condition
}

/** How a strategy signs callers in: it sends them to who knows them, or asks for a name and a password in the body. */
export type Kind = { sends: true; back: readonly string[] } | { sends: false; fields: readonly string[] }

/**
 * What is answered where callers sign in by strategies of passport that are named so; null where one of these asks who calls by what a request shows. With redirects
 * for both ends nothing else is answered (passport, lib/middleware/authenticate.js); passport-local answers 400 to a body without what it asks for.
 */
export function signInAnswers(value: Value, project: Project): SignInAnswer[] | null {
  if (value.t !== 'symbol') return null
  const names = strategiesOf(value)
  const [kind] = kindsOf(names, project) ?? []
  if (!kind) return null
  const isSentOn = optionOf(value.args, 'successRedirect') !== undefined
  const isSentBack = optionOf(value.args, 'failureRedirect') !== undefined
  if (isSentOn && isSentBack) return [{ status: 302, when: [] }]
  const failed = failedSignIn(names)[0] ?? []
  const passed = failed.map((atom): Atom => ({ ...atom, op: 'absent' }))
  const answers: SignInAnswer[] = []
  const there = ({ fields }: { fields: readonly string[] }) => [fields.map(isThere)]
  const shown = kind.sends ? kind.back.map((part) => [isThere(part)]) : there(kind)
  const rows = shown.length > 0 ? shown : [[]]
  if (kind.sends) answers.push({ status: 302, when: kind.back.length > 0 ? [kind.back.map(isMissing)] : [] })
  else answers.push({ status: isSentBack ? 302 : 400, when: kind.fields.map((part) => [isMissing(part)]) })
  answers.push({ status: isSentBack ? 302 : 401, when: rows.map((row) => [...row, ...failed]) })
  if (isSentOn) answers.push({ status: 302, when: rows.map((row) => [...row, ...passed]) })
  return answers
}

export const isThere = (subject: string): Atom => ({ subject, op: 'present' })
export const isMissing = (subject: string): Atom => ({ subject, op: 'absent' })

const asking = (names: readonly (string | null)[]): string =>
  `passport.authenticate(${names.map((name) => JSON.stringify(name)).join(', ')})`

/** That none of passport's strategies that are named so finds who calls. */
export const failedSignIn = (names: readonly (string | null)[]): Condition => failing(asking(names))

/** That one of them can not say whether it does (passport, lib/middleware/authenticate.js, `strategy.error`). */
export const failedWithError = (names: readonly (string | null)[]): Atom => ({
  subject: `${asking(names)} failed == Error`,
  op: 'true',
})

/** How each of passport's strategies that are named so signs callers in; null where one of them asks who calls by what a request shows. */
export function kindsOf(names: readonly (string | null)[], project: Project): Kind[] | null {
  const kinds = names.map((name) => (name === null ? null : kindOf(name, project)))
  return kinds.length > 0 && kinds.every((kind) => kind !== null) ? kinds : null
}

const kindOf = (name: string, { modules }: Project): Kind | null => {
  if (isOfHeader(name)) return null
  for (const made of strategiesMade(modules)) {
    const isOwn =
      made.name === name || (made.name === null && made.of.startsWith(`passport-${name.toLowerCase()}`))
    const kind = isOwn ? kindBy(made) : null
    if (kind) return kind
  }
  return null
}

function kindBy({ of, options }: MadeStrategy): Kind | null {
  if ([...options.keys()].some((key) => comesBack.test(key)))
    return { sends: true, back: comesBackWith(options) }
  return bodyPackages.test(of) ? { sends: false, fields: fieldsOf(options) } : null
}

/**
 * What a strategy is made with that sends to who signs in: the address at which the caller comes back, or that to which he is sent (passport-oauth2, passport-openid,
 * passport-saml, passport-azure-ad, openid-client). Secrets of clients show nothing: others check them (passport-oauth2-client-password).
 */
const comesBack = /^(?:callbackUR[Ll]|returnUR[Ll]|redirectUrl|redirect_uris?|entryPoint)$/

// What a caller brings who comes back (passport-saml, `authenticate`; RFC 6749, 4.1.2); none where that is of another protocol, or not known (OpenID, OAuth 1).
function comesBackWith(options: Options): string[] {
  if (options.has('entryPoint')) return ['body.SAMLResponse', 'query.SAMLResponse', 'query.SAMLRequest']
  return ['returnURL', 'returnUrl', 'redirectUrl', 'consumerKey'].some((key) => options.has(key))
    ? []
    : ['query.code', 'query.error']
}

/** Strategies that ask for a name and a password in the body (passport-local; passport-ldapauth, "Usage"). */
const bodyPackages = /^(?:passport-local|passport-ldapauth)$/

/** The parts of the body in which strategies of passport-local look (README, "Configure Strategy"). */
export const fieldsOf = (options: Options): string[] =>
  [
    ['usernameField', 'username'],
    ['passwordField', 'password'],
  ].map(([option = '', usual]) => {
    const given = options.get(option)
    return `body.${given?.k === 'str' ? given.value : usual}`
  })
