import type { CodeWords } from './code-words.ts'

// The form that all languages are brought to. Offsets are UTF-16, as parsers count them; evidence turns them into bytes.

export interface Span {
  start: number
  end: number
}

export interface Argument {
  /** Of a keyword argument or an element of an annotation. */
  name: string | null
  value: Expr
}

export type Expr = Span &
  (
    | { k: 'str'; value: string }
    | { k: 'num'; value: number }
    | { k: 'bool'; value: boolean }
    /** `isUndefined`: JavaScript's other one. */
    | { k: 'null'; isUndefined?: true }
    | { k: 'regex'; source: string }
    | { k: 'template'; parts: Expr[] }
    | { k: 'name'; name: string }
    | { k: 'member'; of: Expr; name: string }
    /** `typeArgs`: where it is a function of Go with several types. */
    | { k: 'index'; of: Expr; at: Expr; typeArgs?: TypeRef[] }
    /** `isAwaited`: what it gives is waited for. */
    /** `typeArgs`: Go's, of a function that is called with its types. */
    | {
        k: 'call'
        callee: Expr
        args: Argument[]
        isNew: boolean
        types?: TypeRef[]
        typeArgs?: TypeRef[]
        isAwaited?: true
      }
    | { k: 'func'; fn: Func }
    | { k: 'class'; cls: Class }
    | { k: 'array'; items: Expr[] }
    /** `type` is the name before a composite literal. A null key spreads the value. */
    | { k: 'object'; entries: { key: Expr | null; value: Expr }[]; type: TypeRef | null }
    | { k: 'binary'; op: string; left: Expr; right: Expr }
    | { k: 'unary'; op: string; of: Expr }
    | { k: 'cond'; test: Expr; whenTrue: Expr; whenFalse: Expr }
    /** `skips`: how many of the first are left out (`rest[1:]...` of Go). */
    | { k: 'spread'; of: Expr; skips?: number }
    /** A value that is said to be of a type (Go's assertion). */
    | { k: 'as'; of: Expr; type: TypeRef }
    /** A list made by one expression for each of `over`, or for those of them that `tests` let through. */
    | { k: 'each'; vars: Expr; over: Expr; body: Expr; tests: Expr[] }
    | { k: 'assign'; target: Expr; value: Expr; op: string }
    /** What has no form of its own: its parts are still walked through. */
    | { k: 'other'; parts: Expr[] }
  )

export interface TypeRef extends Span {
  /** Dotted, without pointers and arrays: `gin.Context`; `[]` and `map` of Go and `union` of Python and TypeScript are names too. */
  name: string
  args: TypeRef[]
  /** Literal types: `'a' | 'b'` is a union of them. */
  literal?: string | number | boolean | null
  /** Annotations on the type itself (`List<@Size(max = 3) String>`), or `Annotated[int, Ge(1)]`. */
  annotations?: Expr[]
  /** Fields of a type literal. */
  fields?: FieldDecl[]
}

export interface Param extends Span {
  name: string
  type: TypeRef | null
  default: Expr | null
  decorators: Expr[]
  /** Where it is taken apart. */
  pattern: Expr | null
  isRest: boolean
  /** Python's `**values`: the rest of what is given by name. */
  isNamedRest?: true
  /** TypeScript's `constructor(readonly name)`. */
  isField?: true
  isOptional: boolean
}

export interface Func extends Span {
  name: string
  params: Param[]
  body: Stmt[]
  decorators: Expr[]
  returns: TypeRef | null
  /** Go's receiver. */
  receiver: Param | null
  /** Names of Go's type parameters. */
  typeParams?: string[]
  isStatic: boolean
  /** Called where its name is read: a getter of JavaScript. */
  isGetter?: true
  /** What it comes back with is to be waited for. */
  isAsync?: true
  /** False for an interface's or an abstract one. */
  hasBody: boolean
  /** Python: a method whose body only raises `NotImplementedError`, for a class below to have another. */
  isLeftOpen?: true
  doc: string
  /** From the signature's begin to its body's. */
  headEnd: number
}

/** A statement with its label. */
export const labelledAs = (label: string, [first, ...rest]: readonly Stmt[]): Stmt[] =>
  first ? (first.k === 'loop' ? [{ ...first, label }, ...rest] : [first, ...labelledAs(label, rest)]) : []

/** Whether the last loop was gone through to its end. */
export const unbroken = '@unbroken'

/** The name of the method of JavaScript that runs where a member of this name is set. */
export const setterOf = (name: string): string => `set ${name}`

export interface FieldDecl extends Span {
  name: string
  type: TypeRef | null
  value: Expr | null
  decorators: Expr[]
  /** Go's struct tag. */
  tag: string
  isOptional: boolean
  isStatic: boolean
}

export interface Class extends Span {
  name: string
  kind: 'class' | 'interface' | 'enum' | 'struct' | 'record' | 'alias'
  bases: TypeRef[]
  baseExprs: Expr[]
  decorators: Expr[]
  members: Func[]
  fields: FieldDecl[]
  /** Classes in it. */
  inner: Class[]
  /** Constants of an enum. */
  constants: { name: string; value: Expr | null }[]
  /** What a type alias stands for. */
  alias: TypeRef | null
  /** Other statements of its body: Python's, and blocks of Java's that run once. */
  body: Stmt[]
  /** Blocks of Java's that run in each thing that is made of it. */
  setUp?: Stmt[]
  doc: string
  headEnd: number
}

export type Stmt = Span &
  (
    | { k: 'expr'; e: Expr }
    /** `isOfBlock`: its names are the block's own, whatever is called so around it (JavaScript's `let` and `const`). */
    | {
        k: 'let'
        target: Expr
        type: TypeRef | null
        value: Expr | null
        isConst: boolean
        isOfBlock?: true
      }
    | { k: 'return'; value: Expr | null }
    | { k: 'throw'; value: Expr | null }
    /** `isPassed`: of a case, whether nothing is done in it. */
    | { k: 'if'; test: Expr; before: Stmt[]; whenTrue: Stmt[]; whenFalse: Stmt[]; isPassed?: boolean }
    /** `vars`: what each round binds; of Go's range the index comes first. */
    /** `isBackward`: from the last to the first. */
    | {
        k: 'loop'
        vars: Expr[]
        over: Expr | null
        isIndexed: boolean
        isBackward?: boolean
        /** Python: what comes after it asks by `unbroken` whether nothing broke it off. */
        isWatched?: true
        label?: string
        /** Go: what is asked before each round, and what is done after it. */
        asked?: { test: Expr; step: Stmt[] }
        body: Stmt[]
      }
    | { k: 'try'; body: Stmt[]; handlers: Handler[]; finally: Stmt[] }
    | { k: 'switch'; subject: Expr | null; cases: { tests: Expr[]; body: Stmt[] }[] }
    | { k: 'func'; fn: Func }
    | { k: 'class'; cls: Class }
    | { k: 'import'; source: string; names: ImportName[] }
    /** `source` where another module's are passed on. `local` null is an anonymous default. */
    | { k: 'export'; source: string | null; names: { local: string; exported: string }[]; value: Expr | null }
    /** `managers`: how many of its first statements open what is told when it is left (Python's `with`). */
    | { k: 'block'; body: Stmt[]; managers?: number }
    /** `isBreak`: Python's, where it leaves the loop and not the round alone. `label`: of the loop that it leaves or goes on with, where that is said. */
    | { k: 'jump'; isBreak?: true; label?: string }
    | { k: 'defer'; e: Expr }
  )

export interface Handler extends Span {
  types: Expr[]
  name: string | null
  body: Stmt[]
}

/** `imported` null is the module itself, `*` all of its names. */
export interface ImportName {
  imported: string | null
  local: string
}

export const languages = ['javascript', 'python', 'java', 'go'] as const
export type Language = (typeof languages)[number]

export interface Module {
  path: string
  language: Language
  text: string
  /** Java's and Go's package. */
  package: string
  body: Stmt[]
  /** Spans that do not parse. */
  broken: Span[]
  /** What of it makes behaviour; none of what is made up of a description. */
  code?: CodeWords
}
