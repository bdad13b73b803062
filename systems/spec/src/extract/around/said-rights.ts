/*
 * Expressions of Spring Security ("Expressing Authorization with SpEL"): `hasRole('keeper') or @dues.arePaid(#id)`.
 */

/** What an expression asks of who calls. */
export interface AskedRight {
  /** It asks for one of some roles and rights, and for nothing else. */
  isOfRoles: boolean
  /** It lets nobody pass who is not signed in. */
  isOfSignedIn: boolean
}

/** Of an expression's words those that join others, brackets around others, and what stands between them. */
function partsOf(text: string, joined: RegExp): string[] {
  const parts: string[] = []
  let [depth, from, quote] = [0, 0, '']
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === "'" || sign === '"') quote = sign
    else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    else if (depth === 0) {
      const found = joined.exec(text.slice(at))?.[0]
      if (found === undefined || (/\w/.test(text[at - 1] ?? '') && /^\w/.test(found))) continue
      parts.push(text.slice(from, at))
      at += found.length - 1
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].map((one) => one.trim())
}

const isOr = /^(?:or\b|\|\|)/i
const isAnd = /^(?:and\b|&&)/i
const ofRoles = /^has(?:Any)?(?:Role|Authority)\(\s*(?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))*\s*\)$/
const ofSignedIn = /^is(?:Fully)?Authenticated\(\)$/

export function rightAsked(text: string): AskedRight {
  const all = text.trim()
  const either = partsOf(all, isOr)
  if (either.length > 1) {
    const each = either.map(rightAsked)
    return {
      isOfRoles: each.every(({ isOfRoles }) => isOfRoles),
      isOfSignedIn: each.every(({ isOfSignedIn }) => isOfSignedIn),
    }
  }
  const both = partsOf(all, isAnd)
  if (both.length > 1)
    return { isOfRoles: false, isOfSignedIn: both.some((one) => rightAsked(one).isOfSignedIn) }
  if (/^\([^]*\)$/.test(all)) return rightAsked(all.slice(1, -1))
  const isOfRoles = ofRoles.test(all) && !/anonymous/i.test(all)
  return { isOfRoles, isOfSignedIn: isOfRoles || ofSignedIn.test(all) }
}
