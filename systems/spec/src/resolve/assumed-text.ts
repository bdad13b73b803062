import { textOf, unset } from './values.ts'
import type { Value } from './values.ts'

/** The note of what settings may say otherwise: what it is where they don't. */
export class Default {
  readonly value: Value

  constructor(value: Value) {
    this.value = value
  }
}

/** What code outside gives a setting by its name with: `os.getenv`, `config`, `env.str`, an instance that is called. */
const givesSetting = /(?:^|[.)])(?:get\w*|str|string|text|env|config|setting|\w*\(\))$/i

/** A text that is wholly known, or what it is by default: that nothing was seen to set, or that a setting has where nothing says otherwise. Else null. */
export function assumedText(value: Value | undefined): string | null {
  if (value?.t !== 'symbol') return textOf(value)
  if (value.note === unset) return ''
  if (value.note instanceof Default) return assumedText(value.note.value)
  return value.path.endsWith('()') ? givenDefault(value) : null
}

// `os.getenv('PREFIX', '/api')`, `config('PREFIX', cast=str, default='/api')`.
function givenDefault({ path, args }: Extract<Value, { t: 'symbol' }>): string | null {
  const [name, second] = args
  if (name?.name !== null || textOf(name.value) === null) return null
  const said = args.find((arg) => arg.name !== null && /^(?:default(?:_value)?|fallback)$/.test(arg.name))
  if (said) return textOf(said.value)
  return second?.name === null && givesSetting.test(path.slice(0, -2)) ? textOf(second.value) : null
}
