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
