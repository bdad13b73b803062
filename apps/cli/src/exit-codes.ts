import { HeavyliftError } from '@heavylift/core'

/** What the process answers its caller with. Scripts rely on these; a meaning never changes. */
export const exitCodes = {
  ok: 0,
  /** It was tried and did not work. */
  failed: 1,
  /** The command, its options or the configuration are wrong; nothing was tried. */
  usage: 2,
  /** The command needs a running server and found none. */
  serverNotRunning: 3,
  /** `eval --strict` or `bench --strict`: measured, and a goal was missed. */
  goalMissed: 4,
  /** The command ran, and its answer is no: not cleared, rows refused. Which, its `--help` says. */
  verdictNo: 5,
  /** The command ran, and there is too little to answer yes or no: a clearance with too few cases. */
  verdictUndecided: 6,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A command that ends with an exit code of its own. */
export class CliError extends HeavyliftError {
  readonly exitCode: ExitCode

  constructor(options: { code: string; message: string; exitCode: ExitCode; cause?: unknown }) {
    super(options)
    this.exitCode = options.exitCode
  }
}

/** The exit code for what a command threw. */
export function toExitCode(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode
  if (
    HeavyliftError.isInstance(error) &&
    (error.code === 'config-invalid' || error.code === 'system-unknown')
  )
    return exitCodes.usage
  if (error instanceof Error && error.name === 'AbortError') return exitCodes.interrupted
  return exitCodes.failed
}
