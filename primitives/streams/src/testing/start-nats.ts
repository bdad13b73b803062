import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'

/** Real nats-server processes with JetStream on free loopback ports, their data in a folder that `stop` removes. */
export interface TestNats {
  /** Addresses of all nodes, as `openJetStreamLog` takes them. */
  servers: string[]
  /** Ends a node, counted from 0, and resolves when its process is gone. */
  kill(node: number, signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Starts a killed node on its old data and ports; resolves when the cluster is ready again. */
  restart(node: number): Promise<void>
  /** The node that leads a stream, counted from 0; null while none does. */
  leaderOf(stream: string): Promise<number | null>
  stop(): Promise<void>
}

interface Node {
  port: number
  httpPort: number
  config: string
  process: ChildProcess | null
}

/**
 * Starts one server, or a cluster of three. What does not come up in 30 s (another process was quicker at a port) is tried
 * once more with other ports; then it rejects.
 */
export async function startNats(options: { nodes: 1 | 3 }): Promise<TestNats> {
  return startOnce(options).catch(() => startOnce(options))
}

async function startOnce(options: { nodes: 1 | 3 }): Promise<TestNats> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-nats-'))
  const nodes = await writeConfigs(folder, options.nodes)
  const nats: TestNats = {
    servers: nodes.map(({ port }) => `127.0.0.1:${port}`),
    async kill(index, signal = 'SIGKILL') {
      const child = nodes[index]!.process
      nodes[index]!.process = null
      if (child !== null) await end(child, signal)
    },
    async restart(index) {
      start(nodes[index]!)
      await waitUntilReady(nodes)
    },
    async leaderOf(stream) {
      for (const node of nodes) {
        const leader = node.process === null ? null : await askLeader(node, stream)
        if (leader !== null) return Number(leader.slice(1))
      }
      return null
    },
    async stop() {
      await Promise.all(nodes.map((_, index) => nats.kill(index)))
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    for (const node of nodes) start(node)
    await waitUntilReady(nodes)
    return nats
  } catch (error) {
    await nats.stop()
    throw error
  }
}

async function writeConfigs(folder: string, count: number): Promise<Node[]> {
  const ports = await freePorts(count * 3)
  const routes = ports.slice(count * 2).map((port) => `nats-route://127.0.0.1:${port}`)
  const nodes: Node[] = []
  for (let i = 0; i < count; i++) {
    const store = join(folder, `n${i}`)
    await mkdir(store)
    const config = join(folder, `n${i}.conf`)
    const cluster =
      count === 1
        ? ''
        : `cluster { name: test${ports[0]}, listen: "127.0.0.1:${ports[count * 2 + i]}", routes: ${JSON.stringify(routes)} }\n`
    await writeFile(
      config,
      `server_name: n${i}\nlisten: "127.0.0.1:${ports[i]}"\nhttp: "127.0.0.1:${ports[count + i]}"\n` +
        `jetstream { store_dir: ${JSON.stringify(store)}, max_mem: 64MB, max_file: 1GB }\n${cluster}`,
    )
    nodes.push({ port: ports[i]!, httpPort: ports[count + i]!, config, process: null })
  }
  return nodes
}

function start(node: Node): void {
  node.process = spawn('nats-server', ['-c', node.config], { stdio: 'ignore' })
  // Without the program `spawn` says so here; the wait below then fails with what to do.
  node.process.on('error', () => {})
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

async function waitUntilReady(nodes: readonly Node[]): Promise<void> {
  const deadline = performance.now() + 30_000
  for (const node of nodes) {
    if (node.process === null) continue
    while (!(await isReady(node, nodes.length))) {
      const { exitCode, pid } = node.process
      if (pid === undefined || exitCode !== null || performance.now() > deadline) {
        throw new Error(
          `nats-server does not start with ${node.config}. Is it installed (Debian: nats-server)?`,
        )
      }
      await sleep(20)
    }
  }
}

/** A cluster takes JetStream requests once its nodes have a meta leader that knows all of them. */
async function isReady(node: Node, size: number): Promise<boolean> {
  if ((await ask(node, '/healthz')) === null) return false
  if (size === 1) return true
  const facts = (await ask(node, '/jsz')) as {
    meta_cluster?: { leader?: string; cluster_size?: number }
  } | null
  return facts?.meta_cluster?.leader !== undefined && facts.meta_cluster.cluster_size === size
}

async function askLeader(node: Node, stream: string): Promise<string | null> {
  const facts = (await ask(node, '/jsz?streams=true')) as {
    account_details?: { stream_detail?: { name: string; cluster?: { leader?: string } }[] }[]
  } | null
  const details = facts?.account_details?.flatMap((account) => account.stream_detail ?? []) ?? []
  return details.find(({ name }) => name === stream)?.cluster?.leader ?? null
}

async function ask(node: Node, path: string): Promise<unknown> {
  try {
    const answer = await fetch(`http://127.0.0.1:${node.httpPort}${path}`)
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

/**
 * Ports that are free now, below those that systems give to connections (from 32768 on Linux, 49152 elsewhere), so that no
 * client of this machine takes one before the server does.
 */
async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = []
  while (servers.length < count) {
    const server = createServer()
    const isFree = new Promise<boolean>((resolve) => {
      server.once('listening', () => resolve(true))
      server.once('error', () => resolve(false))
    })
    server.listen(10_000 + Math.floor(Math.random() * 22_000), '127.0.0.1')
    if (await isFree) servers.push(server)
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(async (server) => once(server.close(), 'close')))
  return ports
}
