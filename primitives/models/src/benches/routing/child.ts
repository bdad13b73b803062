import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process that answers each message with one. */
export interface Child {
  ask(message: object): Promise<unknown>
  stop(): Promise<void>
}

/** Starts `file`, a module beside this one. */
export function startChild(file: string, signal: AbortSignal): Child {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), {
    // What it prints must not mix with the result.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    signal,
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        child.once('message', resolve)
        void exited.then(() => reject(new Error(`${file} ended before it answered.`)))
        child.send(message)
      }),
    async stop() {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}
