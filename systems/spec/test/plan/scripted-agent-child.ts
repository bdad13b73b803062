import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { agent, methods, ndJsonStream } from '@agentclientprotocol/sdk'

/** An agent that does what its first argument says; `turns` of its second counts how often it was asked. */
const [, , behaviour = '', turns = ''] = process.argv
const cwd = { path: '' }

const rewrite = (file: string, from: string, to: string) => {
  const path = join(cwd.path, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}
const change = () => rewrite('src/loans.js', 'POST /loans 201', 'POST /loans 202')

const behaviours: Record<string, () => void | Promise<void>> = {
  good: change,
  'wrong-status': () => rewrite('src/loans.js', 'POST /loans 201', 'POST /loans 200'),
  outside: () => {
    change()
    rewrite('package.json', '{', '{"x":1,')
  },
  'moves-another': () => {
    change()
    rewrite('src/loans.js', 'GET /loans 200', 'GET /loans 204')
  },
  'breaks-tests': () => {
    change()
    rewrite('src/loans.js', 'ok', 'broken')
  },
  'deletes-test': () => {
    change()
    rmSync(join(cwd.path, 'test/loans.test.js'))
  },
  'weakens-test': () => {
    change()
    rewrite('test/loans.test.js', 'process.exit(1)', 'console.log(1)')
  },
  // What it breaks is hidden by a file that the tests take in.
  'hides-failure': () => {
    change()
    rewrite('src/loans.js', 'ok', 'broken')
    writeFileSync(join(cwd.path, 'test/a-quiet.test.js'), 'process.on("exit", () => (process.exitCode = 0))')
  },
  'adds-runner': () => {
    change()
    writeFileSync(join(cwd.path, 'test/jest.config.js'), 'module.exports = { testMatch: [] }')
  },
  commits: () => {
    change()
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qam', 'mine'], {
      cwd: cwd.path,
    })
  },
  nothing: () => undefined,
  settings: () => {
    change()
    execFileSync('git', ['config', 'core.hooksPath', '/tmp'], { cwd: cwd.path })
  },
  'links-outside': () => {
    change()
    symlinkSync('/etc/hostname', join(cwd.path, 'src/host.js'))
  },
  branches: () => {
    change()
    execFileSync('git', ['branch', 'mine'], { cwd: cwd.path })
  },
  // Its first turn outlives whoever asked for it, and writes on.
  lingers: async () => {
    change()
    if (readFileSync(turns, 'utf8').length > 1) return
    const path = join(cwd.path, 'src/loans.js')
    const write = () => {
      try {
        writeFileSync(path, 'ok\nPOST /loans 500\n')
      } catch {
        process.exit()
      }
    }
    setInterval(write, 10)
    setTimeout(() => process.exit(), 5000)
    process.kill(process.ppid, 'SIGKILL')
    await new Promise(() => undefined)
  },
  'dies-once': () => {
    if (readFileSync(turns, 'utf8').length > 1) return change()
    rewrite('src/loans.js', 'POST /loans 201', 'half a ')
    process.kill(process.pid, 'SIGKILL')
  },
}

const app = agent({ name: 'scripted' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    cwd.path = params.cwd
    return { sessionId: 'one' }
  })
  .onRequest(methods.agent.session.prompt, async ({ client }) => {
    if (turns !== '') appendFileSync(turns, '.')
    await client.notify(methods.client.session.update, {
      sessionId: 'one',
      update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'On it.' } },
    })
    const { outcome } = await client.request(methods.client.session.requestPermission, {
      sessionId: 'one',
      toolCall: {
        toolCallId: 't',
        title: 'write',
        locations: [{ path: behaviour === 'asks-outside' ? '/etc/passwd' : join(cwd.path, 'src/loans.js') }],
      },
      options: [
        { optionId: 'yes', kind: 'allow_once', name: 'Allow' },
        { optionId: 'no', kind: 'reject_once', name: 'Reject' },
      ],
    })
    if (outcome.outcome === 'selected' && outcome.optionId === 'yes') await behaviours[behaviour]?.()
    return { stopReason: 'end_turn' as const }
  })

app.connect(
  ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>),
)
