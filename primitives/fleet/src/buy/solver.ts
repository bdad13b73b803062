import { HeavyliftError } from '@heavylift/core'
import * as highsModule from 'highs'

export interface LinearProgram {
  columns: { name: string; cost: number; upper?: number; isInteger?: boolean }[]
  rows: { name: string; terms: [factor: number, column: string][]; sign: '<=' | '>=' | '='; right: number }[]
}

export interface Solved {
  objective: number
  /** No solution is below. */
  bound: number
  values: Record<string, number>
  /** Of rows, and reduced costs of columns; of a program without integers only. */
  duals: Record<string, number>
  reduced: Record<string, number>
}

/** The LP format of CPLEX, which every solver reads. Minimises; columns are 0 at least. */
export function writeLp({ columns, rows }: LinearProgram): string {
  const term = (factor: number, name: string) =>
    `${factor < 0 ? '-' : '+'} ${Math.abs(factor).toPrecision(15)} ${name}`
  const lines = (terms: string[]) =>
    terms.map((one, i) => (i > 0 && i % 8 === 0 ? `\n ${one}` : one)).join(' ')
  const integers = columns.filter(({ isInteger }) => isInteger === true)
  return [
    'Minimize',
    ` cost: ${lines(columns.filter(({ cost }) => cost !== 0).map(({ cost, name }) => term(cost, name)))}`,
    'Subject To',
    ...rows
      .filter(({ terms }) => terms.length > 0)
      .map(
        ({ name, terms, sign, right }) =>
          ` ${name}: ${lines(terms.map(([factor, column]) => term(factor, column)))} ${sign} ${right.toPrecision(15)}`,
      ),
    'Bounds',
    ...columns.flatMap(({ name, upper }) => (upper === undefined ? [] : [` 0 <= ${name} <= ${upper}`])),
    ...(integers.length > 0 ? ['General', ...integers.map(({ name }) => ` ${name}`)] : []),
    'End',
    '',
  ].join('\n')
}

/** The part of the package that is used here; its own types describe another entry. */
interface Highs {
  solve(
    program: string,
    options: Record<string, unknown>,
  ): {
    Status: string
    ObjectiveValue: number
    Columns: Record<string, { Primal: number; Dual?: number }>
    Rows: { Name: string; Dual?: number }[]
  }
}

/** Of one integer program. */
const mostSeconds = 15

export interface Solver {
  /** @throws HeavyliftError `not-solved` when there is no optimum */
  solve(program: string, gap: number): Solved
  /** A program with integers; null when it takes too long. */
  solveWhole(program: string, gap: number): Solved | null
}

/** HiGHS in WebAssembly, loaded once a call. */
export async function openHighs(): Promise<Solver> {
  const { default: load } = highsModule as unknown as { default: () => Promise<Highs> }
  const highs = await load()
  const run = (program: string, gap: number, options: Record<string, unknown>): Solved | null => {
    const solution = highs.solve(program, { mip_rel_gap: gap, output_flag: false, ...options })
    if (solution.Status === 'Time limit reached') return null
    if (solution.Status !== 'Optimal') throw notSolved(solution.Status)
    const values: Record<string, number> = {}
    const reduced: Record<string, number> = {}
    for (const [name, column] of Object.entries(solution.Columns)) {
      values[name] = column.Primal
      if (column.Dual !== undefined) reduced[name] = column.Dual
    }
    const duals: Record<string, number> = {}
    for (const row of solution.Rows) if (row.Dual !== undefined) duals[row.Name] = row.Dual
    return {
      objective: solution.ObjectiveValue,
      bound: solution.ObjectiveValue * (1 - gap),
      values,
      duals,
      reduced,
    }
  }
  return {
    solve(program, gap) {
      const solved = run(program, gap, {})
      if (solved === null) throw notSolved('Time limit reached')
      return solved
    },
    solveWhole: (program, gap) => run(program, gap, { time_limit: mostSeconds }),
  }
}

const notSolved = (status: string) =>
  new HeavyliftError({
    code: 'not-solved',
    message: `The solver ends with "${status}". Look at the limits.`,
    status: 422,
  })
