import type { Credential } from '../../facts/fact.ts'
import { basic, bearer, distinctCredentials, sessionCookie } from '../../packs/credentials.ts'
import type { ClassRef, Value } from '../../resolve/values.ts'
import { symbol, textOf } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'
import { impersonal } from '../../packs/credentials.ts'

/** What classes of authentication look at (django-rest-framework.org, "Authentication"; Simple JWT; Knox; Django OAuth Toolkit). */
const known: readonly { of: RegExp; credential: Credential }[] = [
  { of: /(?:JWT|OAuth2|JSONWebToken)\w*Authentication$/, credential: bearer },
  { of: /BasicAuthentication$/, credential: basic },
  { of: /SessionAuthentication$/, credential: sessionCookie('sessionid') },
  { of: /TokenAuthentication$/, credential: { in: 'header', name: 'authorization', scheme: 'token' } },
]

/** What shows who calls a view of REST framework's, by the classes that authenticate; those that it has where nobody named any. */
export function authenticationCredentials(run: Run, classes: readonly Value[]): Credential[] {
  if (classes.length === 0) return [sessionCookie('sessionid'), basic]
  return distinctCredentials(
    classes.flatMap((one): Credential[] => {
      if (one.t === 'symbol') return byName(one.path.replace(/\(\)$/, ''))
      return one.t === 'class' ? ofClass(run, one.ref) : []
    }),
  )
}

const byName = (name: string): Credential[] =>
  known
    .filter(({ of }) => of.test(name))
    .slice(0, 1)
    .map(({ credential }) => credential)

// By what it reads of the request, else by what it extends; `keyword` says how its header is written.
function ofClass({ interpreter }: Run, ref: ClassRef): Credential[] {
  const method = interpreter.lookup.method(ref, 'authenticate')
  const { effects } = interpreter.record(() =>
    method
      ? interpreter.outcomes(
          {
            t: 'func',
            fn: method.fn,
            scope: method.owner.scope,
            self: null,
            owner: method.owner,
            module: method.owner.module,
            marks: [],
          },
          [{ name: null, value: symbol('django:request', 'request') }],
          { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name },
        )
      : [],
  )
  const read = effects.flatMap(({ kind, note }): Credential[] => {
    const name = String(note['name'])
    if (kind !== 'read') return []
    if (note['in'] === 'header')
      return impersonal.test(name) ? [] : [{ in: 'header', name: name.toLowerCase(), scheme: '' }]
    return note['in'] === 'cookie' ? [{ in: 'cookie', name, scheme: '' }] : []
  })
  if (read.length > 0) return read
  const field = interpreter.lookup.field(ref, 'keyword') ? interpreter.staticMember(ref, 'keyword') : null
  const keyword = textOf(field ?? undefined)
  const [first] = interpreter.lookup.ancestry(ref).slice(1).flatMap(byName)
  if (!first) return []
  return [keyword !== null && first.scheme === 'token' ? { ...first, scheme: keyword.toLowerCase() } : first]
}
