import { posix } from 'node:path'
import { shown } from '../facts/expression.ts'
import type { Atom } from '../facts/condition.ts'
import type { Module } from '../parse/ir.ts'
import type { Answer } from './observation.ts'

/** `auth.Keepers`: a variable of a package, or a part of a variable. */
const named = /^([a-z]\w*)\.[A-Za-z]\w*$/

/** Whether an atom asks for what a package of Go holds, as the code names it that answers, or its own package: no request decides that. */
export function asksGoPackage(answers: readonly Answer[]): (atom: Atom) => boolean {
  const modules = [
    ...new Set(answers.flatMap(({ site, through }) => [site, ...through].map(({ module }) => module))),
  ].filter(({ language }) => language === 'go')
  const packages = new Set(modules.flatMap(packagesOf))
  return ({ subject }) => {
    const of = named.exec(shown(subject))?.[1]
    return of !== undefined && packages.has(of)
  }
}

const packagesOf = ({ body, package: own }: Module): string[] => [
  ...(own ? [own] : []),
  ...body.flatMap((stmt) =>
    stmt.k === 'import'
      ? stmt.names.map(({ local, imported }) =>
          imported === null && local ? local : posix.basename(stmt.source),
        )
      : [],
  ),
]
