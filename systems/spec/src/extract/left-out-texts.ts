import type { Lookup } from '../resolve/lookup.ts'
import type { ClassRef, Value } from '../resolve/values.ts'

/** Frameworks that send an error as JSON has it, where code gives them one as the answer (expressjs.com, "res.json()"; koajs.com, "response.body="; hono.dev, "json()"). */
const asJson = /^(?:Express|Koa|Hono)$/
/** Errors of the language (tc39.es/ecma262, "Error Objects"): what they say is no part that can be enumerated, and they have no `toJSON`. */
const ofLanguage = /^(?:Eval|Range|Reference|Syntax|Type|URI)?Error$/

/** An error of JavaScript's own that code makes. */
export const isPlainError = (value: Value): boolean =>
  value.t === 'object' && value.ref === null && value.props.has('@error')

/** Whether what an error says is not in the answer that it is given as: JSON has of it what its class keeps in it alone. */
export function leavesOutText(framework: string, lookup: Lookup, error: Value): boolean {
  if (!asJson.test(framework)) return false
  if (isPlainError(error)) return true
  if (error.t !== 'object' || error.ref?.module.language !== 'javascript') return false
  const own = lookup.orderOf(error.ref)
  const names = new Set(own.map(({ cls }) => cls.name))
  const others = lookup.ancestry(error.ref).filter((name) => !names.has(name))
  return (
    others.length > 0 && others.every((name) => ofLanguage.test(name)) && !own.some((one) => keepsText(one))
  )
}

// Where it sets its text again, or says itself what JSON has of it. What `super` has set stays as it is when it is set once more.
function keepsText({ cls, module: { text } }: ClassRef): boolean {
  if (cls.fields.some(({ name }) => name === 'message')) return true
  if (cls.members.some(({ name }) => name === 'message' || name === 'toJSON')) return true
  const code = text.slice(cls.start, cls.end)
  const isSetBefore = /\bextends\s+Error\b/.test(code) && /\bsuper\(\s*[^\s)]/.test(code)
  return (
    (!isSetBefore && /\bthis\.message\s*=(?!=)/.test(code)) ||
    /\b(?:public|private|protected|readonly)\s+message\b/.test(code) ||
    /\b(?:defineProperty|defineProperties|assign)\(\s*this\b/.test(code)
  )
}
