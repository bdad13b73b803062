import { failing } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { keptIn, onceFor } from '../facts/once-for.ts'
import type { Module } from '../parse/ir.ts'
import type { Project } from '../resolve/project.ts'
import type { Value } from '../resolve/values.ts'
import { isOfHeader, optionOf, strategiesOf } from './credentials.ts'

/** What passport answers by itself where callers come to sign in. */
export interface SignInAnswer {
  status: number
  /** When it does; empty where that is not known. */
  when: Condition
}

/** How a strategy signs callers in: it sends them to who knows them, or asks for a name and a password in the body. */
type Kind = { sends: true; back: readonly string[] } | { sends: false; fields: readonly string[] }

/**
 * What is answered where callers sign in by strategies of passport that are named so; null where one of these asks who calls by what a request shows. With redirects
 * for both ends nothing else is answered (passport, lib/middleware/authenticate.js); passport-local answers 400 to a body without what it asks for.
 */
export function signInAnswers(value: Value, project: Project): SignInAnswer[] | null {
  if (value.t !== 'symbol') return null
  const names = strategiesOf(value)
  const kinds = names.map((name) => (name === null ? null : kindOf(name, project)))
  const [kind] = kinds
  if (!kind || kinds.includes(null)) return null
  const isSentOn = optionOf(value.args, 'successRedirect') !== undefined
  const isSentBack = optionOf(value.args, 'failureRedirect') !== undefined
  if (isSentOn && isSentBack) return [{ status: 302, when: [] }]
  const [fails] = failing(`passport.authenticate(${names.map((name) => JSON.stringify(name)).join(', ')})`)
  const failed = fails as Atom[]
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

const isThere = (subject: string): Atom => ({ subject, op: 'present' })
const isMissing = (subject: string): Atom => ({ subject, op: 'absent' })

const kindOf = (name: string, { modules }: Project): Kind | null =>
  /^[\w-]+$/.test(name) && !isOfHeader(name)
    ? keptIn(kinds(modules), name, () => kindIn(name, modules))
    : null

/** Of each strategy what it is, as far as it was asked for. */
const kinds = onceFor((_modules: ReadonlyMap<string, Module>) => new Map<string, Kind | null>())

function kindIn(name: string, modules: ReadonlyMap<string, Module>): Kind | null {
  const made = new RegExp(
    `['"\`](?:passport-${name}[\\w-]*|@[\\w-]+/passport-${name}[\\w-]*|${name})['"\`]`,
    'i',
  )
  for (const { language, text } of modules.values()) {
    if (language !== 'javascript' || !made.test(text)) continue
    for (const code of strategyCode(text, name)) {
      if (comesBack.test(code)) return { sends: true, back: comesBackWith(code) }
      if (isOfBody(code, text, name)) return { sends: false, fields: fieldsOf(code) }
    }
  }
  return null
}

/**
 * What a strategy is made with that sends to who signs in: the address at which the caller comes back, or that to which he is sent (passport-oauth2, passport-openid,
 * passport-saml, passport-azure-ad, openid-client). Secrets of clients show nothing: others check them (passport-oauth2-client-password).
 */
const comesBack = /\b(?:callbackUR[Ll]|returnUR[Ll]|redirectUrl|redirect_uris?|entryPoint)\b/

// What a caller brings who comes back (passport-saml, `authenticate`; RFC 6749, 4.1.2); none where that is of another protocol, or not known (OpenID, OAuth 1).
function comesBackWith(code: string): string[] {
  if (/\bentryPoint\b/.test(code)) return ['body.SAMLResponse', 'query.SAMLResponse', 'query.SAMLRequest']
  return /\b(?:returnUR[Ll]|redirectUrl|consumerKey)\b/.test(code) ? [] : ['query.code', 'query.error']
}

/** Strategies that ask for a name and a password in the body (passport-local; passport-ldapauth, "Usage"). */
const bodyPackages = /^(?:passport-local|passport-ldapauth)$/

const isOfBody = (code: string, text: string, name: string): boolean =>
  importsOf(text, '[\\w-]+').some(
    ({ local, of }) =>
      bodyPackages.test(of) &&
      new RegExp(String.raw`\bnew\s+${local}\b`).test(code) &&
      (of === `passport-${name}` || new RegExp(`['"\`]${name}['"\`]`).test(text)),
  )

const fieldsOf = (code: string): string[] =>
  [
    ['usernameField', 'username'],
    ['passwordField', 'password'],
  ].map(
    ([option = '', usual]) =>
      `body.${new RegExp(String.raw`\b${option}:\s*['"\x60]([\w.-]+)['"\x60]`).exec(code)?.[1] ?? usual}`,
  )

/**
 * The code that makes the strategy of a name. Where a module makes several, that is its own `new` and, unless its options stand there in full, what follows up to the
 * next; where it makes one, the whole module may hold its options (`openid-client`'s stand in a client).
 */
function strategyCode(text: string, name: string): string[] {
  const [before = '', ...made] = text.split(/(?=\bnew\s+\w*Strategy\w*\s*[(<])/)
  if (made.length <= 1) return [text]
  const locals = importsOf(text, `${name}[\\w-]*`)
  return made.flatMap((part, at) => {
    const isOwn =
      locals.some(({ local }) => new RegExp(String.raw`^new\s+${local}\b`).test(part)) ||
      new RegExp(String.raw`['"\x60]${name}['"\x60]\s*,\s*$`).test(made[at - 1] ?? before)
    if (!isOwn) return []
    const call = callIn(part)
    return [/^[^(]*\(\s*\{/.test(call) && !call.includes('...') ? call : part]
  })
}

/** From `new` to the parenthesis that closes its arguments. */
function callIn(part: string): string {
  let depth = 0
  for (const { 0: one, index } of part.matchAll(/[()]/g)) {
    depth += one === '(' ? 1 : -1
    if (depth === 0) return part.slice(0, index + 1)
  }
  return part
}

/** Names under which a module knows packages of passport. */
const importsOf = (text: string, name: string): { local: string; of: string }[] =>
  [
    ...text.matchAll(
      new RegExp(
        String.raw`(\w+)\s*\}?\s*(?:=\s*require\s*\(\s*|from\s+)['"\x60](?:@[\w-]+/)?(passport-${name})['"\x60]`,
        'gi',
      ),
    ),
  ].map(([, local = '', of = '']) => ({ local, of }))
