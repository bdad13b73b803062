import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

/** Whether a text was read from the body of a request. */
export function readsBody(value: Value | undefined, depth = 0): boolean {
  if (!value || depth > 6) return false
  return each(value).some((one) => {
    if (one.t !== 'symbol') return false
    if (
      /net\/http\.Request\(\)\.Body$|Context\(\)\.Request\.Body$|Context\(\)\.GetRawData\(\)$|Ctx\(\)\.Body(?:Raw)?\(\)$|RequestCtx\(\)\.(?:PostBody|Request\.Body)\(\)$|^(?:spark\.Request|io\.javalin\.http\.Context)\(\)\.body\(\)$/.test(
        one.path,
      )
    )
      return true
    return (
      readsBody(one.of ?? undefined, depth + 1) ||
      one.args.some(({ value: arg }) => readsBody(arg, depth + 1))
    )
  })
}

/** Calls of Go's `net/http` that send a request. */
const sentOut =
  /\bnet\/http\.(?:(?:Client(?:\(\)|\{\})?|DefaultClient)\.(?:Do|Get|Post|PostForm|Head)|Get|Post|PostForm|Head)\(\)/

/** What code of Go is handed of a request. */
const ofRequest = /net\/http\.Request\(\)|(?:Context|Ctx)\(\)/

/** Parts of a request that are none of its body (pkg.go.dev/net/http, "Request"). */
const besidesBody =
  /net\/http\.Request\(\)\.(?:URL|Header|Context|Cookies?|CookiesNamed|PathValue|Host|Method|RemoteAddr|RequestURI|Pattern|UserAgent|Referer|BasicAuth)\b/

/** Whether what is read may be a request: not where all that it was made of is known and none of it is one. */
export function mayReadRequest(value: Value, isGiven = false): boolean {
  const all = each(value)
  // Go: what is one of several is of one type: where one is what somebody else answered, so are the others.
  const areAnswers = all.some((one) => one.t === 'symbol' && sentOut.test(one.path))
  if (areAnswers && !all.some((one) => one.t === 'symbol' && ofRequest.test(one.path))) return false
  return all.some((one) => {
    if (one.t === 'const' || one.t === 'text') return false
    // What somebody else answered was asked with a request of the program's own.
    if (one.t === 'symbol' && (sentOut.test(one.path) || besidesBody.test(one.path))) return false
    if (isGiven && one.t === 'symbol' && one.path.startsWith('?')) return false
    if (one.t !== 'symbol' || one.ref || /^\?|net\/http\.Request\(\)|Context\(\)|^\w+\(\)/.test(one.path))
      return true
    const from = [...(one.of ? [one.of] : []), ...one.args.map((arg) => arg.value)]
    // What is only declared may be given anything, unless it is what something else is asked with; a package is no request.
    return from.length === 0
      ? !isGiven && one.path.endsWith('()')
      : from.some((inner) => mayReadRequest(inner, true))
  })
}
