/** What made handlers are made of. */

export const inputs = ['a', 'b', 'c'] as const
export const texts = ['x', 'y', 'z'] as const
export type Input = (typeof inputs)[number]
/** A request's query, and a header `h`; `n` is only asked for as a number. */
export type Query = Record<Input | 'n' | 'h', string>
export type Literal = string | number | boolean

export type Test =
  | { k: 'and' | 'or'; left: Test; right: Test }
  | { k: 'not'; of: Test }
  | { k: 'is'; subject: Input; isEqual: boolean; text: string }
  | { k: 'helped'; subject: Input; text: string }
  | { k: 'missing'; subject: Input }
  | { k: 'flag'; name: string }
  | { k: 'filled'; name: string; kind: Kind }
  | { k: 'listed'; name: string }
  | { k: 'chosen'; name: string; isFirst: boolean }
  /** What a guard noted on the request. */
  | { k: 'marked'; name: string; isHigh: boolean }
  /** Whether an input is a text, asked in a way of the language. */
  | { k: 'asks'; which: number; subject: Input; text: string }

/** What handlers collect in. */
export type Kind = 'list' | 'map'

export type Step =
  | { k: 'let' | 'set'; name: string; value: Literal }
  | { k: 'if'; test: Test; body: Step[]; otherwise: Step[] }
  | { k: 'switch'; on: Input; cases: { text: string; body: Step[] }[]; rest: Step[] | null }
  /** What comes before and after a call that throws for `x`, and what takes that. */
  | { k: 'try'; before: Step[]; risk: Input; after: Step[]; caught: Step[] }
  | { k: 'look'; among: string[]; subject: Input; name: string }
  | { k: 'answer'; status: number }
  | { k: 'collect' | 'put'; name: string; kind: Kind; text: string }
  /** What stands under a key in a table that is written out. */
  | { k: 'table'; name: string; subject: Input; keys: string[] }
  /** A helper that refuses by itself. */
  | { k: 'refuse'; subject: Input; text: string; status: number }
  /** A round for each of a few texts that may end the handler. */
  | { k: 'each'; among: string[]; subject: Input; body: Step[] }
  /** What a helper gives back says whether to go on, and with what status not. */
  | { k: 'result'; subject: Input; text: string; status: number; name: string }
  /** A round for each of a few texts that goes on to the next one unless it is that of the request. */
  | { k: 'skip'; among: string[]; subject: Input; body: Step[] }
  /** One of two texts, asked later. */
  | { k: 'choose'; name: string; test: Test }
  /** A helper that asks another one, which refuses. */
  | { k: 'deep'; subject: Input; other: Input; text: string; status: number }
  /** One of two statuses. */
  | { k: 'either'; test: Test; status: number; other: number }
  /** What refuses in a way of the language. */
  | {
      k: 'way'
      shape: Shape
      which: number
      subject: Input
      other: Input
      text: string
      status: number
      second: number
      name: string
    }
  /** What is done if an input is a text, within something of the language. */
  | { k: 'around'; which: number; subject: Input; text: string; name: string; body: Step[] }

/** What comes before handlers: it refuses, lets paths pass and notes something on the request. */
export interface MadeGuard {
  name: string
  where: 'all' | 'group' | 'route'
  steps: Step[]
  /** Whether its `c` is the header. */
  ofHeader: boolean
  /** The paths that it asks nothing of. */
  passes: readonly string[]
  /** It notes `high` under its mark for this text, else `low`. */
  mark: { name: string; subject: Input; text: string } | null
}

export interface MadeHandler {
  name: string
  steps: Step[]
  guards?: readonly MadeGuard[]
  isGrouped?: boolean
}

export const pathOf = ({ name, isGrouped }: Pick<MadeHandler, 'name' | 'isGrouped'>) =>
  `${isGrouped === true ? '/in' : ''}/${name}`

/** What is refused: with one status (1), with another one (2), or not (0). */
export const shapes = {
  is: (x, _z, y) => (x === y ? 1 : 0),
  both: (x, z, y) => (x === y && z !== '' ? 1 : 0),
  needed: (x, _z, y) => (x === '' ? 1 : x === y ? 0 : 2),
  first: (x, z, y) => (x === y ? 1 : z === y ? 2 : 0),
  among: (x) => (x === 'x' || x === 'y' ? 0 : 1),
  optional: (x) => (x === '' || x === 'x' || x === 'y' ? 0 : 1),
  number: (n) => (!/^\d+$/.test(n) ? 1 : Number(n) > 3 ? 2 : 0),
  mapped: (x, _z, y) => (x === y ? 1 : 0),
} satisfies Record<string, (x: string, z: string, y: string) => 0 | 1 | 2>
export type Shape = keyof typeof shapes

/** Statuses that are said where errors are taken, not where they are made. */
export const mapped = [418, 421, 426, 428, 429, 431] as const

/** What stands for the parts of a step: `y` is a literal, `answer` a statement that answers a status. */
export interface Use {
  x: string
  z: string
  y: string
  status: number
  second: number
  name: string
  answer: (status: string) => string
}

/** Ways of a language to refuse, and what they need beside handlers. */
export interface Ways {
  help: string
  /** Files of their own. */
  files?: Record<string, string>
  steps: Partial<Record<Shape, readonly ((use: Use) => string)[]>>
  tests?: readonly ((x: string, y: string) => string)[]
  around?: readonly ((use: Use, body: string) => string)[]
}
