import type { Value } from './values.ts'

/** Whether it is the method of the request, as code asks for it. */
export const isAskedMethod = (value: Value): boolean =>
  value.t === 'symbol' && /^request\.method(?:\.to(?:Upper|Lower)Case\(\))?$/.test(value.text)

export const isVerb = (name: string): boolean => /^(?:get|head|post|put|patch|delete|options)$/i.test(name)
