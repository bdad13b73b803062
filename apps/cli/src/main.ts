// The process behind `heavylift`: joins the command line with this machine.
import type { LoadedConfig } from '@heavylift/core/runtime/config'
import { installedSystems } from '@heavylift/server/systems'
import { askAtTerminal } from './ask.ts'
import type { CliContext } from './cli-context.ts'
import { installationRoot } from './root.ts'
import { runCli } from './run-cli.ts'
import { readVersion } from './version.ts'

const argv = process.argv.slice(2)
// It stops by signals of its own.
const isServer = ['serve', 'gateway'].includes(argv.find((word) => !word.startsWith('-')) ?? '')
const controller = new AbortController()
if (!isServer) interruptible(controller)
// With `--json` only the result may stand on standard output, whatever a library prints.
const writeOut = process.stdout.write.bind(process.stdout)
if (argv.includes('--json')) process.stdout.write = process.stderr.write.bind(process.stderr)

let version: string | undefined
const context: CliContext = {
  stdout: { write: (text) => writeOut(text), isTTY: process.stdout.isTTY },
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  // Asks git, which takes longer than most commands.
  get version() {
    return (version ??= readVersion(installationRoot))
  },
  systems: installedSystems,
  async config(systems = []) {
    const { readConfig } = await import('./installation.ts')
    return readConfig({ systems, installed: installedSystems.map(({ name }) => name), env: process.env })
  },
  async api(path, init) {
    const [{ callServer, readServerRecord }, { resolveDataDir }, config] = await Promise.all([
      import('./server-client.ts'),
      import('./installation.ts'),
      context.config(),
    ])
    const server = config.section<{ host: string; port: number }>('server')
    const own = readServerRecord(resolveDataDir(config))?.address
    const address = own ?? `http://${server.host}:${server.port}`
    return callServer({ address, key: await keyFor(own, config), signal: controller.signal }, path, init)
  },
  ask: (question) => askAtTerminal(question, controller.signal),
  signal: controller.signal,
  async serve(options) {
    const { serve } = await import('./serve/serve.ts')
    await serve(context, options)
  },
}

/** The key from `HEAVYLIFT_KEY`, else the installation's own token, which goes to no server but the one of its own folder. */
async function keyFor(ownServer: string | undefined, config: LoadedConfig): Promise<string | undefined> {
  const key = process.env['HEAVYLIFT_KEY']
  if ((key !== undefined && key !== '') || ownServer === undefined) return key
  const [{ readInstallationToken }, { resolveDataDir, tokenPathOf }] = await Promise.all([
    import('@heavylift/server/installation-token'),
    import('./installation.ts'),
  ])
  return readInstallationToken(tokenPathOf(resolveDataDir(config))) ?? undefined
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
