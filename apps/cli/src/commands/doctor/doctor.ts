import { existsSync } from 'node:fs'
import type { Check } from '@heavylift/core'
import type { LoadedConfig } from '@heavylift/core/runtime/config'
import { redactText } from '@heavylift/core/runtime/redact'
import { formatTable, plural } from '@heavylift/core/text'
import type { AnySystem, ServerConfig } from '@heavylift/server'
import { chooseSystems } from '@heavylift/server/choose-systems'
import { installedSystems } from '@heavylift/server/systems'
import type { CliContext } from '../../cli-context.ts'
import { exitCodes, toExitCode } from '../../exit-codes.ts'
import type { ExitCode } from '../../exit-codes.ts'
import { accessPathOf, foldersOf, resolveDataDir, resolveSharedDir } from '../../installation.ts'
import type { StoreConfig, SystemsConfig } from '../../installation.ts'
import { chooseKeeping, hasEmbeddedDatabase } from '../../keeping.ts'
import { printJson } from '../../output.ts'
import { installationRoot } from '../../root.ts'
import { readServerRecord } from '../../server-client.ts'
import { checkStore } from './database.ts'
import { checkFiles } from './files.ts'
import { checkBackup, checkFolder, isServed } from './folders.ts'
import { checkMachine, checkPort } from './machine.ts'

/**
 * Looks at all that an installation stands on, whether or not it runs, and says what to do. Gives the exit code of the worst: 1 for what
 * fails, 5 for what should be seen to, else 0.
 */
export async function runDoctor(context: CliContext, options: { json?: boolean }): Promise<ExitCode> {
  const checks = await lookAtAll(context)
  const worst =
    (['fail', 'warn'] as const).find((state) => checks.some((check) => check.state === state)) ?? 'ok'
  if (options.json === true) printJson(context.stdout, { state: worst, checks })
  else {
    const rows = checks.map(({ name, state, found, advice = '' }) => [state, name, found, advice])
    context.stdout.write(
      `${formatTable(['state', 'what', 'found', 'what to do'], rows)}\n\n${summary(checks)}\n`,
    )
  }
  return { fail: exitCodes.failed, warn: exitCodes.verdictNo, ok: exitCodes.ok }[worst]
}

async function lookAtAll(context: CliContext): Promise<Check[]> {
  const nowMs = Date.now()
  const checks = checkMachine(nowMs)
  let loaded
  try {
    const chosen = (await context.config()).section<SystemsConfig>('systems')
    const systems = await chooseSystems(installedSystems, chosen)
    loaded = { systems, config: await context.config(systems) }
  } catch (error) {
    if (toExitCode(error) !== exitCodes.usage) throw error
    const found = redactText(error instanceof Error ? error.message : String(error))
    return [
      ...checks,
      { name: 'configuration', state: 'fail', found, advice: 'npx heavylift config lists every option.' },
    ]
  }
  const { systems, config } = loaded
  checks.push({ name: 'configuration', state: 'ok', found: plural(systems.length, 'system') })
  const dataDir = resolveDataDir(config)
  const sharedDir = resolveSharedDir(config)
  checks.push(...checkFolder('data folder', dataDir))
  if (sharedDir !== null) checks.push(...checkFolder('shared folder', sharedDir))
  checks.push(
    ...(await checkServer(
      context,
      dataDir,
      config.section<ServerConfig>('server'),
      isDefault('server.port'),
    )),
  )
  checks.push(...(await checkKept(dataDir, config, systems)))
  for (const system of systems) {
    const folders = { ...foldersOf(config, system.name), configDir: installationRoot }
    checks.push(...((await system.checks?.(config.section(system.name), folders)) ?? []))
  }
  return [...checks, checkBackup(dataDir, nowMs)]

  function isDefault(option: string): boolean {
    return config.options().find(({ path }) => path === option)?.source === 'default'
  }
}

async function checkKept(
  dataDir: string,
  loaded: LoadedConfig,
  systems: readonly AnySystem[],
): Promise<Check[]> {
  const config = loaded.section<StoreConfig>('store')
  const { processes } = loaded.section<ServerConfig>('server')
  // A gateway alone may have begun on files, whatever the configuration would start.
  if (config.databaseUrl === null && !hasEmbeddedDatabase(dataDir) && existsSync(accessPathOf(dataDir)))
    return checkFiles(dataDir)
  return chooseKeeping(config, dataDir, systems, processes) === 'files'
    ? checkFiles(dataDir)
    : checkStore(dataDir, config, systems)
}

/** A server that has the folder has to answer, and one that has not needs its port. */
async function checkServer(
  context: CliContext,
  dataDir: string,
  { host, port }: ServerConfig,
  mayMove: boolean,
): Promise<Check[]> {
  if (!isServed(dataDir))
    return [
      { name: 'server', state: 'note', found: 'does not run', advice: 'npx heavylift serve' },
      await checkPort(host, port, mayMove),
    ]
  const address = readServerRecord(dataDir)?.address
  try {
    const health = (await (await context.api('/healthz')).json()) as {
      status: string
      parts: Record<string, { state: string }>
    }
    const found = `${address ?? ''} is ${health.status}`
    if (health.status !== 'failing') return [{ name: 'server', state: 'ok', found }]
    const parts = Object.entries(health.parts).flatMap(([name, { state }]) =>
      state === 'failing' ? [name] : [],
    )
    return [
      {
        name: 'server',
        state: 'fail',
        found: `${found}: ${parts.join(', ')}`,
        advice: 'The log in the data folder says why.',
      },
    ]
  } catch {
    return [
      {
        name: 'server',
        state: 'warn',
        found: 'has the data folder and does not answer here',
        advice: 'It is starting, or runs in another container: look there.',
      },
    ]
  }
}

function summary(checks: readonly Check[]): string {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length
  const [fails, warns] = [count('fail'), count('warn')]
  if (fails + warns === 0) return 'All is well.'
  return `${plural(fails, 'thing')} failed, ${plural(warns, 'thing')} to see to.`
}
