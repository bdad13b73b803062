import type { Value } from './values.ts'

/** Whether it is the method of the request, as code asks for it. */
export const isAskedMethod = (value: Value): boolean =>
  value.t === 'symbol' && /^request\.method(?:\.to(?:Upper|Lower)Case\(\))?$/.test(value.text)

export const isVerb = (name: string): boolean => /^(?:get|head|post|put|patch|delete|options)$/i.test(name)

/** Whether a test asks for the method of a request alone: of one that is known it always says the same. */
export const asksMethod = (test: string): boolean =>
  /^[\w.()]+\.(?:[mM]ethod|getMethod\(\))\s*[!=]==?\s*(?:(['"])[A-Z]+\1|http\.Method[A-Z]\w+)$/.test(test)
