import { methodNamed, nameOf } from './names.ts'
import { knownText, pathIn } from './values.ts'
import type { TestRequest, TestValue } from './values.ts'
import { statusNamed } from '../../packs/status.ts'
import type { Class, Expr, Func } from '../../parse/ir.ts'

const verb = /^(?:get|post|put|patch|delete|head|options)(?:mapping|exchange)?$/i

/**
 * What a method of an interface asks for that is only declared, as clients of Micronaut, of Spring, of JAX-RS, Feign and Retrofit are:
 * `@Get("/{id}") Loan find(Long id);` in `@Client("/loans")`. Null where it declares no request.
 */
export function requestDeclared(
  fn: Func,
  cls: Class | null,
  valueOf: (e: Expr) => TestValue,
): TestRequest | null {
  if (fn.hasBody || cls?.kind !== 'interface') return null
  const said = fn.decorators.find((one) => verb.test(nameOf(one)))
  const method = said ? methodNamed(nameOf(said).replace(/(?:Mapping|Exchange)$/, '')) : null
  if (!said || !method) return null
  const above = cls.decorators.find((one) =>
    /^(?:Client|Path|RequestMapping|HttpExchange)$/.test(nameOf(one)),
  )
  const textIn = (decorator: Expr | undefined) => {
    if (decorator?.k !== 'call') return null
    const given = decorator.args.find(({ name }) => name === null || /^(?:value|path|uri|url)$/.test(name))
    return given ? knownText(valueOf(given.value)) : null
  }
  const own = textIn(said) ?? textIn(fn.decorators.find((one) => nameOf(one) === 'Path'))
  const base = textIn(above) ?? ''
  // The name of a service, or where it is: not a path.
  const path = `/${/^[\w-]*$|^\$/.test(base) && !base.startsWith('/') ? '' : base}/${own ?? ''}`.replaceAll(
    /\/+/g,
    '/',
  )
  return { method, path: pathIn({ t: 'text', parts: [path.replace(/(?<=.)\/$/, '')] }) ?? ['/'] }
}

/** The status that an error of a client is for: `NotFoundException.class`, `HttpClientErrorException.Conflict.class`. */
export function statusOfError(e: Expr | undefined): number | null {
  const name = e?.k === 'name' || e?.k === 'member' ? e.name : ''
  const bare = name.replace(/(?:Client)?(?:Error|Exception)$/, '')
  if (bare === name && e?.k !== 'member') return null
  return bare === 'NotAuthorized' ? 401 : bare === 'NotAllowed' ? 405 : statusNamed(bare)
}

/** Calls that run what they are given and give what it failed with. */
export const catches = (name: string) =>
  /^(?:assertThrows|assertThrowsExactly|expectThrows|assertThatThrownBy|assertThatExceptionOfType|isThrownBy|catchThrowable|catchThrowableOfType|catchException|thrownBy)$/.test(
    name,
  )

/** Calls that make of a function the one that is called with what comes of a request: Vert.x's tests. */
export const handsOver = (name: string) =>
  /^(?:succeeding|failing|asyncAssert(?:Success|Failure))$/.test(name)
