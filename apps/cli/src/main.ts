// The process behind `heavylift`: joins the command line with this machine.
import type { ConfigSection, LoadedConfig } from '@heavylift/core/runtime'
import type { CliContext, CliSystem } from './cli-context.ts'
import { baseSections, dataDirOf, installationRoot, readConfig } from './installation.ts'
import { askAtTerminal } from './ask.ts'
import { runCli } from './run-cli.ts'
import { callServer, readServerRecord } from './server-client.ts'
import { readVersion } from './version.ts'

const argv = process.argv.slice(2)
const isServe = argv.find((word) => !word.startsWith('-')) === 'serve'
const controller = new AbortController()
if (!isServe) interruptible(controller)
// With `--json` only the result may stand on standard output, whatever a library prints.
const writeOut = process.stdout.write.bind(process.stdout)
if (argv.includes('--json')) process.stdout.write = process.stderr.write.bind(process.stderr)

let config: LoadedConfig | null = null
const context: CliContext = {
  stdout: { write: (text) => writeOut(text), isTTY: process.stdout.isTTY },
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  version: readVersion(installationRoot),
  systems: async (): Promise<CliSystem[]> => [...(await import('@heavylift/server')).systems],
  sections,
  async config() {
    config ??= readConfig(await sections(), process.env)
    return config
  },
  async api(path, init) {
    const loaded = await context.config()
    const server = loaded.section<{ host: string; port: number }>('server')
    const address = readServerRecord(dataDirOf(loaded))?.address ?? `http://${server.host}:${server.port}`
    return callServer({ address, key: process.env['HEAVYLIFT_KEY'], signal: controller.signal }, path, init)
  },
  ask: (question) => askAtTerminal(question, controller.signal),
  signal: controller.signal,
  async serve() {
    const { serve } = await import('./serve/serve.ts')
    await serve(context)
  },
}

async function sections(): Promise<ConfigSection[]> {
  const { serverConfigSchema, systems } = await import('@heavylift/server')
  return [
    { name: 'server', schema: serverConfigSchema },
    ...baseSections,
    ...systems.map((system) => ({ name: system.name, schema: system.config })),
  ]
}

/** The first Ctrl-C cancels the command, the second ends the process. */
function interruptible(target: AbortController): void {
  process.on('SIGINT', () => {
    if (target.signal.aborted) process.exit(130)
    target.abort(new DOMException('Interrupted.', 'AbortError'))
  })
  process.on('SIGTERM', () => target.abort(new DOMException('Terminated.', 'AbortError')))
}

process.exitCode = await runCli(argv, context)
// A library's timer or socket must not keep a finished command alive; what was written is flushed first.
writeOut('', () => process.stderr.write('', () => process.exit()))
