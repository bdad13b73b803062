import type { Effect, Value } from '../resolve/values.ts'
import { defaultText } from './shapes.ts'

/** What each read of a part of a request gives where that is left out; nothing where others of the same part give something else, or nothing. */
export function defaultsOf(reads: readonly Effect[]): (effect: Effect) => { default?: string } {
  const keyOf = ({ note }: Effect) => `${String(note['in'])} ${String(note['name'])}`
  const textOf = ({ note }: Effect) => defaultText(note['otherwise'] as Value | undefined)
  const said = Map.groupBy(reads, keyOf)
  return (effect) => {
    const text = textOf(effect)
    const isOne = said.get(keyOf(effect))?.every((one) => textOf(one) === text) === true
    return text === undefined || !isOne ? {} : { default: text }
  }
}
