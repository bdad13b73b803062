import { receiveMessageOnPort, MessageChannel, Worker } from 'node:worker_threads'
import type { LinkMessage, LinkStart } from './link-messages.ts'
import { DriverFailedError } from '../../driver-failed-error.ts'

/**
 * A program of another language, spoken to in lines from a step that cannot wait for promises: a thread holds its pipes, the caller
 * sleeps until the answer is there.
 */
export class ProgramLink {
  readonly #port
  readonly #flag = new Int32Array(new SharedArrayBuffer(4))

  constructor(command: string, args: string[], directory: string) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const workerData: LinkStart & { port: typeof port2 } = {
      command,
      args,
      directory,
      flag: this.#flag,
      port: port2,
    }
    // It ends with the program, and needs no one who holds it.
    new Worker(new URL('./program-child.ts', import.meta.url), {
      workerData,
      transferList: [port2],
      // The options of the parent (a test runner's, a debugger's) are not for it.
      execArgv: [],
    })
    this.#port.unref()
  }

  /** Sends a line and gives the next one that comes. Throws DriverFailedError when the program ends or takes longer than `withinS`. */
  ask(line: string, withinS: number): string {
    this.#port.postMessage(line)
    const deadlineMs = performance.now() + withinS * 1000
    for (;;) {
      const seen = Atomics.load(this.#flag, 0)
      const received: { message: LinkMessage } | undefined = receiveMessageOnPort(this.#port)
      if (received) {
        const { message } = received
        if (message.kind === 'line') return message.line
        throw new DriverFailedError(message.why)
      }
      const leftMs = deadlineMs - performance.now()
      if (leftMs <= 0)
        throw new DriverFailedError(
          `The driver's program did not answer within ${withinS} s. Print one line for each line that you read, and flush it.`,
        )
      Atomics.wait(this.#flag, 0, seen, leftMs)
    }
  }

  /** Ends the program: by its input's end, and by force where that does not help. */
  close(): void {
    this.#port.postMessage(null)
    this.#port.close()
  }
}
