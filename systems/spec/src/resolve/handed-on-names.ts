import type { Module } from '../parse/ir.ts'
import type { Project } from './project.ts'

const allOf = /^[ \t]*from[ \t]+([A-Za-z_][\w.]*)[ \t]+import[ \t]+\*/gm

/**
 * Python: the package outside that a module of the program has all names of (`from pydantic.v1 import *`, also where another version stands in its stead), and that
 * a name which it does not have itself is of. Null where it may be of several.
 */
export function handedOnFrom(project: Project, module: Module, name: string): string | null {
  if (name.startsWith('_')) return null
  const sources = [...module.text.matchAll(allOf)]
    .flatMap(([, source]) => source ?? [])
    .filter((source) => project.resolve(module, source) === null)
  const [first, ...others] = sources
  const isOne = first !== undefined && others.every((one) => rootOf(one) === rootOf(first))
  return isOne ? first : null
}

const rootOf = (name: string): string => name.split('.')[0] ?? name
