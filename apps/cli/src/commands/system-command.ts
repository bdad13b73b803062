import type { Command as SystemCommand } from '@heavylift/core'
import { createProgressRenderer } from '@heavylift/core/runtime/progress-bar'
import { chooseSystems } from '@heavylift/server/choose-systems'
import type { CliContext, CliSystem } from '../cli-context.ts'
import { foldersOf } from '../installation.ts'
import { installationRoot } from '../root.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import { printJson } from '../output.ts'

/** Runs a command that a system brings. With `--json` only what it returns is printed. Returns the exit code of its verdict. */
export async function runSystemCommand(
  context: CliContext,
  system: CliSystem,
  command: SystemCommand,
  args: string[],
  options: Record<string, string | boolean>,
): Promise<ExitCode> {
  const named = Object.fromEntries(
    (command.args ?? []).flatMap(({ name }, index) => {
      const value = args[index]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const isJson = options['json'] === true
  const config = await context.config(await chooseSystems(context.systems, [system.name]))
  const progress = createProgressRenderer(context.stderr)
  const result = await command.run({
    args: named,
    options,
    api: context.api,
    report: progress.report,
    print: (line) => {
      progress.finish()
      if (!isJson) context.stdout.write(`${line}\n`)
    },
    confirm: async (what) => {
      progress.finish()
      if (options['yes'] !== true) await confirm(context, what)
    },
    ...foldersOf(config, system.name),
    configDir: installationRoot,
    config: (name) => config.section(name),
    signal: context.signal,
  })
  progress.finish()
  if (isJson) printJson(context.stdout, result)
  return exitCodeOf(result)
}

function exitCodeOf(result: unknown): ExitCode {
  const verdict = typeof result === 'object' && result !== null && 'verdict' in result ? result.verdict : null
  if (verdict === 'no') return exitCodes.verdictNo
  return verdict === 'undecided' ? exitCodes.verdictUndecided : exitCodes.ok
}

async function confirm(context: CliContext, what: string): Promise<void> {
  const answer = await context.ask(what)
  if (answer === true) return
  throw new CliError({
    code: 'not-confirmed',
    message:
      answer === false
        ? 'Nothing was changed.'
        : `${what} Nobody can be asked here: add --yes to do it. Nothing was changed.`,
    exitCode: exitCodes.usage,
  })
}
