import { CommanderError } from 'commander'
import type { CliContext } from './cli-context.ts'
import { toExitCode, exitCodes } from './exit-codes.ts'
import { buildProgram } from './program.ts'
import type { Ending } from './program.ts'

/** Runs one command line (without `node` and the script) and returns the exit code. Never rejects. */
export async function runCli(argv: string[], context: CliContext): Promise<number> {
  const isJson = argv.includes('--json')
  try {
    const ending: Ending = { exitCode: exitCodes.ok }
    const program = await buildProgram(context, argv, ending)
    await program.parseAsync(argv, { from: 'user' })
    return ending.exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version were asked for; without --json anything else has been explained on standard error already.
      if (error.exitCode === 0) return exitCodes.ok
      if (isJson) await printError(context, error, isJson)
      return exitCodes.usage
    }
    const code = context.signal.aborted ? exitCodes.interrupted : toExitCode(error)
    // Whoever interrupts a command knows why it ended.
    if (code === exitCodes.interrupted && !isJson) context.stderr.write('Interrupted.\n')
    else await printError(context, error, isJson)
    return code
  }
}

async function printError(context: CliContext, error: unknown, isJson: boolean): Promise<void> {
  const { describeError, explainError } = await import('./explain-error.ts')
  const text = isJson ? JSON.stringify({ error: describeError(error) }) : explainError(error, context.env)
  context.stderr.write(`${text}\n`)
}
