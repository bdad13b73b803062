import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sleep } from '@heavylift/core/async'
import { writeCgroupConf, writeSlurmConf } from './slurm-config.ts'

const execute = promisify(execFile)

/** A real Slurm on this machine: munged, slurmctld and one slurmd a node, on free loopback ports. */
export interface TestSlurm {
  /** For `openSlurmExecutor({ env })` and any command of Slurm. */
  env: { SLURM_CONF: string }
  /** Kills a node, counted from 0: its daemon and all that runs there, with SIGKILL, so that nobody tells the controller. */
  killNode(node: number): Promise<void>
  /** Runs a command of Slurm and returns what it prints. */
  command(name: string, args: string[]): Promise<string>
  stop(): Promise<void>
}

/** Why Slurm cannot be started here, or null when it can. For `describe.skipIf`. */
export async function explainMissingSlurm(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'a test cluster of Slurm runs as root'
  for (const [program, flag] of [
    ['slurmctld', '-V'],
    ['slurmd', '-V'],
    ['munged', '-V'],
  ] as const) {
    if (
      !(await execute(program, [flag]).then(
        () => true,
        () => false,
      ))
    ) {
      return `${program} is not installed (Debian: slurm-wlm and munge)`
    }
  }
  return null
}

/** Starts a cluster of nodes `n0`, `n1`, … with two cores each. Rejects when they are not idle within 60 s. */
export async function startSlurm(options: {
  nodes: number
  /** Nodes by number that have partitions of their own: `safety-<name>` and `experiment-<name>`. */
  groups?: Record<string, number[]>
  /** Cores of each node, and lines in place of those partitions. */
  cores?: number
  partitions?: string[]
  /** Gives up while it starts; what was started is ended. */
  signal?: AbortSignal
}): Promise<TestSlurm> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-slurm-'))
  const [controllerPort, ...nodePorts] = (await freePorts(options.nodes + 1)) as [number, ...number[]]
  const env = { SLURM_CONF: join(folder, 'slurm.conf') }
  const host = hostname().split('.')[0]!
  // munged takes its socket only in a folder that all may enter.
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'state'))
  await mkdir(join(folder, 'cgroup'))
  await writeFile(
    env.SLURM_CONF,
    writeSlurmConf({ ...options, folder, host, controllerPort, nodePorts, groups: options.groups ?? {} }),
  )
  await writeFile(join(folder, 'cgroup.conf'), writeCgroupConf(folder))
  await writeFile(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o400 })

  // All in the foreground, so that they are children of this process and are ended by their handles; in groups of their own, so that a
  // Ctrl-C at the terminal is for this process alone, which ends them in order.
  const start = (program: string, args: string[]): ChildProcess => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'ignore', detached: true })
    child.on('error', () => {})
    return child
  }
  const command = async (name: string, args: string[]): Promise<string> =>
    (await execute(name, args, { env: { ...process.env, ...env } })).stdout
  const file = (name: string): string => join(folder, name)
  const munged = start('munged', [
    '--foreground',
    '--force',
    `--key-file=${file('munge.key')}`,
    `--socket=${file('munge.sock')}`,
    `--pid-file=${file('munged.pid')}`,
    `--log-file=${file('munged.log')}`,
    `--seed-file=${file('munge.seed')}`,
  ])
  const controller = start('slurmctld', ['-D'])
  const daemons: ChildProcess[] = []
  for (let i = 0; i < options.nodes; i++) {
    await mkdir(file(`spool.n${i}`))
    daemons.push(start('slurmd', ['-D', '-N', `n${i}`]))
  }

  const slurm: TestSlurm = {
    env,
    command,
    async killNode(node) {
      await end(daemons[node]!, 'SIGKILL')
      for (const pid of await processesOf(env.SLURM_CONF, `n${node}`)) kill(pid)
    },
    async stop() {
      await command('scancel', ['--user=root', '--signal=KILL', '--full']).catch(() => {})
      await command('scancel', ['--user=root']).catch(() => {})
      await Promise.all(daemons.map((daemon) => end(daemon, 'SIGTERM')))
      await end(controller, 'SIGTERM')
      await end(munged, 'SIGTERM')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  const deadline = performance.now() + 60_000
  while ((await idleNodes(command)) < options.nodes) {
    if (options.signal?.aborted === true) {
      await slurm.stop()
      options.signal.throwIfAborted()
    }
    if (performance.now() > deadline) {
      await slurm.stop()
      throw new Error('Slurm does not start. Are slurm-wlm and munge installed, and are you root?')
    }
    await sleep(50)
  }
  return slurm
}

/** What runs on a node: first the programs that watch over steps, which would tell of their end, then the steps' own processes. */
async function processesOf(conf: string, node: string): Promise<number[]> {
  const own: number[] = []
  const parents = new Set<number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const environment = (await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')).split('\0')
    if (!environment.includes(`SLURM_CONF=${conf}`) || !environment.includes(`SLURMD_NODENAME=${node}`))
      continue
    own.push(Number(name))
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    parents.add(Number(/^PPid:\t(\d+)/m.exec(status)?.[1] ?? 0))
  }
  return [...[...parents].filter((pid) => pid > 1 && pid !== process.pid), ...own]
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

async function idleNodes(command: TestSlurm['command']): Promise<number> {
  const lines = (await command('sinfo', ['-h', '-N', '-o', '%N %T']).catch(() => '')).split('\n')
  // A node of several partitions comes more than once.
  return new Set(lines.filter((line) => line.endsWith(' idle'))).size
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports: number[] = []
  for (const server of servers) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    ports.push((server.address() as AddressInfo).port)
  }
  await Promise.all(servers.map(async (server) => once(server.close(), 'close')))
  return ports
}
