import { HeavyliftError } from '@heavylift/core'
import { redactText } from '@heavylift/core/runtime'
import { CommanderError } from 'commander'
import type { CliContext } from './cli-context.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { buildProgram, coreCommands } from './program.ts'
import type { Ending } from './program.ts'

/** Runs one command line (without `node` and the script) and returns the exit code. Never rejects. */
export async function runCli(argv: string[], context: CliContext): Promise<number> {
  const isJson = argv.includes('--json')
  try {
    const systems = needsSystems(argv) ? await context.systems() : []
    const ending: Ending = { exitCode: exitCodes.ok }
    await buildProgram(context, systems, ending).parseAsync(argv, { from: 'user' })
    return ending.exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version were asked for; anything else has been explained on standard error already.
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    }
    const code = context.signal.aborted ? exitCodes.interrupted : exitCodeOf(error)
    // Whoever interrupts a command knows why it ended.
    if (code === exitCodes.interrupted && !isJson) {
      context.stderr.write('Interrupted.\n')
      return code
    }
    if (isJson) context.stderr.write(`${JSON.stringify({ error: describe(error) })}\n`)
    else context.stderr.write(`${explain(error, context.env)}\n`)
    return code
  }
}

/** Everything but the commands that stand on their own: help lists systems, `shop …` is a system's. */
function needsSystems(argv: string[]): boolean {
  const first = argv.find((word) => !word.startsWith('-'))
  if (first === undefined) return !argv.some((word) => word === '-V' || word === '--version')
  return first === 'help' || first === 'completion' || !coreCommands.includes(first)
}

function describe(error: unknown): { code: string; message: string; details?: unknown } {
  if (HeavyliftError.isInstance(error)) {
    const { code, message, details } = error
    return { code, message: redactText(message), ...(details === undefined ? {} : { details }) }
  }
  const code = error instanceof Error && error.name === 'AbortError' ? 'interrupted' : 'defect'
  return { code, message: redactText(error instanceof Error ? error.message : String(error)) }
}

/** Our own errors say what to do; of a defect the stack helps whoever mends it. */
function explain(error: unknown, env: Record<string, string | undefined>): string {
  if (!(error instanceof Error)) return redactText(String(error))
  const isOurs = HeavyliftError.isInstance(error)
  if (isOurs && env['DEBUG'] === undefined) return redactText(error.message)
  return redactText(error.stack ?? error.message)
}
