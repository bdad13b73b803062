import type { ArgValue, Value } from './values.ts'

/** What Python's own exceptions extend (docs.python.org, "Exception hierarchy"), and those of its library and of pydantic that are thrown as often. */
const parents: Record<string, string> = {
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
}

function family(parent: string, children: readonly string[]): Record<string, string> {
  return Object.fromEntries(children.map((child) => [child, parent]))
}

/** All that an exception extends below `Exception`, the nearest first; empty where it is not known. */
export function pythonParents(path: string): string[] {
  const found: string[] = []
  for (let one = parents[path]; one !== undefined; one = parents[one]) found.push(one)
  return found
}

/** `error.args`: what an exception of Python was made with, by their order (docs.python.org, "BaseException"). */
export function madeWith(args: readonly ArgValue[]): Value {
  const given = args.filter(({ name }) => name === null)
  const end = given.findIndex(({ isSpread }) => isSpread)
  const known = end < 0 ? given : given.slice(0, end)
  return { t: 'list', items: known.map(({ value }) => value), isOpen: known.length < given.length }
}

/** Whether a class that extends these is one of errors. */
export const isErrorOfPython = (ancestry: readonly string[]): boolean =>
  ancestry.some((one) => /(?:Error|Exception)$/.test(one))
