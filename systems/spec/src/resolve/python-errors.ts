import type { Runtime } from './runtime.ts'
import type { ArgValue, ObjectValue, SymbolValue, Value } from './values.ts'
import { ownTable } from '../parse/own-table.ts'

/** What Python's own exceptions extend (docs.python.org, "Exception hierarchy"), and those of its library and of pydantic that are thrown as often. */
const parents: Record<string, string> = ownTable({
  ...family('ArithmeticError', [
    'FloatingPointError',
    'OverflowError',
    'ZeroDivisionError',
    'decimal.InvalidOperation',
  ]),
  ...family('ImportError', ['ModuleNotFoundError']),
  ...family('LookupError', ['IndexError', 'KeyError']),
  ...family('NameError', ['UnboundLocalError']),
  ...family('OSError', [
    'BlockingIOError',
    'ChildProcessError',
    'ConnectionError',
    'FileExistsError',
    'FileNotFoundError',
    'InterruptedError',
    'IsADirectoryError',
    'NotADirectoryError',
    'PermissionError',
    'ProcessLookupError',
    'TimeoutError',
  ]),
  ...family('ConnectionError', [
    'BrokenPipeError',
    'ConnectionAbortedError',
    'ConnectionRefusedError',
    'ConnectionResetError',
  ]),
  ...family('RuntimeError', ['NotImplementedError', 'RecursionError']),
  ...family('ValueError', [
    'UnicodeError',
    'json.JSONDecodeError',
    'json.decoder.JSONDecodeError',
    'pydantic.ValidationError',
    'pydantic_core.ValidationError',
  ]),
  ...family('UnicodeError', ['UnicodeDecodeError', 'UnicodeEncodeError', 'UnicodeTranslateError']),
})

const ofOthers: ReadonlySet<string> = new Set(Object.values(parents))

function family(parent: string, children: readonly string[]): Record<string, string> {
  return Object.fromEntries(children.map((child) => [child, parent]))
}

/** All that an exception extends below `Exception`, the nearest first; empty where it is not known. */
export function pythonParents(path: string): string[] {
  const found: string[] = []
  for (let one = parents[path]; one !== undefined; one = parents[one]) found.push(one)
  return found
}

/** Python's own exceptions that are no parents of others here, and those that are (docs.python.org, "Built-in Exceptions"). */
const others =
  /^(?:AssertionError|AttributeError|BufferError|EOFError|KeyboardInterrupt|MemoryError|ReferenceError|StopAsyncIteration|StopIteration|SyntaxError|IndentationError|TabError|SystemError|SystemExit|TypeError|GeneratorExit|EnvironmentError|IOError)$/

/** Whether code makes an exception of Python's own by its name: of that very class, which extends none of a program's. */
export function isOwnOfPython({ path, of, args }: SymbolValue): boolean {
  const name = path.replace(/\(\)$/, '').replace(/^builtins\./, '')
  const isOwn = others.test(name) || (!name.includes('.') && (name in parents || ofOthers.has(name)))
  return isOwn && (name === path || of !== null || args.length > 0)
}

/** `error.args`: what an exception of Python was made with, by their order (docs.python.org, "BaseException"). */
export function madeWith(args: readonly ArgValue[]): Value {
  const given = args.filter(({ name }) => name === null)
  const end = given.findIndex(({ isSpread }) => isSpread)
  const known = end < 0 ? given : given.slice(0, end)
  return { t: 'list', items: known.map(({ value }) => value), isOpen: known.length < given.length }
}

/** `str(error)` of a class of the program: the one thing that it was made with, where it says nothing else itself (docs.python.org, "BaseException"); null of all else. */
export function saidByOwnError(error: ObjectValue, run: Pick<Runtime, 'lookup' | 'memberOf'>): Value | null {
  const { ref } = error
  if (ref?.module.language !== 'python') return null
  const isError = run.lookup
    .orderOf(ref)
    .some(({ cls }) => isErrorOfPython(cls.bases.map(({ name }) => name)))
  if (!isError || run.memberOf(error, '__str__', null)?.t === 'func') return null
  const made = run.memberOf(error, 'args', null)
  const [only, ...more] = made?.t === 'list' && !made.isOpen ? made.items : []
  return more.length === 0 ? (only ?? null) : null
}

/** Whether a class that extends these is one of errors. */
export const isErrorOfPython = (ancestry: readonly string[]): boolean =>
  ancestry.some((one) => /(?:Error|Exception)$/.test(one))
