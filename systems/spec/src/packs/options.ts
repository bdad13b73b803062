import { each } from '../resolve/values.ts'
import type { Value } from '../resolve/values.ts'

/** What stands under a name of an object of options, or of an argument with that name. */
export function optionOf(value: Value | undefined, name: string): Value | undefined {
  for (const one of value ? each(value) : []) {
    if (one.t === 'object') return one.props.get(name)
    if (one.t === 'symbol') {
      const arg = one.args.find((given) => given.name === name)
      if (arg) return arg.value
      const [inner] = one.args
      if (inner?.value.t === 'object') return inner.value.props.get(name)
    }
  }
  return undefined
}
