import type { ScenarioCase } from './scenario-case.ts'

/** Many cases, made one by one when they are asked for: a hundred thousand need no memory. */
export interface Suite {
  name: string
  count: number
  /** It has these cases and no more: none can be drawn by `n`. */
  isFixed?: boolean
  /** Case `index` from 0. It depends on the suite and the index alone. Throws RangeError outside. */
  at(index: number): ScenarioCase
}

export interface SuiteOptions {
  /** How many cases to draw, where the suite draws. */
  n?: number
  /** Of the draws and of what is random in the scenarios. Default 1. */
  seed?: number
  /** Where roads and catalogs of scenario files are looked for that are not where these say. */
  maps?: readonly string[]
  /** Cases that every class should have, where the suite shares them out: `byClass` by name, `any` for the others. */
  least?: { any: number; byClass: Record<string, number> }
}

/** A part of a suite: `count` cases of one scenario. */
export interface SuitePart {
  count: number
  isFixed?: boolean
  at(index: number): ScenarioCase
}
