import { spawn } from 'node:child_process'
import { text as readText } from 'node:stream/consumers'
import { InvalidInputError } from '../errors.ts'

/** What a Python program needs: `python` an interpreter, `args` as on its command line, `needs` the packages of PyPI that it imports. */
export interface PythonProgram {
  python: string
  args: readonly string[]
  needs: readonly string[]
  /** What it reads on its standard input. */
  input?: string
  folder?: string
  signal: AbortSignal
}

/**
 * What a program prints that is measured beside ours. Rejects with `peer-missing` where that Python cannot run it, with its last words and what to install.
 */
export async function runPython({
  python,
  args,
  needs,
  input = '',
  folder,
  signal,
}: PythonProgram): Promise<string> {
  const child = spawn(python, args, { signal, cwd: folder, stdio: 'pipe' })
  const ended = new Promise<number | Error | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', resolve)
  })
  // A Python that ends at once closes the pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [answer, complaint, end] = await Promise.all([readText(child.stdout), readText(child.stderr), ended])
  signal.throwIfAborted()
  if (end === 0) return answer
  const last = end instanceof Error ? end.message : (complaint.trim().split('\n').at(-1) ?? '')
  throw new InvalidInputError({
    code: 'peer-missing',
    message: `${python} does not run the peer (${last}). Install it: ${python} -m pip install ${needs.join(' ')}. Or leave --python out.`,
  })
}

/** The same, with null where that Python cannot run it. */
export async function runPythonIfItCan(program: PythonProgram): Promise<string | null> {
  try {
    return await runPython(program)
  } catch (error) {
    if (error instanceof InvalidInputError) return null
    throw error
  }
}
