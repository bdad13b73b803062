// The thread that holds the pipes of a driver's program. It ends with the program.
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
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

/** The Python package is found without being installed. */
const packageFolder = join(import.meta.dirname, '..', '..', '..', '..', 'python', 'src')
const pythonPath = [process.env['PYTHONPATH'], packageFolder].filter(Boolean).join(delimiter)

const program = spawn(command, args, {
  cwd: directory,
  stdio: ['pipe', 'pipe', 'pipe'],
  env: { ...process.env, PYTHONPATH: pythonPath },
})
let errors = ''
let isClosing = false

program.stdout.on('data', (bytes: Uint8Array) => post({ kind: 'bytes', bytes }))
program.stderr.setEncoding('utf8').on('data', (text: string) => {
  errors = (errors + text).slice(-errorLength)
})
program.stdin.on('error', () => undefined)
program.on('error', (error) => {
  post({ kind: 'gone', why: `could not be started: ${error.message}` })
  port.close()
})
program.on('close', (code, signal) => {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`
  const said = errors.trim() === '' ? '' : `; its last words: ${errors.trim()}`
  if (!isClosing) post({ kind: 'gone', why: `ended ${how} during the run${said}` })
  port.close()
})
port.on('message', (bytes: Uint8Array | null) => {
  if (bytes !== null) program.stdin.write(bytes)
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
