import { isLog } from '../parse/code-words.ts'
import type { Module } from '../parse/ir.ts'
import type { CodePart } from './code-tree.ts'

/** How a part of a file is called. */
export interface PartNames {
  /** Its own; of a statement of the file the first name in it that the file declares. Empty where it has none. */
  name: string
  /** The class that it is of; empty of what is in none. */
  owner: string
  /** Of parts of the same file that name it, or that name such a part: the nearest first. */
  namers: string[]
}

/** Names in a text, whatever they stand for. */
export const tokensOf = (text: string): Set<string> => new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))

/** Who names a part of a file there. */
export function namesOf(
  part: CodePart,
  parts: ReadonlyMap<string, CodePart>,
  { text, language }: Module,
): PartNames {
  const textOf = ({ trees }: CodePart) => trees.map(({ start, end }) => text.slice(start, end)).join('\n')
  const rest = [...parts.values()].flatMap((one) => {
    const symbols = one.symbol.split('.').filter((symbol) => !makers.test(symbol))
    return one === part || symbols.length === 0 ? [] : [{ symbols, tokens: tokensOf(textOf(one)) }]
  })
  const own = part.symbol.split('.')
  const declared = new Set(rest.flatMap(({ symbols }) => symbols))
  const named = [...tokensOf(textOf(part).replace(/^(?:module\.)?exports\./, ''))]
  const name = part.symbol === '' ? (named.find((one) => declared.has(one)) ?? '') : (own.at(-1) ?? '')
  // Classes in classes of Python say how the outer one is to be taken (`Meta`).
  const owner = (language === 'python' && own.length > 1 ? own[0] : own.at(-2)) ?? ''
  const known = new Set([name, owner])
  const namers: string[] = []
  for (let from = -1; from < namers.length && namers.length < mostNamers; from++) {
    const looked = from < 0 ? [name, owner].filter((one) => one !== '') : [namers[from] ?? '']
    for (const { symbols, tokens } of rest)
      if (looked.some((one) => tokens.has(one)))
        for (const one of symbols.toReversed())
          // A log has the name of its class for who reads it.
          if (!known.has(one) && !isLog(`${one}.info`)) {
            known.add(one)
            namers.push(one)
          }
  }
  return { name, owner, namers }
}
const mostNamers = 20
const makers = /^(?:|constructor|__init__)$/
