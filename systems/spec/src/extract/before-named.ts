import { textOf } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

const says = /\.\w*(?:message|detail|text|reason|format)\w*\(\)$/i

/** Java: what is made in a chain, before calls that put something under a name (`.header("Retry-After", "5")`, `.embedded("errors", all)`): that is no text of it. */
export function beforeNamed(value: Value): Value {
  if (value.t !== 'symbol' || value.site?.module.language !== 'java') return value
  const { args, of, path } = value
  const made = of?.t === 'symbol' ? of.of : null
  const isNamed = args.length === 2 && textOf(args[0]?.value) !== null && !says.test(path)
  return isNamed && made?.t === 'symbol' && made.path.endsWith('()') ? beforeNamed(made) : value
}
