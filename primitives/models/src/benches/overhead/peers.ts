import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, constants, readFileSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { ReportProgress } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { busyPlan, calmPlan, pathOfPlan } from './plan.ts'
import { stopped } from './target.ts'
import type { Target } from './target.ts'

export const portkeyVersion = '1.15.2'
export const litellmVersion = '1.110.2'

/** Null, after saying why by `report`, when the peer is not to be had. */
export type StartPeer = (
  upstream: string,
  report: ReportProgress,
  signal: AbortSignal,
) => Promise<Target | null>

const plans = { busy: busyPlan, calm: calmPlan }

/** From `PATH`, else from npm into the user's cache. */
export const startPortkey: StartPeer = async (upstream, report, signal) => {
  const entry = portkeyOnPath() ?? (await installPortkey(report, signal))
  if (entry === null) return null
  const port = await freePort()
  return await startPeer('portkey', process.execPath, [entry, `--port=${port}`, '--headless'], {
    port,
    request: (plan) => ({
      path: '/v1',
      model: 'bench',
      headers: {
        authorization: 'Bearer bench',
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': upstream + pathOfPlan(plans[plan]),
      },
    }),
    report,
    signal,
  })
}

/** From `PATH`, else by `uvx` when that is there. */
export const startLitellm: StartPeer = async (upstream, report, signal) => {
  const installed = onPath('litellm')
  const uvx = installed === null ? onPath('uvx') : null
  const command = installed ?? uvx
  if (command === null) {
    report({
      stage: `litellm is left out: neither litellm ${litellmVersion} nor uvx is on PATH`,
      done: 1,
      unit: '',
    })
    return null
  }
  const port = await freePort()
  const dir = await mkdtemp(join(tmpdir(), 'overhead-'))
  const key = `sk-${randomBytes(24).toString('hex')}`
  const config = {
    model_list: Object.entries(plans).map(([name, plan]) => ({
      model_name: name,
      litellm_params: {
        model: 'openai/bench',
        api_base: upstream + pathOfPlan(plan),
        api_key: 'bench',
      },
    })),
    litellm_settings: { telemetry: false },
    general_settings: { master_key: key },
  }
  const file = join(dir, 'config.yaml')
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config))
  const args = ['--config', file, '--host', '127.0.0.1', '--port', String(port), '--num_workers', '1']
  const target = await startPeer(
    'litellm',
    command,
    uvx === null ? args : ['--from', `litellm[proxy]==${litellmVersion}`, 'litellm', ...args],
    {
      port,
      request: (plan) => ({ path: '/v1', model: plan, headers: { authorization: `Bearer ${key}` } }),
      report,
      signal,
    },
  )
  if (target === null) await rm(dir, { recursive: true })
  return (
    target && {
      ...target,
      async stop() {
        await target.stop()
        await rm(dir, { recursive: true })
      },
    }
  )
}

async function startPeer(
  name: string,
  command: string,
  args: string[],
  options: Pick<Target, 'request'> & { port: number; report: ReportProgress; signal: AbortSignal },
): Promise<Target | null> {
  const { port, report, signal } = options
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      LITELLM_LOG: 'ERROR',
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      NODE_ENV: 'production',
    },
  })
  let output = ''
  child.stderr.on('data', (part: Buffer) => {
    output = (output + part.toString()).slice(-300)
  })
  child.on('error', (error) => {
    output = error.message
  })
  const stop = () => stopped(child, () => child.kill('SIGTERM'))
  for (let waitedMs = 0; waitedMs < 180_000; waitedMs += 250) {
    if (signal.aborted || child.exitCode !== null || child.pid === undefined) break
    report({ stage: `starting ${name}`, done: waitedMs / 1_000, unit: 'seconds' })
    await sleep(250)
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    if (answer !== null) {
      return { name, address: `http://127.0.0.1:${port}`, pid: child.pid, request: options.request, stop }
    }
  }
  await stop()
  signal.throwIfAborted()
  report({ stage: `${name} is left out: it did not start. ${output}`, done: 1, unit: '' })
  return null
}

function portkeyOnPath(): string | null {
  const found = onPath('gateway')
  return found === null ? null : portkeyEntry(dirname(realpathSync(found)))
}

/** The file that starts the server, below a `build` folder of the right version. */
function portkeyEntry(build: string): string | null {
  try {
    const { name, version } = JSON.parse(readFileSync(join(build, '..', 'package.json'), 'utf8')) as {
      name: string
      version: string
    }
    return name === '@portkey-ai/gateway' && version === portkeyVersion
      ? join(build, 'start-server.js')
      : null
  } catch {
    return null
  }
}

async function installPortkey(report: ReportProgress, signal: AbortSignal): Promise<string | null> {
  const dir = join(homedir(), '.cache', 'heavylift', `portkey-${portkeyVersion}`)
  const build = join(dir, 'node_modules', '@portkey-ai', 'gateway', 'build')
  const known = portkeyEntry(build)
  if (known !== null) return known
  report({ stage: `installing @portkey-ai/gateway ${portkeyVersion} into ${dir}`, done: 0, unit: '' })
  await mkdir(dir, { recursive: true })
  try {
    const wanted = `@portkey-ai/gateway@${portkeyVersion}`
    await promisify(execFile)('npm', ['install', '--prefix', dir, '--no-audit', '--no-fund', wanted], {
      signal,
    })
    return portkeyEntry(build)
  } catch (error) {
    signal.throwIfAborted()
    const why = error instanceof Error ? error.message.slice(0, 200) : 'npm failed'
    report({ stage: `portkey is left out: ${why}`, done: 1, unit: '' })
    return null
  }
}

function onPath(command: string): string | null {
  for (const dir of (process.env['PATH'] ?? '').split(delimiter)) {
    try {
      const file = join(dir, command)
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not here.
    }
  }
  return null
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
