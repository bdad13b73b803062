import { redactOption } from '@heavylift/core/runtime/redact'
import type { CliContext } from '../cli-context.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { printJson } from '../output.ts'

/** Documents every option with its value and where that came from; `prefix` narrows to a section or an option. */
export async function showConfig(
  context: CliContext,
  prefix: string | undefined,
  options: { json?: boolean },
): Promise<void> {
  const config = await context.config(await Promise.all(context.systems.map((system) => system.load())))
  const all = config.options()
  const shown =
    prefix === undefined ? all : all.filter(({ path }) => path === prefix || path.startsWith(`${prefix}.`))
  if (shown.length === 0) {
    const sections = [...new Set(all.map(({ section }) => section))].join(', ')
    throw new CliError({
      code: 'option-unknown',
      message: `There is no option or section "${prefix}". Sections: ${sections}.`,
      exitCode: exitCodes.usage,
    })
  }
  const rows = shown.map((option) => ({
    path: option.path,
    description: option.description,
    type: option.type,
    default: option.defaultValue ?? null,
    environment: option.envNames,
    value: redactOption(option.keys.at(-1) ?? option.path, option.value ?? null, option.isSecret),
    source: typeof option.source === 'string' ? option.source : option.source.env,
  }))
  if (options.json === true) {
    printJson(context.stdout, { options: rows })
    return
  }
  context.stdout.write('Set in heavylift.config.json (nested by the dots) or by the environment.\n')
  for (const row of rows) {
    const from =
      row.source === 'default'
        ? 'default'
        : `from ${row.source === 'file' ? 'heavylift.config.json' : row.source}`
    context.stdout.write(
      [
        '',
        `${row.path} = ${JSON.stringify(row.value)}  (${from})`,
        `    ${row.description || 'No description.'}`,
        `    ${row.type}; default ${JSON.stringify(row.default)}; ${row.environment.join(', ')}`,
        '',
      ].join('\n'),
    )
  }
}
