import type { Module } from '../parse/ir.ts'
import type { PartNames } from './named-parts.ts'

/** The two versions of a file; null where one has none. */
export interface FileVersions {
  was: Module | null
  is: Module | null
}

/** A change of a part of code that no way of writing the same explains. */
export interface CodeChange {
  path: string
  symbol: string
  /** Lines of the code of now on which it is. */
  lines: number[]
  was: string
  is: string
  names: PartNames
  /** It is a whole statement of a file, or a whole part that a library is told of, that came or went. */
  isWhole: boolean
  /** Only checks come in another order. */
  isOrder: boolean
  /** Nothing but the order of what may have to do with each other: a note. */
  isUnsure: boolean
  /** First and last line of the function of an object that all of it stands in; null where it is in none. */
  method: [first: number, last: number] | null
  /** The class of which a field came or went; empty of anything else. */
  holder: string
  /** Names of the file that statements begin with in which it is: `app` of `app.use(…)`. */
  roots: string[]
}
