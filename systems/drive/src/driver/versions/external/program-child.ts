// The thread that holds the pipes of a driver's program. It ends with the program.
import { spawn } from 'node:child_process'
import type { MessagePort } from 'node:worker_threads'
import { workerData } from 'node:worker_threads'
import type { LinkMessage, LinkStart } from './link-messages.ts'

/** Time for the program to end by itself after its input has. */
const graceMs = 500
/** So much of what it wrote to its error output is told. */
const errorLength = 400

const { command, args, directory, flag, port } = workerData as LinkStart & { port: MessagePort }

function post(message: LinkMessage): void {
  port.postMessage(message)
  Atomics.add(flag, 0, 1)
  Atomics.notify(flag, 0)
}

const program = spawn(command, args, { cwd: directory, stdio: ['pipe', 'pipe', 'pipe'] })
let rest = ''
let errors = ''
let isClosing = false

program.stdout.setEncoding('utf8').on('data', (text: string) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) post({ kind: 'line', line })
})
program.stderr.setEncoding('utf8').on('data', (text: string) => {
  errors = (errors + text).slice(-errorLength)
})
program.stdin.on('error', () => undefined)
program.on('error', (error) => {
  post({ kind: 'gone', why: `The driver's program "${command}" could not be started: ${error.message}.` })
  port.close()
})
program.on('close', (code, signal) => {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`
  const said = errors.trim() === '' ? '' : ` Its last words: ${errors.trim()}`
  if (!isClosing) post({ kind: 'gone', why: `The driver's program ended ${how} during the run.${said}` })
  port.close()
})
port.on('message', (line: string | null) => {
  if (line !== null) program.stdin.write(`${line}\n`)
  else end()
})
port.on('close', end)

function end(): void {
  if (isClosing) return
  isClosing = true
  program.stdin.end()
  const timer = setTimeout(() => program.kill('SIGKILL'), graceMs)
  program.once('close', () => clearTimeout(timer))
}
