import { HeavyliftError } from '@heavylift/core'
import { redactText } from '@heavylift/core/runtime/redact'
import { CommanderError } from 'commander'

export interface ErrorFacts {
  code: string
  message: string
  details?: unknown
}

/** What went wrong, for `--json`: a stable code, and a message that says what to do. */
export function describeError(error: unknown): ErrorFacts {
  if (HeavyliftError.isInstance(error)) {
    const { code, message, details } = error
    return { code, message: redactText(message), ...(details === undefined ? {} : { details }) }
  }
  if (error instanceof CommanderError) {
    return { code: 'usage', message: redactText(error.message.replace(/^error: /, '').replaceAll('\n', ' ')) }
  }
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'interrupted', message: error.message }
  const missing = explainMissingPackage(error)
  if (missing !== null) return { code: 'package-missing', message: missing }
  const refusal = explainFileError(error)
  if (refusal !== null) return { code: 'file-unusable', message: refusal }
  return { code: 'defect', message: redactText(error instanceof Error ? error.message : String(error)) }
}

/** What went wrong, for people. Our own errors say what to do; of a defect the stack helps whoever mends it. */
export function explainError(error: unknown, env: Record<string, string | undefined>): string {
  if (!(error instanceof Error)) return redactText(String(error))
  if (env['DEBUG'] === undefined) {
    if (HeavyliftError.isInstance(error)) return redactText(error.message)
    const plain = explainMissingPackage(error) ?? explainFileError(error)
    if (plain !== null) return plain
  }
  return redactText(error.stack ?? error.message)
}

const refusals: Record<string, (path: string) => string> = {
  ENOENT: (path) => `There is no file or folder ${path}. Check the path.`,
  ENOTDIR: (path) => `${path} is not a folder, or one on the way to it is not. Check the path.`,
  EISDIR: (path) => `${path} is a folder, and a file is needed. Name the file.`,
  EEXIST: (path) => `${path} exists already. Name another, or remove it.`,
  ENOTEMPTY: (path) => `The folder ${path} is not empty. Name another, or empty it.`,
  EACCES: (path) =>
    `${path} may not be used by this user. Change its owner or its permissions, or name another.`,
  EPERM: (path) =>
    `${path} may not be used by this user. Change its owner or its permissions, or name another.`,
  EROFS: (path) => `${path} is on a disk that cannot be written. Name another place.`,
  ENOSPC: (path) => `The disk of ${path} is full. Make room and run the command again.`,
  EMFILE: (path) =>
    `Too many files are open to open ${path}. Raise the limit (\`ulimit -n\`) and run the command again.`,
}

/** A package that only developers have; null for any other error. */
function explainMissingPackage(error: unknown): string | null {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND')
    return null
  const name = /^Cannot find package '([^']+)'/.exec(error.message)?.[1]
  if (name === undefined) return null
  return `This needs the package ${name}, which \`npm start\` leaves out because only tests and benches use it. Run \`npm install\` once.`
}

/** What the file system refused, in a sentence with the path and what to do; null for any other error. */
export function explainFileError(error: unknown): string | null {
  if (!(error instanceof Error) || HeavyliftError.isInstance(error)) return null
  const { code, path, syscall } = error as NodeJS.ErrnoException
  // A program that is missing has the same code as a file that is.
  if (code === 'ENOENT' && syscall?.startsWith('spawn') === true) {
    return `The program ${path ?? syscall.slice(6)} is not installed, or is not on the PATH. Install it and run the command again.`
  }
  if (code === undefined) return null
  // A read that fails after the opening does not say of which file.
  return refusals[code]?.(path ?? '(of an argument)') ?? null
}
