import { constant, textOf } from './values.ts'
import type { ArgValue, SymbolValue, Value } from './values.ts'

/** Go: what `strings` takes a text that is known apart into (`Cut`, `CutPrefix`, `CutSuffix`, `Fields`); null of anything else. */
export function takenApart({ path }: SymbolValue, args: readonly ArgValue[]): Value | null {
  const [, name = ''] = /^strings\.(Cut(?:Prefix|Suffix)?|Fields)$/.exec(path) ?? []
  const text = name === '' ? null : textOf(args[0]?.value)
  if (text === null) return null
  if (name === 'Fields') return listed(text.split(/\s+/).filter((word) => word !== ''))
  const by = textOf(args[1]?.value)
  if (by === null) return null
  if (name === 'CutPrefix')
    return text.startsWith(by) ? listed([text.slice(by.length), true]) : listed([text, false])
  if (name === 'CutSuffix')
    return text.endsWith(by) ? listed([text.slice(0, text.length - by.length), true]) : listed([text, false])
  const at = text.indexOf(by)
  return at < 0 ? listed([text, '', false]) : listed([text.slice(0, at), text.slice(at + by.length), true])
}

const listed = (all: readonly (string | boolean)[]): Value => ({
  t: 'list',
  items: all.map(constant),
  isOpen: false,
})
