import { join } from 'node:path'
import type { Command as SystemCommand } from '@heavylift/core'
import { createProgressRenderer } from '@heavylift/core/runtime'
import type { CliContext } from '../cli-context.ts'
import { dataDirOf, installationRoot } from '../installation.ts'
import { printJson } from '../output.ts'

/** Runs a command that a system brings. With `--json` only what it returns is printed. */
export async function runSystemCommand(
  context: CliContext,
  system: string,
  command: SystemCommand,
  args: string[],
  options: Record<string, string | boolean>,
): Promise<void> {
  const named = Object.fromEntries(
    (command.args ?? []).flatMap(({ name }, index) => {
      const value = args[index]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const isJson = options['json'] === true
  const config = await context.config()
  const dataDir = join(dataDirOf(config), system)
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
    dataDir,
    configDir: installationRoot,
    config: (name) => config.section(name),
    signal: context.signal,
  })
  progress.finish()
  if (isJson) printJson(context.stdout, result)
}
